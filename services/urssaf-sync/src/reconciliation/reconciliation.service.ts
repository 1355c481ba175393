import { refuse } from '@isu/chassis';
import { authors } from '@isu/contracts';
import type { DataSource } from 'typeorm';
import type { CopyDifference } from './copy-difference.table.js';
import type { InsideReconciliation } from './inside.js';
import type { Judged, OutsideReconciliation } from './outside.js';
import { findSnapshot, stretchOf, type Snapshot } from './outside.table.js';

interface Parts {
  readonly db: DataSource;
  readonly inside: InsideReconciliation;
  readonly outside: OutsideReconciliation;
  readonly partner?: string;
}

/** What comparing one account found, now. */
export interface AccountReconciliation {
  readonly account: string;
  readonly copies: 'equal' | 'in-flight' | 'diverged';
  readonly difference: Omit<CopyDifference, 'since' | 'seenAt'> | null;
  /** Against the partner's last snapshot; null while there is none. */
  readonly balances: (Judged & Pick<Snapshot, 'asOf'>) | null;
}

/** The last comparisons of each kind, and the books that the outer one rests on. */
export interface Comparisons {
  readonly snapshot: Snapshot | null;
  readonly inside: LastRun | null;
  readonly outside: LastRun | null;
}

export interface LastRun {
  readonly date: string;
  readonly startedAt: Date;
  /** Null while it is under way. */
  readonly endedAt: Date | null;
  readonly done: number;
  readonly figures: Readonly<Record<string, unknown>> | null;
}

/** The comparisons of one account, on demand. */
export class ReconciliationService {
  constructor(private readonly parts: Parts) {}

  async reconcile(account: string, correlation: string): Promise<AccountReconciliation> {
    const { db, inside, outside, partner = 'urssaf' } = this.parts;
    if (!(await isHeld(db, account))) throw refuse('not-found');
    const found = await inside.settle([account]);
    const difference = found.differences[0] ?? null;
    const balances = await db.transaction(async (tx) => {
      await inside.keep(tx, found, correlation);
      const snapshot = await findSnapshot(tx, partner);
      if (!snapshot) return null;
      await outside.compare(tx, snapshot, stretchOf(account));
      return { asOf: snapshot.asOf, ...(await outside.judge(tx, snapshot, stretchOf(account), correlation)) };
    });
    return { account, copies: difference?.kind ?? 'equal', difference, balances };
  }

  async last(): Promise<Comparisons> {
    const { db, partner = 'urssaf' } = this.parts;
    const rows = (await db.query(
      `SELECT DISTINCT ON (job) job, on_date::text AS date, started_at AS "startedAt", ended_at AS "endedAt", done::float8 AS done, figures
         FROM job_run WHERE job IN ('inside-reconciliation', 'outside-reconciliation') AND started_at IS NOT NULL ORDER BY job, id DESC`,
    )) as (LastRun & { job: string })[];
    const lastOf = (name: string): LastRun | null => {
      const run = rows.find(({ job }) => job === name);
      return run ? { date: run.date, startedAt: run.startedAt, endedAt: run.endedAt, done: run.done, figures: run.figures } : null;
    };
    return {
      snapshot: await findSnapshot(db.manager, partner),
      inside: lastOf('inside-reconciliation'),
      outside: lastOf('outside-reconciliation'),
    };
  }
}

/** Whether our copy holds anything about it. */
async function isHeld(db: DataSource, account: string): Promise<boolean> {
  const rows = (await db.query('SELECT 1 FROM fact WHERE author = ANY($1) AND stream = $2 LIMIT 1', [authors, account])) as unknown[];
  return rows.length > 0;
}
