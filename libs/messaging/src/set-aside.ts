import type { Author } from '@isu/contracts';
import type { EntityManager } from 'typeorm';
import { placeOf, type Arrival, type Place, type ReadArrival } from './delivery.js';
import type { Reading } from './fact-store.js';
import type { AsideState } from './verdicts.js';

export interface Aside {
  readonly arrival: ReadArrival;
  readonly state: AsideState;
  readonly attempts?: number;
  readonly nextTryAt?: Date | null;
  readonly error?: string | null;
}

/** The lowest number set aside of a stream, and where the cursor stands: what the retry worker looks at. */
export interface WaitingHead extends Place {
  readonly origin: string;
  readonly state: AsideState;
  readonly attempts: number;
  readonly nextTryAt: Date | null;
  readonly lastSeq: number;
}

/**
 * Keeps arrivals as they came; what is kept already stays as it is. A number set aside earlier with another digest makes the
 * newcomer a fork. Bytes that cannot be read, whose place is taken, are kept without one. Answers what is new.
 */
export async function keepAside(tx: EntityManager, context: { consumer: string; since: Date }, asides: readonly Aside[]): Promise<Aside[]> {
  if (asides.length === 0) return [];
  const kept = await insertAsides(tx, context, asides);
  const refused = asides.filter(({ arrival }) => !kept.has(arrival.origin));
  if (refused.length === 0) return [...asides];
  const forks = (await otherDigests(tx, context.consumer, refused)).map((aside): Aside => ({ ...aside, state: 'fork' }));
  const unplaced = refused
    .filter(({ arrival }) => !arrival.fact && arrival.place)
    .map((aside): Aside => ({ ...aside, arrival: { ...aside.arrival, place: null } as ReadArrival }));
  const second = [...forks, ...unplaced];
  const keptLater = second.length > 0 ? await insertAsides(tx, context, second) : new Set<string>();
  return [...asides.filter(({ arrival }) => kept.has(arrival.origin)), ...second.filter(({ arrival }) => keptLater.has(arrival.origin))];
}

async function insertAsides(
  tx: EntityManager,
  { consumer, since }: { consumer: string; since: Date },
  asides: readonly Aside[],
): Promise<Set<string>> {
  const rows = asides.map(({ arrival, state, attempts = 0, nextTryAt = null, error = null }) => ({
    origin: arrival.origin,
    topic: arrival.topic,
    key: arrival.key?.replaceAll('\0', '') ?? null,
    author: placeOf(arrival)?.author ?? null,
    stream: placeOf(arrival)?.stream ?? null,
    seq: placeOf(arrival)?.seq ?? null,
    fact_id: arrival.fact?.id ?? null,
    digest: arrival.fact ? arrival.digest : null,
    envelope: arrival.fact ? arrival.text : null,
    raw: arrival.fact ? null : Buffer.from(arrival.bytes).toString('hex'),
    state,
    attempts,
    next_try_at: nextTryAt,
    error: error ?? (arrival.fact ? null : arrival.reason),
  }));
  const inserted = await tx.query<{ origin: string }[]>(
    `INSERT INTO set_aside (consumer, origin, topic, key, author, stream, seq, fact_id, digest, envelope, raw, state, attempts, next_try_at, error, since)
     SELECT $1, origin, topic, key, author, stream, seq, fact_id, digest, envelope::json, decode(raw, 'hex'), state, attempts, next_try_at, error, $3
       FROM json_to_recordset($2) AS a(origin text, topic text, key text, author text, stream text, seq bigint, fact_id uuid, digest text,
            envelope text, raw text, state text, attempts int, next_try_at timestamptz, error text)
     ON CONFLICT DO NOTHING RETURNING origin`,
    [consumer, JSON.stringify(rows), since],
  );
  return new Set(inserted.map(({ origin }) => origin));
}

/** Those whose number is already set aside with another digest. */
async function otherDigests(tx: EntityManager, consumer: string, refused: readonly Aside[]): Promise<Aside[]> {
  const readable = refused.flatMap(({ arrival }) => (arrival.fact ? [arrival] : []));
  if (readable.length === 0) return [];
  const rows = await tx.query<{ origin: string }[]>(
    `SELECT a.origin FROM json_to_recordset($2) AS a(origin text, author text, stream text, seq bigint, digest text)
       JOIN set_aside s ON s.consumer = $1 AND s.author = a.author AND s.stream = a.stream AND s.seq = a.seq AND s.state <> 'fork'
      WHERE s.digest <> a.digest`,
    [consumer, JSON.stringify(readable.map(({ origin, author, stream, seq, digest }) => ({ origin, author, stream, seq, digest })))],
  );
  const origins = new Set(rows.map(({ origin }) => origin));
  return refused.filter(({ arrival }) => origins.has(arrival.origin));
}

