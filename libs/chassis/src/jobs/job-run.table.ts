import { Day } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Checkpoint, Figures } from './job.js';

type Sql = Pick<EntityManager, 'query'>;

export const runStates = ['waiting', 'running', 'retrying', 'done', 'refused'] as const;
export type RunState = (typeof runStates)[number];

/** A date's work as lists show it. `retrying`: it failed, and is tried again by itself. */
export interface JobRun {
  readonly id: string;
  readonly job: string;
  readonly date: string;
  readonly origin: 'calendar' | 'by-hand';
  readonly askedBy: string | null;
  readonly askedAt: Date;
  readonly state: RunState;
  readonly attempts: number;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly done: number;
  readonly total: number | null;
  readonly figures: Figures | null;
  readonly error: string | null;
}

const shown = `r.id, r.job, r.on_date::text AS date, r.origin, r.asked_by AS "askedBy", r.asked_at AS "askedAt",
  CASE WHEN r.refused THEN 'refused' WHEN r.ended_at IS NOT NULL THEN 'done'
       WHEN j.run = r.id AND j.lease_until > clock_timestamp() THEN 'running'
       WHEN r.error IS NOT NULL THEN 'retrying' ELSE 'waiting' END AS state,
  r.attempts, r.started_at AS "startedAt", r.ended_at AS "endedAt", r.done::float8 AS done, r.total::float8 AS total, r.figures, r.error`;
const runs = `FROM job_run r JOIN job j ON j.name = r.job`;

/** Latest asked first. */
export async function findRuns(tx: Sql, { job, before, limit }: { job: string; before?: string; limit: number }): Promise<JobRun[]> {
  return tx.query(`SELECT ${shown} ${runs} WHERE r.job = $1 AND ($2::uuid IS NULL OR r.id < $2) ORDER BY r.id DESC LIMIT $3`, [
    ...[job, before ?? null, limit],
  ]) as Promise<JobRun[]>;
}

export async function findRun(tx: Sql, job: string, id: string): Promise<JobRun | undefined> {
  const [run] = (await tx.query(`SELECT ${shown} ${runs} WHERE r.job = $1 AND r.id = $2`, [job, id])) as JobRun[];
  return run;
}

/** For each job, how far its dates are settled, and its last run. */
export async function findJobs(tx: Sql): Promise<Map<string, { settledThrough: Day; last: JobRun | null }>> {
  const rows = (await tx.query(
    `SELECT name, settled_through::text AS "settledThrough", last.*
       FROM job LEFT JOIN LATERAL (SELECT ${shown} FROM job_run r JOIN job j ON j.name = r.job WHERE r.job = job.name ORDER BY r.id DESC LIMIT 1) last ON true`,
  )) as (JobRun & { name: string; settledThrough: string })[];
  return new Map(
    rows.map(({ name, settledThrough, ...last }) => [
      name,
      { settledThrough: Day.of(settledThrough), last: (last.id as string | null) === null ? null : last },
    ]),
  );
}

/** A job begins with the day after the one on which it is first known: what was before it was owed by nobody. */
export async function makeKnown(tx: Sql, names: readonly string[], today: Day): Promise<void> {
  await tx.query('INSERT INTO job (name, settled_through) SELECT name, $2 FROM unnest($1::text[]) AS name ON CONFLICT DO NOTHING', [
    names,
    today.iso,
  ]);
}

export interface RunToAsk {
  readonly id: string;
  readonly job: string;
  readonly date: Day;
  readonly origin: JobRun['origin'];
  readonly askedBy: string | null;
  readonly at: Date;
}

/** The run of that date that has not ended, to be tried at once; or a new one. */
export async function askRun(tx: Sql, { id, job, date, origin, askedBy, at }: RunToAsk): Promise<string> {
  const [run] = (await tx.query(
    `INSERT INTO job_run (id, job, on_date, origin, asked_by, asked_at) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (job, on_date) WHERE ended_at IS NULL DO UPDATE SET next_try_at = NULL RETURNING id`,
    [id, job, date.iso, origin, askedBy, at],
  )) as { id: string }[];
  if (!run) throw new Error('A run that is asked for is there.');
  return run.id;
}

export interface ReadyRun {
  readonly id: string;
  readonly date: string;
  readonly origin: JobRun['origin'];
  readonly attempts: number;
  readonly checkpoint: Checkpoint | null;
}

/** The earliest date that waits and whose time to be tried has come. */
export async function findReadyRun(tx: Sql, job: string): Promise<ReadyRun | undefined> {
  const [run] = (await tx.query(
    `SELECT id, on_date::text AS date, origin, attempts, checkpoint FROM job_run
      WHERE job = $1 AND ended_at IS NULL AND (next_try_at IS NULL OR next_try_at <= clock_timestamp()) ORDER BY on_date LIMIT 1`,
    [job],
  )) as ReadyRun[];
  return run;
}

export interface JobStanding {
  /** A date waits and its time to be tried has come. */
  readonly isReady: boolean;
  readonly settledThrough: Day;
}

/** Where each job stands, by name. */
export async function findStandings(tx: Sql): Promise<ReadonlyMap<string, JobStanding>> {
  const rows = (await tx.query(
    `SELECT name, settled_through::text AS day, EXISTS (
       SELECT FROM job_run r WHERE r.job = j.name AND r.ended_at IS NULL AND (r.next_try_at IS NULL OR r.next_try_at <= clock_timestamp())) AS "isReady"
       FROM job j`,
  )) as { name: string; day: string; isReady: boolean }[];
  return new Map(rows.map(({ name, day, isReady }) => [name, { isReady, settledThrough: Day.of(day) }]));
}

/** Whether a date of the calendar is under way: until it has its outcome no later one is begun. */
export async function hasCalendarRunOpen(tx: Sql, job: string): Promise<boolean> {
  const rows = (await tx.query(`SELECT 1 FROM job_run WHERE job = $1 AND ended_at IS NULL AND origin = 'calendar' LIMIT 1`, [
    job,
  ])) as unknown[];
  return rows.length > 0;
}

export async function hasOutcome(tx: Sql, job: string, date: Day): Promise<boolean> {
  const rows = (await tx.query('SELECT 1 FROM job_run WHERE job = $1 AND on_date = $2 AND ended_at IS NOT NULL LIMIT 1', [
    job,
    date.iso,
  ])) as unknown[];
  return rows.length > 0;
}
