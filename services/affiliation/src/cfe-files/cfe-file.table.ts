import type { Reach, Subject } from '@isu/chassis';
import type { EntityManager } from 'typeorm';
import type { CfeEvent } from './cfe-format.js';

type Sql = Pick<EntityManager, 'query'>;

export interface CfeKey {
  readonly centre: string;
  readonly number: number;
}

export const outcomes = ['applied', 'proposed', 'duplicate', 'conflict', 'refused'] as const;
export type Outcome = (typeof outcomes)[number];

/** Who handed a file in: in their name its lines are carried out. Null funds: they see the whole country. */
export interface HandedBy {
  readonly subject: Subject;
  readonly funds: readonly string[] | null;
}

/** A file that was taken in, and how many of its lines met which outcome. */
export interface CfeFile extends CfeKey {
  readonly digest: string;
  readonly previousDigest: string | null;
  readonly businessDate: string;
  readonly count: number;
  readonly handedAt: string;
  /** Null while its lines are being carried out. */
  readonly doneAt: string | null;
  readonly outcomes: Readonly<Record<Outcome, number>>;
}

export interface OpenCfeFile extends CfeKey {
  readonly intake: string;
  readonly handedBy: HandedBy;
  readonly correlation: string;
  readonly done: boolean;
  /** Of the first line that has no outcome yet, less one. */
  readonly placedThrough: number;
}

export interface WaitingLine {
  readonly line: number;
  readonly event: CfeEvent['type'];
  readonly reference: string;
  readonly content: Buffer;
  readonly sealed: Buffer;
}

/** What became of a line. */
export interface CfeLine {
  readonly line: number;
  readonly event: CfeEvent['type'];
  readonly reference: string;
  readonly outcome: Outcome;
  /** Why it was refused, or what it contradicts. */
  readonly code: string | null;
  readonly field: string | null;
  readonly accepted: string | null;
  readonly account: string | null;
}

const instant = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const tally = outcomes
  .map(
    (outcome) =>
      `'${outcome}', (SELECT count(*) FROM cfe_line l WHERE (l.centre, l.number) = (f.centre, f.number) AND l.outcome = '${outcome}')`,
  )
  .join(', ');
const columns = `f.centre, f.number, f.digest, f.previous_digest AS "previousDigest", to_char(f.business_date, 'YYYY-MM-DD') AS "businessDate", f.count,
  ${instant('f.handed_at')} AS "handedAt", ${instant('f.done_at')} AS "doneAt", json_build_object(${tally}) AS outcomes`;

/** One at a time takes in files of a centre: numbers and digests are judged beside their neighbours. */
export const lockCentre = (tx: Sql, centre: string): Promise<unknown> =>
  tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('cfe/' || $1, 0))`, [centre]);

export async function findFile(tx: Sql, { centre, number }: CfeKey): Promise<CfeFile | undefined> {
  const [row] = (await tx.query(`SELECT ${columns} FROM cfe_file f WHERE f.centre = $1 AND f.number = $2`, [centre, number])) as CfeFile[];
  return row;
}

/** The last ones handed in first. */
export const findFiles = (tx: Sql, limit: number): Promise<CfeFile[]> =>
  tx.query(`SELECT ${columns} FROM cfe_file f ORDER BY f.handed_at DESC, f.centre, f.number DESC LIMIT $1`, [limit]);

/** Numbers of a series that are missing, both ends included. */
export interface MissingFiles {
  readonly centre: string;
  readonly from: number;
  readonly to: number;
}

export const findMissing = (tx: Sql): Promise<MissingFiles[]> =>
  tx.query(
    `SELECT centre, before + 1 AS "from", number - 1 AS "to"
       FROM (SELECT centre, number, lag(number, 1, 0) OVER (PARTITION BY centre ORDER BY number) AS before FROM cfe_file) f
      WHERE number > before + 1 ORDER BY centre, number`,
  );

export async function lastNumber(tx: Sql, centre: string): Promise<number> {
  const [row] = (await tx.query('SELECT coalesce(max(number), 0) AS last FROM cfe_file WHERE centre = $1', [centre])) as { last: number }[];
  return row?.last ?? 0;
}

export interface NewCfeFile extends Pick<CfeFile, 'centre' | 'number' | 'digest' | 'previousDigest' | 'businessDate' | 'count'> {
  readonly intake: string;
  readonly handedBy: HandedBy;
  readonly handedAt: string;
  readonly correlation: string;
}

export async function insertFile(tx: Sql, file: NewCfeFile): Promise<void> {
  await tx.query(
    `INSERT INTO cfe_file (centre, number, digest, previous_digest, business_date, count, intake, handed_by, handed_at, correlation)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[file.centre, file.number, file.digest, file.previousDigest, file.businessDate, file.count],
      ...[file.intake, JSON.stringify(file.handedBy), file.handedAt, file.correlation],
    ],
  );
}

