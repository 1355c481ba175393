import { together } from '@isu/messaging';
import { Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { StagedLine } from '../payments/money-line.js';
import type { LineOutcomes, Outcome } from '../placing/outcome.js';

type Reading = Pick<EntityManager, 'query'>;

/** Which file of which partner's flow. */
export interface BatchKey {
  readonly partner: string;
  readonly flow: string;
  readonly number: number;
}

/** A file that was accepted. */
export interface Batch extends BatchKey {
  /** What the partner calls it: its number, or the message id of a bank file. */
  readonly name: string;
  readonly digest: string;
  readonly previousDigest: string | null;
  readonly businessDate: string;
  readonly count: number;
  /** Payments minus reversals, in euros. */
  readonly total: Money;
  /** Under which its lines are staged. */
  readonly intake: string;
  readonly correlation: string;
  readonly placedThrough: number;
  /** Null while its lines are being placed. */
  readonly receipt: string | null;
}

/** What lines need of where they come from: a file, or a single word of a partner. */
export type SourceOfLines = Pick<Batch, 'partner' | 'flow' | 'name' | 'businessDate' | 'correlation'>;

type Row = Omit<Batch, 'number' | 'total'> & { number: string; total: string };

const columns = `partner, flow, number, name, digest, previous_digest AS "previousDigest", business_date::text AS "businessDate", count, total::text AS total,
  intake, correlation, placed_through AS "placedThrough", receipt`;

const batchOf = (row: Row | undefined): Batch | undefined => row && { ...row, number: Number(row.number), total: Money.of(row.total) };

export async function findBatch(tx: Reading, { partner, flow, number }: BatchKey): Promise<Batch | undefined> {
  const rows = (await tx.query(`SELECT ${columns} FROM batch WHERE partner = $1 AND flow = $2 AND number = $3`, [
    partner,
    flow,
    number,
  ])) as Row[];
  return batchOf(rows[0]);
}

export async function findBatchNamed(
  tx: Reading,
  { partner, flow, name }: Pick<Batch, 'partner' | 'flow' | 'name'>,
): Promise<Batch | undefined> {
  const rows = (await tx.query(`SELECT ${columns} FROM batch WHERE partner = $1 AND flow = $2 AND name = $3`, [
    partner,
    flow,
    name,
  ])) as Row[];
  return batchOf(rows[0]);
}

/** Whoever works on the lines of a batch does so alone. */
export async function lockBatch(tx: EntityManager, { partner, flow, number }: BatchKey): Promise<Batch> {
  const rows = (await tx.query(`SELECT ${columns} FROM batch WHERE partner = $1 AND flow = $2 AND number = $3 FOR UPDATE`, [
    partner,
    flow,
    number,
  ])) as Row[];
  const batch = batchOf(rows[0]);
  if (!batch) throw new Error('A batch once accepted is never taken away.');
  return batch;
}

/** Accepted files whose lines are not all placed, oldest first. */
export async function findUnplaced(tx: Reading, limit: number): Promise<BatchKey[]> {
  const rows = (await tx.query('SELECT partner, flow, number FROM batch WHERE receipt IS NULL ORDER BY accepted_at, number LIMIT $1', [
    limit,
  ])) as Row[];
  return rows.map((row) => ({ ...row, number: Number(row.number) }));
}

export async function insertBatch(tx: EntityManager, batch: Omit<Batch, 'placedThrough' | 'receipt'>, acceptedAt: Date): Promise<void> {
  await tx.query(
    `INSERT INTO batch (partner, flow, number, name, digest, previous_digest, business_date, count, total, intake, correlation, accepted_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      ...[batch.partner, batch.flow, batch.number, batch.name, batch.digest, batch.previousDigest, batch.businessDate, batch.count],
      ...[batch.total.toString(), batch.intake, batch.correlation, acceptedAt],
    ],
  );
}

export async function keepReceipt(tx: EntityManager, { partner, flow, number }: BatchKey, receipt: string): Promise<void> {
  await tx.query('UPDATE batch SET receipt = $4 WHERE partner = $1 AND flow = $2 AND number = $3', [partner, flow, number, receipt]);
}

/** Lines wait here from their arrival to their outcome, in runs as they came: one row for many, which the database only keeps. */
export async function stageLines(tx: Reading, intake: string, lines: readonly StagedLine<object>[]): Promise<void> {
  const [first, last] = [lines[0], lines.at(-1)];
  if (!first || !last) return;
  await tx.query('INSERT INTO staged_run (intake, first_line, last_line, lines) VALUES ($1, $2, $3, $4)', [
    ...[intake, first.line, last.line, JSON.stringify(lines)],
  ]);
}

interface TakenLines {
  readonly lines: readonly StagedLine<object>[];
  readonly areMoreLeft: boolean;
}

/** The next lines of an arrival, so many at most and of one run: fewer than asked for where it ends. */
export async function takeStaged(tx: Reading, place: { intake: string; after: number; limit: number }): Promise<TakenLines> {
  const { intake, after, limit } = place;
  const [run] = (await tx.query(
    `SELECT lines, EXISTS (SELECT FROM staged_run further WHERE further.intake = r.intake AND further.first_line > r.last_line) AS "isFollowed"
       FROM staged_run r WHERE intake = $1 AND last_line > $2 ORDER BY first_line LIMIT 1`,
    [intake, after],
  )) as { lines: string; isFollowed: boolean }[];
  if (!run) return takeStagedOneByOne(tx, place);
  const lines = JSON.parse(run.lines) as StagedLine<object>[];
  const from = lines.findIndex(({ line }) => line > after);
  return { lines: lines.slice(from, from + limit), areMoreLeft: run.isFollowed || from + limit < lines.length };
}

/** Of what arrived before the last release. */
async function takeStagedOneByOne(
  tx: Reading,
  { intake, after, limit }: { intake: string; after: number; limit: number },
): Promise<TakenLines> {
  const lines = (await tx.query('SELECT line, content, record FROM staged_line WHERE intake = $1 AND line > $2 ORDER BY line LIMIT $3', [
    ...[intake, after, limit],
  ])) as StagedLine<object>[];
  return { lines, areMoreLeft: lines.length === limit };
}

/** Runs of lines; and, of arrivals of the release before, line by line. */
const stagings = ['staged_run', 'staged_line'] as const;

export async function dropStaged(tx: Reading, intake: string): Promise<void> {
  await together(...stagings.map((table) => tx.query(`DELETE FROM ${table} WHERE intake = $1`, [intake])));
}

/** Lines of arrivals that came to nothing, because a process died: older than an id given later than any arrival under way. */
export async function sweepStaged(tx: Reading, before: string): Promise<void> {
  for (const table of stagings)
    await tx.query(
      `DELETE FROM ${table} WHERE intake IN (
         SELECT DISTINCT s.intake FROM ${table} s WHERE s.intake < $1 AND NOT EXISTS (SELECT FROM batch b WHERE b.intake = s.intake AND b.receipt IS NULL))`,
      [before],
    );
}

/** Moves the batch forward past lines that have their outcome. */
export async function saveOutcomes(tx: EntityManager, { partner, flow, number }: BatchKey, runs: readonly LineOutcomes[]): Promise<void> {
  await tx.query(
    `WITH met AS (
       INSERT INTO line_outcome (partner, flow, number, first_line, last_line, outcome, reason, total)
       SELECT $1, $2, $3, "from", "to", outcome, reason, total
         FROM json_to_recordset($4) AS n("from" int, "to" int, outcome text, reason text, total numeric) RETURNING last_line)
     UPDATE batch SET placed_through = (SELECT max(last_line) FROM met) WHERE partner = $1 AND flow = $2 AND number = $3`,
    [partner, flow, number, JSON.stringify(runs)],
  );
}

export async function findOutcomes(tx: Reading, { partner, flow, number }: BatchKey): Promise<LineOutcomes[]> {
  const rows = (await tx.query(
    `SELECT first_line AS "from", last_line AS "to", outcome, reason, total::text AS total FROM line_outcome
      WHERE partner = $1 AND flow = $2 AND number = $3 ORDER BY first_line`,
    [partner, flow, number],
  )) as { from: number; to: number; outcome: Outcome; reason: string | null; total: string }[];
  return rows.map(({ reason, total, ...run }) => ({
    ...run,
    ...(reason === null ? {} : { reason }),
    count: run.to - run.from + 1,
    total: Money.of(total).toString(),
  }));
}