/** One row a stream: the lowest number that waits above the cursor. */
export async function waitingHeads(db: Reading, consumer: string, stream?: { author: Author; stream: string }): Promise<WaitingHead[]> {
  const rows = await db.query<(Omit<WaitingHead, 'seq' | 'lastSeq'> & { seq: string; lastSeq: string })[]>(
    `SELECT DISTINCT ON (s.author, s.stream) s.author, s.stream, s.seq, s.origin, s.state, s.attempts, s.next_try_at AS "nextTryAt",
            coalesce(c.last_seq, 0) AS "lastSeq"
       FROM set_aside s LEFT JOIN inbox_cursor c USING (consumer, author, stream)
      WHERE s.consumer = $1 AND s.state <> 'fork' AND s.seq > coalesce(c.last_seq, 0) AND ($2::text IS NULL OR (s.author = $2 AND s.stream = $3))
      ORDER BY s.author, s.stream, s.seq`,
    [consumer, stream?.author ?? null, stream?.stream ?? null],
  );
  return rows.map((row) => ({ ...row, seq: Number(row.seq), lastSeq: Number(row.lastSeq) }));
}

/**
 * The arrivals that follow the cursor without a hole, at most `limit`, as they came, up to one that only a person can move on.
 */
export async function waitingRun(tx: Reading, consumer: string, { head, limit }: { head: WaitingHead; limit: number }): Promise<Arrival[]> {
  const rows = await tx.query<
    { origin: string; topic: string; key: string | null; text: string | null; raw: Buffer | null; seq: string; state: AsideState }[]
  >(
    `SELECT origin, topic, key, envelope::text AS text, raw, seq, state FROM set_aside
      WHERE consumer = $1 AND author = $2 AND stream = $3 AND state <> 'fork' AND seq > $4 ORDER BY seq LIMIT $5`,
    [consumer, head.author, head.stream, head.lastSeq, limit],
  );
  const stop = rows.findIndex(({ seq, state }, index) => Number(seq) !== head.lastSeq + 1 + index || waitsForSomebody(state));
  return (stop < 0 ? rows : rows.slice(0, stop)).map(({ origin, topic, key, text, raw }) => ({
    origin,
    topic,
    key,
    bytes: raw ?? Buffer.from(text ?? ''),
  }));
}

export const waitsForSomebody = (state: AsideState): boolean => state === 'parked' || state === 'unreadable';

export async function removeAsides(tx: EntityManager, consumer: string, origins: readonly string[]): Promise<void> {
  await tx.query('DELETE FROM set_aside WHERE consumer = $1 AND origin = ANY($2)', [consumer, origins]);
}

/** Whether anything is set aside at all. */
export async function hasAsides(db: Reading, consumer: string): Promise<boolean> {
  const rows = await db.query<unknown[]>('SELECT 1 FROM set_aside WHERE consumer = $1 LIMIT 1', [consumer]);
  return rows.length > 0;
}

/** What the bus brought again and was applied meanwhile needs no row; if what was applied is another fact, the row is a fork. */
export async function clearOvertaken(tx: EntityManager, consumer: string): Promise<number> {
  const overtaken = `s.consumer = $1 AND s.state NOT IN ('fork', 'unreadable') AND f.author = s.author AND f.stream = s.stream AND f.seq = s.seq`;
  await tx.query(`DELETE FROM set_aside s USING fact f WHERE ${overtaken} AND f.digest = s.digest`, [consumer]);
  const [, forks] = await tx.query<[unknown, number]>(
    `UPDATE set_aside s SET state = 'fork', next_try_at = NULL FROM fact f WHERE ${overtaken} AND f.digest <> s.digest`,
    [consumer],
  );
  return forks;
}

export interface FailedTry {
  readonly attempts: number;
  readonly state: AsideState;
  readonly nextTryAt: Date | null;
  readonly error: string;
}

export async function recordFailedTry(
  tx: Reading,
  row: { consumer: string; origin: string },
  { attempts, state, nextTryAt, error }: FailedTry,
): Promise<void> {
  await tx.query('UPDATE set_aside SET attempts = $3, state = $4, next_try_at = $5, error = $6 WHERE consumer = $1 AND origin = $2', [
    row.consumer,
    row.origin,
    attempts,
    state,
    nextTryAt,
    error,
  ]);
}

export type AsideCounts = Readonly<Record<AsideState, number>>;

export async function countAsides(db: Reading, consumer: string): Promise<AsideCounts> {
  const rows = await db.query<{ state: AsideState; n: number }[]>(
    'SELECT state, count(*)::int AS n FROM set_aside WHERE consumer = $1 GROUP BY state',
    [consumer],
  );
  const none: AsideCounts = { retrying: 0, behind: 0, gap: 0, parked: 0, unreadable: 0, fork: 0 };
  return { ...none, ...Object.fromEntries(rows.map(({ state, n }) => [state, n])) };
}
