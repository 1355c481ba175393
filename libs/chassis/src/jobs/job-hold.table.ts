import { together } from '@isu/messaging';
import { Day } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Advance, Figures } from './job.js';

type Sql = Pick<EntityManager, 'query'>;

/** The right to write for a run: lost when the lease is over, whoever takes the next one. */
export interface Hold {
  readonly job: string;
  readonly run: string;
  readonly fence: string;
}

/** Locks the job when nobody holds it: its settled date. Undefined at once when somebody does, or is taking it now. */
export async function lockFreeJob(tx: Sql, job: string): Promise<Day | undefined> {
  const [row] = (await tx.query(
    `SELECT settled_through::text AS day FROM job
      WHERE name = $1 AND (lease_until IS NULL OR lease_until <= clock_timestamp()) FOR UPDATE SKIP LOCKED`,
    [job],
  )) as { day: string }[];
  return row && Day.of(row.day);
}

/** The caller has locked the job. */
export async function take(tx: Sql, job: string, run: string, leaseMs: number): Promise<Hold> {
  const [[rows]] = (await together(
    tx.query(
      `UPDATE job SET fence = fence + 1, run = $2, lease_until = clock_timestamp() + make_interval(secs => $3) WHERE name = $1 RETURNING fence::text AS fence`,
      [job, run, leaseMs / 1000],
    ),
    tx.query('UPDATE job_run SET attempts = attempts + 1, started_at = coalesce(started_at, now()), next_try_at = NULL WHERE id = $1', [
      run,
    ]),
  )) as [[{ fence: string }[], number], unknown];
  return { job, run, fence: rows[0]?.fence ?? '' };
}

/**
 * Whether the hold stands, and then, until the transaction ends, it is nobody else's: who would take it must lock this row. A lease that
 * is over does not stand, even when nobody has come.
 */
export async function stands(tx: Sql, { job, fence }: Hold): Promise<boolean> {
  const rows = (await tx.query('SELECT 1 FROM job WHERE name = $1 AND fence = $2 AND lease_until > clock_timestamp() FOR UPDATE', [
    job,
    fence,
  ])) as unknown[];
  return rows.length > 0;
}

/** False when the lease was over already. */
export async function renew(tx: Sql, { job, fence }: Hold, leaseMs: number): Promise<boolean> {
  const [, count] = (await tx.query(
    `UPDATE job SET lease_until = clock_timestamp() + make_interval(secs => $3) WHERE name = $1 AND fence = $2 AND lease_until > clock_timestamp()`,
    [job, fence, leaseMs / 1000],
  )) as [unknown, number];
  return count === 1;
}

/** The caller holds the row: the step was long, and the lease may have run out behind the lock. */
export async function advance(tx: Sql, { job, run }: Hold, { checkpoint, done, total }: Advance, leaseMs: number): Promise<void> {
  await together(
    tx.query(`UPDATE job SET lease_until = clock_timestamp() + make_interval(secs => $2) WHERE name = $1`, [job, leaseMs / 1000]),
    tx.query(
      'UPDATE job_run SET checkpoint = $2, done = coalesce($3, done), total = coalesce($4, total) WHERE id = $1',
      [run, checkpoint && JSON.stringify(checkpoint), done ?? null, total ?? null], // prettier-ignore
    ),
  );
}

export async function giveBack(tx: Sql, { job, fence }: Hold): Promise<void> {
  await tx.query('UPDATE job SET run = NULL, lease_until = NULL WHERE name = $1 AND fence = $2', [job, fence]);
}

/** The run has its outcome. The caller holds the row. */
export async function endRun(tx: Sql, { run }: Hold, outcome: { at: Date; figures?: Figures; refusal?: string }): Promise<void> {
  const { at, figures, refusal } = outcome;
  await tx.query(
    'UPDATE job_run SET ended_at = $2, figures = $3, refused = $4::text IS NOT NULL, error = $4, checkpoint = NULL WHERE id = $1',
    [run, at, figures ? JSON.stringify(figures) : null, refusal ?? null],
  );
}

export async function tryAgainLater(tx: Sql, { run }: Hold, { error, afterMs }: { error: string; afterMs: number }): Promise<void> {
  await tx.query(`UPDATE job_run SET error = $2, next_try_at = clock_timestamp() + make_interval(secs => $3) WHERE id = $1`, [
    run,
    error,
    afterMs / 1000,
  ]);
}

export async function settleThrough(tx: Sql, job: string, day: Day): Promise<void> {
  await tx.query('UPDATE job SET settled_through = greatest(settled_through, $2) WHERE name = $1', [job, day.iso]);
}
