import type { EntityManager } from 'typeorm';

/** What is done once a year on every account: see `account-work.ts`. */
export const runKinds = ['provisional', 'regularisation', 'ex-officio', 'turnover-reminders', 'missing-turnovers'] as const;
export type RunKind = (typeof runKinds)[number];

/** A yearly run over all accounts, and how far it has come. */
export interface Run {
  readonly kind: RunKind;
  readonly year: number;
  /** Accounts looked at. */
  readonly seen: number;
  /** Accounts on which something changed. */
  readonly called: number;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  /** Every account up to this one has been looked at. */
  readonly doneThrough: string;
}

const columns = `kind, year, seen, called, started_at AS "startedAt", ended_at AS "endedAt", done_through AS "doneThrough"`;

export async function findRun(tx: Pick<EntityManager, 'query'>, kind: RunKind, year: number): Promise<Run | undefined> {
  const [run]: Run[] = await tx.query(`SELECT ${columns} FROM run WHERE kind = $1 AND year = $2`, [kind, year]);
  return run;
}

/** The run of that year: the one that was begun, or a new one. A run that had ended starts over, for what has come since. */
export async function beginRun(
  tx: Pick<EntityManager, 'query'>,
  { kind, year, at }: Pick<Run, 'kind' | 'year'> & { at: Date },
): Promise<Run> {
  const [run]: Run[] = await tx.query(
    `INSERT INTO run (kind, year, started_at) VALUES ($1, $2, $3)
     ON CONFLICT (kind, year) DO UPDATE SET
       done_through = CASE WHEN run.ended_at IS NULL THEN run.done_through ELSE '' END,
       seen = CASE WHEN run.ended_at IS NULL THEN run.seen ELSE 0 END,
       called = CASE WHEN run.ended_at IS NULL THEN run.called ELSE 0 END,
       started_at = CASE WHEN run.ended_at IS NULL THEN run.started_at ELSE excluded.started_at END,
       ended_at = NULL
     RETURNING ${columns}`,
    [kind, year, at],
  );
  if (!run) throw new Error('A run that begins is there.');
  return run;
}

export async function saveRun(tx: Pick<EntityManager, 'query'>, run: Run): Promise<void> {
  const { kind, year, seen, called, doneThrough, endedAt } = run;
  await tx.query(`UPDATE run SET seen = $3, called = $4, done_through = $5, ended_at = $6 WHERE kind = $1 AND year = $2`, [
    ...[kind, year, seen, called],
    ...[doneThrough, endedAt],
  ]);
}
