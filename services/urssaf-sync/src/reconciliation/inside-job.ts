import { businessDays, type Job, type JobTurn } from '@isu/chassis';
import type { DataSource } from 'typeorm';
import { accountsCompared, accountsThatDiffer } from './copy-difference.table.js';
import type { InsideReconciliation } from './inside.js';

/** How many buckets a question names, and how many accounts are settled in one step. */
const [bucketsAtATime, accountsAtATime] = [64, 20];

/** Where a comparison stands: what is still to be looked at, and what was found. */
interface Standing {
  readonly buckets: readonly string[];
  readonly accounts: readonly string[];
  /** Those that differed the last time: looked at first, and not again. */
  readonly before: readonly string[];
  readonly looked: number;
  readonly inFlight: number;
  readonly diverged: number;
  readonly closed: number;
}

/** Every night, and on demand: the copies of all accounts, compared by a tree of hashes. */
export const insideReconciliationJob = (inside: InsideReconciliation, db: DataSource): Job => ({
  name: 'inside-reconciliation',
  title: 'Rapprochement interne : les copies de chaque compte',
  calendar: businessDays,
  onceOver: true,
  takesInEarlier: true,
  run: async (turn) => {
    let standing = (turn.checkpoint as Standing | null) ?? (await begin(inside, db));
    await save(turn, standing);
    while (standing.buckets.length + standing.accounts.length > 0) standing = await goOn(turn, inside, standing);
    const { looked, inFlight, diverged, closed } = standing;
    const compared = await accountsCompared(db.manager);
    return {
      'comptes comparés': compared,
      'comptes regardés de près': looked,
      'en cours de transmission': inFlight,
      divergences: diverged,
      'anomalies réglées': closed,
    };
  },
});

/** What differed the last time is looked at again, whatever the trees say. */
async function begin(inside: InsideReconciliation, db: DataSource): Promise<Standing> {
  const [buckets, accounts] = [await inside.suspectBuckets(), await accountsThatDiffer(db.manager)];
  return { buckets, accounts, before: accounts, looked: 0, inFlight: 0, diverged: 0, closed: 0 };
}

async function goOn(turn: JobTurn, inside: InsideReconciliation, standing: Standing): Promise<Standing> {
  turn.signal.throwIfAborted();
  if (standing.accounts.length === 0) {
    const suspects = await inside.suspects(standing.buckets.slice(0, bucketsAtATime));
    const before = new Set(standing.before);
    const accounts = suspects.filter((account) => !before.has(account));
    const next = { ...standing, buckets: standing.buckets.slice(bucketsAtATime), accounts };
    await save(turn, next);
    return next;
  }
  const found = await inside.settle(standing.accounts.slice(0, accountsAtATime));
  let next = standing;
  await turn.step(async (tx) => {
    const { closed } = await inside.keep(tx, found, turn.correlation);
    const diverged = found.differences.filter(({ kind }) => kind === 'diverged').length;
    next = {
      ...standing,
      accounts: standing.accounts.slice(accountsAtATime),
      looked: standing.looked + found.equal.length + found.differences.length,
      diverged: standing.diverged + diverged,
      inFlight: standing.inFlight + found.differences.length - diverged,
      closed: standing.closed + closed,
    };
    return progress(next);
  });
  return next;
}

const save = (turn: JobTurn, standing: Standing) => turn.step(() => Promise.resolve(progress(standing)));
const progress = (standing: Standing) => ({
  checkpoint: { ...standing },
  done: standing.looked,
  total: standing.looked + standing.accounts.length,
});
