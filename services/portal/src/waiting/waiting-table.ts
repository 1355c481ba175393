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
const leaseMs = 60_000;

/** What was written down in one transaction and is done afterwards, one at a time, by whichever instance comes first. */
export class WaitingTable {
  constructor(
    private readonly context: Pick<HostContext, 'db' | 'clock'>,
    private readonly table: 'mail' | 'asked_opening',
  ) {}

  async take(): Promise<WaitingRow | undefined> {
    const { db, clock } = this.context;
    const now = clock.now();
    const [rows] = (await db.query(
      `UPDATE ${this.table} SET attempts = attempts + 1, next_at = $2 WHERE id = (
         SELECT id FROM ${this.table} WHERE next_at <= $1 ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING id, sealed, attempts`,
      [now, new Date(now.getTime() + leaseMs)],
    )) as [WaitingRow[], number];
    return rows[0];
  }

  async putOff({ id }: WaitingRow, restMs: number): Promise<void> {
    const { db, clock } = this.context;
    await db.query(`UPDATE ${this.table} SET next_at = $2 WHERE id = $1`, [id, new Date(clock.now().getTime() + restMs)]);
  }

  /** It is done: nothing is kept of it, nor the key that sealed it. */
  async settle(tx: Pick<EntityManager, 'query'>, id: string): Promise<void> {
    await tx.query(`WITH settled AS (DELETE FROM ${this.table} WHERE id = $1) DELETE FROM person_key WHERE person_id = $1`, [id]);
  }
}
