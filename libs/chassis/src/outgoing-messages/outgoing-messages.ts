import { randomUUID } from 'node:crypto';
import type { BusinessClock } from '@isu/values';
import type { DataSource, EntityManager } from 'typeorm';
import type { Channel, DeliveryState, MessageToDeliver, OutgoingMessage } from './outgoing-message.js';

/** For as long what is taken is nobody else's; if its taker dies, it is given out again. */
const lease = `interval '60 seconds'`;
const longestRest = `interval '1 hour'`;

/** A message as lists show it. */
export interface ShownMessage extends Omit<OutgoingMessage, 'writtenOn' | 'correlation'> {
  readonly id: string;
  readonly writtenOn: string;
  readonly state: DeliveryState;
  readonly settledAt: Date | null;
}

export interface Delivery {
  readonly state: 'delivered' | 'failed' | 'put-off';
  readonly failure?: string | undefined;
}

const columns = `id, account, kind, channel, language, subject, body AS text, documents, written_on::text AS "writtenOn", correlation, attempts`;

/**
 * Messages to people (facts.md: the deciding service writes them in its transaction). They leave at least once, each under its own id:
 * who delivers takes some, sends them, and says what became of each; what nobody speaks of any more is given out again. Whose a message is
 * goes by the database's clock: two instances whose own clocks differ would both send it.
 */
export class OutgoingMessages {
  constructor(
    private readonly db: DataSource,
    private readonly clock: BusinessClock,
  ) {}

  /** In the order given; gives their ids. */
  async write(tx: Pick<EntityManager, 'query'>, messages: readonly OutgoingMessage[]): Promise<string[]> {
    if (messages.length === 0) return [];
    const ids = messages.map(() => randomUUID());
    await tx.query(
      `INSERT INTO outgoing_message (id, account, kind, channel, subject, body, documents, written_on, written_at, correlation, next_at)
       SELECT id, account, kind, channel, subject, text, documents, "writtenOn", $2, correlation, clock_timestamp()
       FROM json_to_recordset($1) AS n (id uuid, account text, kind text, channel text, subject text, text text, documents jsonb,
         "writtenOn" date, correlation uuid)`,
      [JSON.stringify(messages.map((message, rank) => ({ ...message, id: ids[rank] }))), this.clock.now()],
    );
    return ids;
  }

  /** The oldest that wait, each kept for the one who asks for a minute. */
  async take(channel: Channel, limit: number): Promise<MessageToDeliver[]> {
    const [rows] = (await this.db.query(
      `UPDATE outgoing_message SET attempts = attempts + 1, next_at = clock_timestamp() + ${lease} WHERE id IN (
         SELECT id FROM outgoing_message WHERE state = 'waiting' AND channel = $1 AND next_at <= clock_timestamp()
         ORDER BY next_at LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING ${columns}`,
      [channel, limit],
    )) as [MessageToDeliver[], number];
    return rows;
  }

  /**
   * What became of a message; false when there is none such. A delivery told twice is one delivery, and one that has been made is not
   * unmade by who tried at the same time and failed.
   */
  async settle(id: string, { state, failure }: Delivery): Promise<boolean> {
    const now = this.clock.now();
    const [rows] = (await this.db.query(
      `UPDATE outgoing_message SET
         state = CASE WHEN state = 'delivered' THEN state WHEN $2 = 'put-off' THEN 'waiting' ELSE $2 END,
         settled_at = CASE WHEN state = 'delivered' THEN settled_at WHEN $2 = 'put-off' THEN NULL ELSE $3::timestamptz END,
         failure = CASE WHEN state = 'delivered' OR $2 = 'delivered' THEN NULL ELSE $4 END,
         next_at = CASE WHEN state <> 'delivered' AND $2 = 'put-off'
           THEN clock_timestamp() + least(${longestRest}, make_interval(secs => 2 * power(2, least(attempts, 20)))) ELSE next_at END
       WHERE id = $1 RETURNING id`,
      [id, state, now, failure ?? null],
    )) as [unknown[], number];
    return rows.length > 0;
  }

  /** What still waits for these people is not sent any more: it speaks of what is no longer so. What is being sent at this moment may leave. */
  async withdraw(tx: Pick<EntityManager, 'query'>, accounts: readonly string[], why: string): Promise<void> {
    if (accounts.length === 0) return;
    await tx.query(
      `UPDATE outgoing_message SET state = 'failed', failure = $2, settled_at = $3 WHERE account = ANY($1) AND state = 'waiting'`,
      [accounts, why, this.clock.now()],
    );
  }

  /** Whether anything was ever said of the account here. */
  async isKnown(account: string): Promise<boolean> {
    const rows: unknown[] = await this.db.query('SELECT 1 FROM fact WHERE stream = $1 LIMIT 1', [account]);
    return rows.length > 0;
  }

  /** What a person was told, the latest first. */
  async of(account: string): Promise<ShownMessage[]> {
    return this.db.query(
      `SELECT id, account, kind, channel, subject, body AS text, documents, written_on::text AS "writtenOn", state, settled_at AS "settledAt"
       FROM outgoing_message WHERE account = $1 ORDER BY written_at DESC, id`,
      [account],
    );
  }
}
