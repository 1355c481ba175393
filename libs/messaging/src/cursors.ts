import type { EntityManager } from 'typeorm';
import { streamKey, type Place } from './delivery.js';
import type { Cursor } from './verdicts.js';

interface StreamOf {
  readonly author: string;
  readonly stream: string;
}

interface CursorRow extends StreamOf {
  readonly last_seq: string;
  readonly last_digest: string | null;
  readonly waiting_from: string | null;
}

/**
 * Locks the cursors of the streams concerned, in ascending order, and says where they stand. Whoever else consumes for this
 * service (a process that does not know yet that it lost its partitions) waits here, and then finds only duplicates.
 */
export async function lockCursors(tx: EntityManager, consumer: string, places: readonly Place[]): Promise<Map<string, Cursor>> {
  const streams = new Map<string, StreamOf>(places.map((place) => [streamKey(place), place]));
  const cursors = new Map<string, Cursor>();
  const lock = async (): Promise<void> => {
    const missing = [...streams].filter(([key]) => !cursors.has(key)).map(([, stream]) => stream);
    for (const row of await lockKnown(tx, consumer, missing)) cursors.set(streamKey(row), cursorOf(row));
  };
  if (streams.size === 0) return cursors;
  await lock();
  if (cursors.size === streams.size) return cursors;
  const unknown = [...streams].filter(([key]) => !cursors.has(key)).map(([, stream]) => stream);
  await tx.query(
    `INSERT INTO inbox_cursor (consumer, author, stream, last_seq)
     SELECT $1, author, stream, 0 FROM unnest($2::text[], $3::text[]) AS s(author, stream) ORDER BY author, stream ON CONFLICT DO NOTHING`,
    [consumer, unknown.map(({ author }) => author), unknown.map(({ stream }) => stream)],
  );
  await lock();
  return cursors;
}

function lockKnown(tx: EntityManager, consumer: string, streams: readonly StreamOf[]): Promise<CursorRow[]> {
  return tx.query<CursorRow[]>(
    `SELECT c.author, c.stream, c.last_seq, c.last_digest,
            (SELECT min(s.seq) FROM set_aside s
              WHERE s.consumer = c.consumer AND s.author = c.author AND s.stream = c.stream AND s.seq > c.last_seq AND s.state <> 'fork') AS waiting_from
       FROM inbox_cursor c JOIN unnest($2::text[], $3::text[]) AS s(author, stream) USING (author, stream)
      WHERE c.consumer = $1 ORDER BY c.author, c.stream FOR UPDATE OF c`,
    [consumer, streams.map(({ author }) => author), streams.map(({ stream }) => stream)],
  );
}

const cursorOf = (row: CursorRow): Cursor => ({
  lastSeq: Number(row.last_seq),
  lastDigest: row.last_digest,
  waitingFrom: row.waiting_from === null ? null : Number(row.waiting_from),
});

/** Moves cursors to where a run has brought them. */
export async function moveCursors(tx: EntityManager, consumer: string, cursors: ReadonlyMap<string, Cursor>): Promise<void> {
  if (cursors.size === 0) return;
  const rows = [...cursors].map(([key, { lastSeq, lastDigest }]) => {
    const [author, stream] = key.split(' ');
    return { author, stream, last_seq: lastSeq, last_digest: lastDigest };
  });
  await tx.query(
    `UPDATE inbox_cursor c SET last_seq = m.last_seq, last_digest = m.last_digest
       FROM json_to_recordset($2) AS m(author text, stream text, last_seq bigint, last_digest text)
      WHERE c.consumer = $1 AND c.author = m.author AND c.stream = m.stream`,
    [consumer, JSON.stringify(rows)],
  );
}
