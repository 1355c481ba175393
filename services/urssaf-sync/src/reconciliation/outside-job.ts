import { businessDays, type Figures, type Job, type JobTurn } from '@isu/chassis';
import type { DataSource } from 'typeorm';
import { openByType } from '../anomalies/anomaly.table.js';
import type { OutsideReconciliation } from './outside.js';
import { findFunds, findSnapshot, stretchOfFund, type Snapshot } from './outside.table.js';

interface Standing {
  readonly snapshot: Snapshot;
  /** Funds whose money is still to be compared, then those whose differences are still to be judged. */
  readonly toCompare: readonly string[];
  readonly toJudge: readonly string[];
  readonly compared: number;
  readonly opened: number;
  readonly closed: number;
  readonly differences: number;
}

/** Every night: the partner's last snapshot of its books, compared with what it told us and with our books, fund by fund. */
export const outsideReconciliationJob = (outside: OutsideReconciliation, db: DataSource, partner = 'urssaf'): Job => ({
  name: 'outside-reconciliation',
  title: 'Rapprochement externe : les comptes de l’Urssaf',
  calendar: businessDays,
  onceOver: true,
  takesInEarlier: true,
  run: async (turn): Promise<Figures> => {
    let standing = (turn.checkpoint as Standing | null) ?? (await begin(db, partner));
    if (!standing) return { 'état des comptes': 'aucun n’a encore été reçu' };
    while (standing.toJudge.length > 0) standing = await step(turn, outside, standing);
    const { snapshot, compared, opened, closed, differences } = standing;
    return {
      'état des comptes au': snapshot.asOf,
      'comptes comparés': compared,
      différences: differences,
      'anomalies ouvertes': opened,
      'anomalies réglées': closed,
      'anomalies en cours pour 1 000 comptes': perThousand(
        (await openByType(db.manager)).reduce((sum, { value }) => sum + value, 0),
        compared,
      ),
    };
  },
});

/** One decimal, as people read a rate. */
const perThousand = (open: number, accounts: number): number => (accounts === 0 ? 0 : Math.round((10_000 * open) / accounts) / 10);

async function begin(db: DataSource, partner: string): Promise<Standing | null> {
  const snapshot = await findSnapshot(db.manager, partner);
  const funds = await findFunds(db.manager);
  return snapshot && { snapshot, toCompare: funds, toJudge: funds, compared: 0, opened: 0, closed: 0, differences: 0 };
}

async function step(turn: JobTurn, outside: OutsideReconciliation, standing: Standing): Promise<Standing> {
  let next = standing;
  const { snapshot, toCompare, toJudge } = standing;
  await turn.step(async (tx) => {
    const [comparing] = toCompare;
    const fund = comparing ?? toJudge[0] ?? '';
    if (comparing !== undefined) {
      const compared = await outside.compare(tx, snapshot, stretchOfFund(fund));
      next = { ...standing, toCompare: toCompare.slice(1), compared: standing.compared + compared };
    } else {
      const { opened, closed, byType } = await outside.judge(tx, snapshot, stretchOfFund(fund), turn.correlation);
      const differences = standing.differences + Object.values(byType).reduce((sum, n) => sum + n, 0);
      next = { ...standing, toJudge: toJudge.slice(1), opened: standing.opened + opened, closed: standing.closed + closed, differences };
    }
    return { checkpoint: { ...next }, done: next.compared };
  });
  return next;
}
