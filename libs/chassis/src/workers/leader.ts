import type { DataSource } from 'typeorm';

/**
 * Runs a piece of work if no other instance of the service is running it, under a session advisory lock on a connection of its
 * own. Returns undefined, at once, when another holds it. The lock dies with its connection: nothing can stay locked by a
 * process that is gone. Work that writes must do so in transactions which check what they rest on: a process that was frozen
 * may wake up after its connection was lost.
 */
export async function asLeader<T>(db: DataSource, lock: string, work: () => Promise<T>): Promise<T | undefined> {
  const session = db.createQueryRunner();
  await session.connect();
  try {
    const [row] = (await session.query('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS mine', [lock])) as { mine: boolean }[];
    if (!row?.mine) return undefined;
    try {
      return await work();
    } finally {
      await session.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [lock]);
    }
  } finally {
    await session.release();
  }
}
