import type { Author } from '@isu/contracts';
import type { ClientBase } from 'pg';
import type { EntityManager } from 'typeorm';

export interface UnsentFact {
  readonly id: string;
  readonly topic: string;
  readonly stream: string;
  readonly type: string;
  readonly wire: string;
  /** The span that wrote it; null when none was recorded. */
  readonly traceparent: string | null;
  /** How many were found unsent, of the number of rows asked for: more than come along where their bytes are too many. */
  readonly found: number;
}

/**
 * The oldest unsent rows, by id, never "after the last id": ids are taken before commit, and a slow transaction's row would
 * be skipped for ever. The first row is taken whatever its size. The statement is planned once, perhaps while the tables are empty:
 * each fact is asked for by its key, so that no plan made then walks through all of them now.
 */
const unsentRows = `
  SELECT id, topic, stream, type, wire, traceparent, found FROM (
    SELECT count(*) OVER ()::int AS found, o.id, o.topic, o.stream, o.traceparent, f.type, f.envelope::text AS wire,
           sum(octet_length(f.envelope::text)) OVER (ORDER BY o.id) AS bytes, row_number() OVER (ORDER BY o.id) AS n
      FROM (SELECT id, topic, stream, seq, traceparent FROM outbox WHERE sent_at IS NULL ORDER BY id LIMIT $2) o
      CROSS JOIN LATERAL (
        SELECT type, envelope FROM fact WHERE author = $1 AND stream = o.stream AND seq = o.seq LIMIT 1) f
  ) batch WHERE bytes <= $3 OR n = 1 ORDER BY id`;

export async function takeUnsent(connection: ClientBase, limits: { author: Author; rows: number; bytes: number }): Promise<UnsentFact[]> {
  const { rows } = await connection.query<UnsentFact>({
    name: 'outbox-take',
    text: unsentRows,
    values: [limits.author, limits.rows, limits.bytes],
  });
  return rows;
}

export async function markSent(connection: ClientBase, ids: readonly string[], sentAt: Date): Promise<void> {
  await connection.query({
    name: 'outbox-mark',
    text: 'UPDATE outbox SET sent_at = $2 WHERE id = ANY($1::bigint[])',
    values: [ids, sentAt],
  });
}

/** Sent rows are of no use to anybody; a bounded number at a time, so that nothing waits for the purge. */
export async function purgeSent(connection: ClientBase, sentBefore: Date): Promise<number> {
  const { rowCount } = await connection.query(
    'DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE sent_at < $1 ORDER BY sent_at LIMIT 10000)',
    [sentBefore],
  );
  return rowCount ?? 0;
}

export async function outboxBacklog(connection: Pick<EntityManager, 'query'>): Promise<{ unsent: number; oldestAt: Date | null }> {
  const [row] = await connection.query<{ unsent: string; oldest_at: Date | null }[]>(
    `SELECT count(*) AS unsent, (SELECT created_at FROM outbox WHERE sent_at IS NULL ORDER BY id LIMIT 1) AS oldest_at
       FROM outbox WHERE sent_at IS NULL`,
  );
  return { unsent: Number(row?.unsent ?? 0), oldestAt: row?.oldest_at ?? null };
}

/**
 * Sends our facts again from a position on: after a bus was lost, or for a reader that must start afresh. Readers drop what
 * they know. The rows are made anew, so that their ids follow the numbering of every stream. Answers how many are queued.
 */
export async function resendFrom(
  tx: EntityManager,
  request: { author: Author; topic: string; position: bigint; at: Date },
): Promise<number> {
  const { author, topic, position, at } = request;
  // Writers lock the heads of their streams first and then add rows: a lock of the whole table keeps this out of their way.
  await tx.query('LOCK TABLE outbox IN SHARE ROW EXCLUSIVE MODE');
  await tx.query('DELETE FROM outbox o USING fact f WHERE f.author = $1 AND f.position >= $2 AND o.stream = f.stream AND o.seq = f.seq', [
    author,
    String(position),
  ]);
  const [queued] = await tx.query<{ n: number }[]>(
    `WITH queued AS (
       INSERT INTO outbox (topic, stream, seq, created_at)
       SELECT $2, stream, seq, $4 FROM fact WHERE author = $1 AND position >= $3 ORDER BY position RETURNING 1)
     SELECT count(*)::int AS n FROM queued`,
    [author, topic, String(position), at],
  );
  return queued?.n ?? 0;
}