/** Whoever works on the lines of a file does so alone. */
export async function lockFile(tx: Sql, { centre, number }: CfeKey): Promise<OpenCfeFile> {
  const [row] = (await tx.query(
    `SELECT centre, number, intake, handed_by AS "handedBy", correlation, done_at IS NOT NULL AS done FROM cfe_file
      WHERE centre = $1 AND number = $2 FOR UPDATE`,
    [centre, number],
  )) as Omit<OpenCfeFile, 'placedThrough'>[];
  if (!row) throw new Error('A file once taken in is never taken away.');
  // Asked once the lock is held: what another one did while we waited for it is seen.
  const [placed] = (await tx.query('SELECT coalesce(max(line), 0) AS through FROM cfe_line WHERE centre = $1 AND number = $2', [
    centre,
    number,
  ])) as { through: number }[];
  return { ...row, placedThrough: placed?.through ?? 0 };
}

/** Files whose lines are not all carried out, the oldest first. */
export const findUnderWay = (tx: Sql, limit: number): Promise<CfeKey[]> =>
  tx.query('SELECT centre, number FROM cfe_file WHERE done_at IS NULL ORDER BY handed_at, centre, number LIMIT $1', [limit]);

export async function stageLines(tx: Sql, intake: string, lines: readonly WaitingLine[]): Promise<void> {
  await tx.query(
    `INSERT INTO cfe_waiting_line (intake, line, event, reference, content, sealed)
     SELECT $1, line, event, reference, decode(content, 'hex'), decode(sealed, 'hex')
       FROM json_to_recordset($2) AS n (line int, event text, reference text, content text, sealed text)`,
    [intake, JSON.stringify(lines.map((one) => ({ ...one, content: one.content.toString('hex'), sealed: one.sealed.toString('hex') })))],
  );
}

/** The next lines that have no outcome yet, in their order. */
export const nextWaiting = (
  tx: Sql,
  { intake, placedThrough }: Pick<OpenCfeFile, 'intake' | 'placedThrough'>,
  limit: number,
): Promise<WaitingLine[]> =>
  tx.query('SELECT line, event, reference, content, sealed FROM cfe_waiting_line WHERE intake = $1 AND line > $2 ORDER BY line LIMIT $3', [
    ...[intake, placedThrough, limit],
  ]);

/** Nothing is kept of what a file said of people, nor the key that sealed it. */
export async function dropWaiting(tx: Sql, intake: string): Promise<void> {
  await tx.query('DELETE FROM cfe_waiting_line WHERE intake = $1', [intake]);
  await tx.query('DELETE FROM person_key WHERE person_id = $1', [intake]);
}

/** Lines of arrivals that came to nothing, because a process died: older than an id given later than any arrival under way. */
export async function sweepWaiting(tx: Sql, before: string): Promise<void> {
  const rows = (await tx.query(
    'SELECT DISTINCT intake FROM cfe_waiting_line w WHERE intake < $1 AND NOT EXISTS (SELECT FROM cfe_file f WHERE f.intake = w.intake)',
    [before],
  )) as { intake: string }[];
  for (const { intake } of rows) await dropWaiting(tx, intake);
}

export async function markDone(tx: Sql, { centre, number }: CfeKey, at: string): Promise<void> {
  await tx.query('UPDATE cfe_file SET done_at = $3 WHERE centre = $1 AND number = $2', [centre, number, at]);
}

/** What a formality that counts said, and whom it was about. */
export interface EarlierFormality {
  readonly content: Buffer;
  readonly account: string;
}

/** By reference, of those that were told before. */
export async function findFormalities(tx: Sql, centre: string, references: readonly string[]): Promise<Map<string, EarlierFormality>> {
  const rows = (await tx.query(
    `SELECT reference, content, account FROM cfe_line WHERE centre = $1 AND reference = ANY($2::text[]) AND outcome IN ('applied', 'proposed')`,
    [centre, references],
  )) as (EarlierFormality & { reference: string })[];
  return new Map(rows.map((row) => [row.reference, row]));
}

export async function keepLines(
  tx: Sql,
  { centre, number }: CfeKey,
  lines: readonly (CfeLine & { readonly content: Buffer })[],
): Promise<void> {
  await tx.query(
    `INSERT INTO cfe_line (centre, number, line, event, reference, content, outcome, code, field, accepted, account)
     SELECT $1, $2, line, event, reference, decode(content, 'hex'), outcome, code, field, accepted, account
       FROM json_to_recordset($3) AS n (line int, event text, reference text, content text, outcome text, code text, field text, accepted text,
         account text)`,
    [centre, number, JSON.stringify(lines.map((line) => ({ ...line, content: line.content.toString('hex') })))],
  );
}

export interface LinesQuestion extends CfeKey {
  readonly after: number;
  readonly limit: number;
  readonly outcome: Outcome | null;
  /** An account beyond it is not named. */
  readonly reach: Reach;
}

export const findLines = (tx: Sql, { centre, number, after, limit, outcome, reach }: LinesQuestion): Promise<CfeLine[]> =>
  tx.query(
    `SELECT line, event, reference, outcome, code, field, accepted,
       CASE WHEN $6 OR holding_fund(account::text, $7::date) = ANY ($8::text[]) THEN account END AS account FROM cfe_line
      WHERE centre = $1 AND number = $2 AND line > $3 AND ($5::text IS NULL OR outcome = $5) ORDER BY line LIMIT $4`,
    [
      ...[centre, number, after, limit, outcome, reach.kind === 'everything'],
      ...(reach.kind === 'funds' ? [reach.on, reach.funds] : [null, []]),
    ],
  );
