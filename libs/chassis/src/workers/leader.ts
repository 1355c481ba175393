import pg from 'pg';
import type { DataSource, DataSourceOptions } from 'typeorm';

/**
 * Runs a piece of work if no other instance of the service is running it, under a session advisory lock on a connection of its
 * own (never one of the pool, which the work itself needs). Returns undefined, at once, when another holds it. The lock dies
 * with its connection, so that nothing stays locked by a process that is gone; the signal then tells the work to stop, for
 * another instance may have begun. Work that writes in several transactions looks at it before each.
 */
export async function asLeader<T>(db: DataSource, lock: string, work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
  const session = new pg.Client({ ...roadOf(db.options), keepAlive: true });
  const lost = new AbortController();
  session.on('error', () => lost.abort());
  session.on('end', () => lost.abort());
  await session.connect();
  try {
    const { rows } = await session.query<{ mine: boolean }>('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS mine', [lock]);
    return rows[0]?.mine ? await work(lost.signal) : undefined;
  } finally {
    await session.end().catch(() => undefined);
  }
}

/** The lock is one of the whole database: names that belong to one service begin with its name. */
function roadOf(options: DataSourceOptions): pg.ClientConfig {
  const { url, extra } = options as { url?: string; extra?: { options?: string } };
  return { connectionString: url, options: extra?.options, application_name: 'isu-leader' };
}
