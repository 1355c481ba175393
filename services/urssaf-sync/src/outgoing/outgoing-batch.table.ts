import { together } from '@isu/messaging';
import { Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { FlowKey } from '../flows/flow.table.js';

type Sql = Pick<EntityManager, 'query'>;

export interface OutgoingKey extends FlowKey {
  readonly number: number;
}

/** Where a flow of ours stands. */
export interface OutgoingFlow extends FlowKey {
  /** 0 before the first batch. */
  readonly lastNumber: number;
  readonly lastDigest: string | null;
  readonly toldThrough: string | null;
}

/** A batch of ours, and what became of it. */
export interface OutgoingBatch extends OutgoingKey {
  readonly businessDate: string;
  readonly digest: string;
  readonly previousDigest: string | null;
  readonly count: number;
  readonly total: Money;
  readonly signature: string;
  readonly correlation: string;
  /** Null until the partner's receipt is here. */
  readonly acknowledgement: string | null;
  readonly acknowledgedAt: Date | null;
  readonly accepted: number | null;
  readonly refused: number | null;
  readonly lateSince: string | null;
  /** What the partner said last when it was no receipt: a code, or nothing. */
  readonly lastProblem: string | null;
  /** Sent before this service was restored from an older backup: its bytes are gone, what it told is told again in later ones. */
  readonly isLost: boolean;
}

type FlowRow = Omit<OutgoingFlow, 'lastNumber'> & { lastNumber: string };
type Row = Omit<OutgoingBatch, 'number' | 'total'> & { number: string; total: string };

const flowColumns = 'partner, flow, last_number AS "lastNumber", last_digest AS "lastDigest", told_through::text AS "toldThrough"';
const columns = `partner, flow, number, business_date::text AS "businessDate", digest, previous_digest AS "previousDigest", count, total::text AS total,
  signature, correlation, acknowledgement, acknowledged_at AS "acknowledgedAt", accepted, refused, late_since::text AS "lateSince", last_problem AS "lastProblem",
  is_lost AS "isLost"`;

const batchOf = (row: Row): OutgoingBatch => ({ ...row, number: Number(row.number), total: Money.of(row.total) });
const flowOf = (row: FlowRow): OutgoingFlow => ({ ...row, lastNumber: Number(row.lastNumber) });

export async function findOutgoingFlow(tx: Sql, { partner, flow }: FlowKey): Promise<OutgoingFlow> {
  const [row] = (await tx.query(`SELECT ${flowColumns} FROM outgoing_flow WHERE partner = $1 AND flow = $2`, [partner, flow])) as FlowRow[];
  return row ? flowOf(row) : { partner, flow, lastNumber: 0, lastDigest: null, toldThrough: null };
}

/** One batch of a flow is written at a time, the first of all included. */
export async function lockOutgoingFlow(tx: Sql, { partner, flow }: FlowKey): Promise<OutgoingFlow> {
  const key = [partner, flow];
  const [, [row]] = (await together(
    tx.query('INSERT INTO outgoing_flow (partner, flow) VALUES ($1, $2) ON CONFLICT DO NOTHING', key),
    tx.query(`SELECT ${flowColumns} FROM outgoing_flow WHERE partner = $1 AND flow = $2 FOR UPDATE`, key),
  )) as [unknown, [FlowRow]];
  return flowOf(row);
}

export async function saveOutgoingFlow(tx: Sql, { partner, flow, lastNumber, lastDigest, toldThrough }: OutgoingFlow): Promise<void> {
  await tx.query('UPDATE outgoing_flow SET last_number = $3, last_digest = $4, told_through = $5 WHERE partner = $1 AND flow = $2', [
    ...[partner, flow, lastNumber, lastDigest, toldThrough],
  ]);
}

export async function insertOutgoingBatch(
  tx: Sql,
  batch: Omit<OutgoingBatch, 'acknowledgement' | 'acknowledgedAt' | 'accepted' | 'refused' | 'lateSince' | 'lastProblem' | 'isLost'>,
  writtenAt: string,
): Promise<void> {
  const { partner, flow, number, businessDate, digest, previousDigest, count, total, signature, correlation } = batch;
  await tx.query(
    `INSERT INTO outgoing_batch (partner, flow, number, business_date, digest, previous_digest, count, total, signature, correlation, written_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [partner, flow, number, businessDate, digest, previousDigest, count, total.toString(), signature, correlation, writtenAt],
  );
}

export async function insertPart(
  tx: Sql,
  { partner, flow, number }: OutgoingKey,
  { rank, content }: { rank: number; content: string },
): Promise<void> {
  await tx.query('INSERT INTO outgoing_part (partner, flow, number, rank, content) VALUES ($1, $2, $3, $4, $5)', [
    ...[partner, flow, number, rank, content],
  ]);
}

/** The bytes of a batch, part by part, as they were signed. */
export async function* partsOf(db: Sql, { partner, flow, number }: OutgoingKey): AsyncGenerator<Buffer> {
  for (let rank = 1; ; rank += 1) {
    const [row] = (await db.query('SELECT content FROM outgoing_part WHERE partner = $1 AND flow = $2 AND number = $3 AND rank = $4', [
      ...[partner, flow, number, rank],
    ])) as { content: string }[];
    if (!row) return;
    yield Buffer.from(row.content);
  }
}

export async function findOutgoingBatch(tx: Sql, { partner, flow, number }: OutgoingKey): Promise<OutgoingBatch | undefined> {
  const [row] = (await tx.query(`SELECT ${columns} FROM outgoing_batch WHERE partner = $1 AND flow = $2 AND number = $3`, [
    ...[partner, flow, number],
  ])) as Row[];
  return row && batchOf(row);
}

export async function lockOutgoingBatch(tx: Sql, { partner, flow, number }: OutgoingKey): Promise<OutgoingBatch | undefined> {
  const [row] = (await tx.query(`SELECT ${columns} FROM outgoing_batch WHERE partner = $1 AND flow = $2 AND number = $3 FOR UPDATE`, [
    ...[partner, flow, number],
  ])) as Row[];
  return row && batchOf(row);
}

/** In the order of their numbers, after one. */
export async function findOutgoingBatches(
  tx: Sql,
  { partner, flow }: FlowKey,
  { after, limit }: { after: number; limit: number },
): Promise<OutgoingBatch[]> {
  const rows = (await tx.query(
    `SELECT ${columns} FROM outgoing_batch WHERE partner = $1 AND flow = $2 AND number > $3 ORDER BY number LIMIT $4`,
    [partner, flow, after, limit],
  )) as Row[];
  return rows.map(batchOf);
}

/** Consecutive batches of ours without the partner's receipt, with the business day of the oldest. */
export interface Unacknowledged {
  readonly from: number;
  readonly to: number;
  readonly businessDate: string;
}

/** What is not acknowledged, oldest first. */
export async function findUnacknowledged(tx: Sql, { partner, flow }: FlowKey): Promise<Unacknowledged[]> {
  const rows = (await tx.query(
    `SELECT min(number) AS "from", max(number) AS "to", min(business_date)::text AS "businessDate" FROM (
       SELECT number, business_date, number - row_number() OVER (ORDER BY number) AS stretch FROM outgoing_batch
        WHERE partner = $1 AND flow = $2 AND acknowledgement IS NULL AND NOT is_lost) waiting GROUP BY stretch ORDER BY 1`,
    [partner, flow],
  )) as { from: string; to: string; businessDate: string }[];
  return rows.map(({ from, to, businessDate }) => ({ from: Number(from), to: Number(to), businessDate }));
}

export async function countUnacknowledged(tx: Sql): Promise<{ labels: { flow: string }; value: number }[]> {
  const rows = (await tx.query(
    `SELECT partner || '/' || flow AS flow, count(*)::int AS value FROM outgoing_batch WHERE acknowledgement IS NULL AND NOT is_lost GROUP BY 1`,
  )) as { flow: string; value: number }[];
  return rows.map(({ flow, value }) => ({ labels: { flow }, value }));
}

export interface Acknowledged {
  readonly text: string;
  readonly signature: string;
  readonly accepted: number;
  readonly refused: number;
  readonly at: Date;
}

export async function keepAcknowledgement(
  tx: Sql,
  { partner, flow, number }: OutgoingKey,
  { text, signature, accepted, refused, at }: Acknowledged,
): Promise<void> {
  await tx.query(
    `UPDATE outgoing_batch SET acknowledgement = $4, acknowledgement_signature = $5, acknowledged_at = $6, accepted = $7, refused = $8, last_problem = NULL
      WHERE partner = $1 AND flow = $2 AND number = $3`,
    [partner, flow, number, text, signature, at, accepted, refused],
  );
}

/**
 * Those of business days up to that one that nobody acknowledged, marked late and to be sent again at once; those marked now are given back. What
 * is marked and may be sent is left as it is: while a partner is away, a day costs what came since, and not all that ever waited.
 */
export async function markLate(tx: Sql, { partner, flow }: FlowKey, { through, today }: { through: string; today: string }) {
  const rows = (await tx.query(
    `WITH due AS (
       SELECT number, late_since FROM outgoing_batch WHERE partner = $1 AND flow = $2 AND acknowledgement IS NULL AND NOT is_lost AND business_date <= $3
         AND (late_since IS NULL OR next_try_at > now()) FOR UPDATE),
     marked AS (
       UPDATE outgoing_batch b SET late_since = coalesce(b.late_since, $4), next_try_at = now(), attempts = 0
         FROM due WHERE b.partner = $1 AND b.flow = $2 AND b.number = due.number RETURNING b.number, b.business_date::text AS day, due.late_since)
     SELECT number, day FROM marked WHERE late_since IS NULL ORDER BY number`,
    [partner, flow, through, today],
  )) as { number: string; day: string }[];
  return rows.map(({ number, day }) => ({ number: Number(number), businessDate: day }));
}

/** A batch to be carried to its partner's own address. */
export interface DueBatch extends OutgoingKey {
  readonly signature: string;
  readonly correlation: string;
  readonly attempts: number;
}

/**
 * The next batches that these partners have not acknowledged, taken for a while: another instance leaves them alone, and whoever dies with
 * one gives it back by the clock of the database. Sent twice, a batch is the same batch.
 */
export async function takeDue(
  tx: Sql,
  partners: readonly string[],
  { limit, leaseSeconds }: { limit: number; leaseSeconds: number },
): Promise<DueBatch[]> {
  const [rows] = (await tx.query(
    `UPDATE outgoing_batch b SET next_try_at = now() + make_interval(secs => $3), attempts = attempts + 1
       FROM (SELECT partner, flow, number FROM outgoing_batch WHERE acknowledgement IS NULL AND NOT is_lost AND partner = ANY($1) AND next_try_at <= now()
              ORDER BY partner, flow, number LIMIT $2 FOR UPDATE SKIP LOCKED) due
      WHERE b.partner = due.partner AND b.flow = due.flow AND b.number = due.number
      RETURNING b.partner, b.flow, b.number, b.signature, b.correlation, b.attempts`,
    [partners, limit, leaseSeconds],
  )) as [(Omit<DueBatch, 'number'> & { number: string })[], number];
  return rows.map((row) => ({ ...row, number: Number(row.number) })).sort((a, b) => a.flow.localeCompare(b.flow) || a.number - b.number);
}

/** Somebody wants it sent at once, whatever pause it was in. False when its receipt is here, or its bytes are lost. */
export async function makeDue(tx: Sql, { partner, flow, number }: OutgoingKey): Promise<boolean> {
  const [, count] = (await tx.query(
    `UPDATE outgoing_batch SET next_try_at = now(), attempts = 0
      WHERE partner = $1 AND flow = $2 AND number = $3 AND acknowledgement IS NULL AND NOT is_lost`,
    [partner, flow, number],
  )) as [unknown, number];
  return count === 1;
}

/** It was carried and there is no receipt: what the other side said, and when to try again. */
export async function tryAgain(
  tx: Sql,
  { partner, flow, number }: OutgoingKey,
  { problem, afterSeconds }: { problem: string | null; afterSeconds: number },
) {
  await tx.query(
    `UPDATE outgoing_batch SET last_problem = $4, next_try_at = now() + make_interval(secs => $5)
      WHERE partner = $1 AND flow = $2 AND number = $3 AND acknowledgement IS NULL`,
    [partner, flow, number, problem, afterSeconds],
  );
}
