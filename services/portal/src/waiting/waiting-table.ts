import type { HostContext } from '@isu/chassis';
import type { EntityManager } from 'typeorm';

/** Something to be done, sealed under its own id while it waits. */
export interface WaitingRow {
  readonly id: string;
  readonly sealed: Buffer;
  /** This one included. */
  readonly attempts: number;
}

/** For as long what is taken is nobody else's; if its taker dies, it is taken again. */
const lease = `interval '60 seconds'`;

/**
 * What was written down in one transaction and is done afterwards, one at a time, by whichever instance comes first. What is due, and whose
 * it is, goes by the database's clock: instances whose own clocks differ would do one thing twice, or never.
 */
export class WaitingTable {
  constructor(
    private readonly context: Pick<HostContext, 'db'>,
    private readonly table: 'mail' | 'asked_opening',
  ) {}

  async take(): Promise<WaitingRow | undefined> {
    const [rows] = (await this.context.db.query(
      `UPDATE ${this.table} SET attempts = attempts + 1, next_at = clock_timestamp() + ${lease} WHERE id = (
         SELECT id FROM ${this.table} WHERE next_at <= clock_timestamp() ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING id, sealed, attempts`,
    )) as [WaitingRow[], number];
    return rows[0];
  }

  async putOff({ id }: WaitingRow, restMs: number): Promise<void> {
    await this.context.db.query(`UPDATE ${this.table} SET next_at = clock_timestamp() + make_interval(secs => $2) WHERE id = $1`, [
      id,
      restMs / 1000,
    ]);
  }

  /** It is done: nothing is kept of it, nor the key that sealed it. */
  async settle(tx: Pick<EntityManager, 'query'>, id: string): Promise<void> {
    await tx.query(`WITH settled AS (DELETE FROM ${this.table} WHERE id = $1) DELETE FROM person_key WHERE person_id = $1`, [id]);
  }
}
