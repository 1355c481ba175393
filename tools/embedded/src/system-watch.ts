import { authors, type Author } from '@isu/contracts';
import type { CalledInstalment } from '@isu/isu';
import pg from 'pg';

/** Sees the embedded system with the administrator's eyes: whether it is quiet, and what fifty people at once would read on their notices. */
export class SystemWatch {
  private constructor(private readonly client: pg.Client) {}

  static async open(databaseUrl: string): Promise<SystemWatch> {
    const client = new pg.Client({ connectionString: databaseUrl });
    client.on('error', () => undefined);
    await client.connect();
    return new SystemWatch(client);
  }

  /** Resolves when nothing is under way between the services. */
  async untilQuiet(): Promise<void> {
    await this.untilNone([...authors.map(unsentBy), behind]);
  }

  /** Resolves when collection has placed all the money that was reported: who else has heard of it may wait. */
  async untilPlaced(): Promise<void> {
    await this.untilNone([unsentBy('urssaf-sync'), `${behind} AND c.consumer = 'collection' AND topic = 'isu.urssaf-sync'`]);
  }

  private async untilNone(underWay: readonly string[], withinMs = 60_000): Promise<void> {
    const limit = performance.now() + withinMs;
    const question = `SELECT ${underWay.map((rows) => `EXISTS (${rows})`).join(' OR ')} AS waiting`;
    for (;;) {
      const { rows } = await this.client.query<{ waiting: boolean }>(question);
      if (rows[0]?.waiting === false) return;
      if (performance.now() > limit) throw new Error('Les services n’ont pas fini d’échanger leurs faits dans le temps attendu.');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Resolves when the balances that are kept beside fingerprints are those of the last facts. */
  async untilFolded(): Promise<void> {
    await this.untilNone(['SELECT FROM urssaf_sync.account_touch']);
  }

  /** The last books of the partner beside ours, by account, year and contribution: how many lines, and how many and how much of them differ. */
  async bothBooks(): Promise<{ readonly lines: number; readonly surcharges: string; readonly differing: number; readonly cents: string }> {
    const { rows } = await this.client.query<{ lines: number; surcharges: string; differing: number; cents: string }>(
      `WITH theirs AS (
         SELECT account, CASE code WHEN 'credit' THEN 0 ELSE year END AS year, code, called, paid FROM urssaf_sync.partner_balance
          WHERE number = (SELECT max(number) FROM urssaf_sync.partner_balance)),
       beside AS (
         SELECT code, coalesce(o.called, 0) AS our_called, coalesce(o.paid, 0) AS our_paid, coalesce(t.called, 0) AS called, coalesce(t.paid, 0) AS paid
           FROM urssaf_sync.our_balance o FULL JOIN theirs t USING (account, year, code))
       SELECT count(*)::int AS lines, coalesce(sum(called) FILTER (WHERE code LIKE 'majoration-%'), 0)::text AS surcharges,
              count(*) FILTER (WHERE (our_called, our_paid) <> (called, paid))::int AS differing,
              sum(abs(our_called - called) + abs(our_paid - paid))::text AS cents
         FROM beside`,
    );
    const [both] = rows;
    if (!both) throw new Error('A sum has a row.');
    return both;
  }

  /** Every due date from that day on, of all accounts. */
  async announcedFrom(day: string): Promise<CalledInstalment[]> {
    const { rows } = await this.client.query<CalledInstalment>(
      `SELECT account, id, due_on::text AS "dueOn", amount FROM collection.instalment WHERE due_on >= $1 ORDER BY account, id`,
      [day],
    );
    return rows;
  }

  /**
   * While a history is being made that nobody has been told of yet, a commit need not wait for the disk: should the machine stop,
   * the history is begun again. Before anyone is told, everything is on the disk and every commit waits again.
   */
  async withoutWaitingForTheDisk<T>(work: () => Promise<T>): Promise<T> {
    await this.client.query('ALTER SYSTEM SET synchronous_commit = off');
    await this.client.query('SELECT pg_reload_conf()');
    try {
      return await work();
    } finally {
      await commitsWaitForTheDisk(this.client);
      // One record that waits for the disk takes all that was written before it along.
      await this.client.query(`SELECT pg_logical_emit_message(false, 'isu', 'the history is whole', true)`);
    }
  }

  async close(): Promise<void> {
    await this.client.end();
  }
}

/** Also at each start: a process may have been killed before it could say so. */
export async function commitsWaitForTheDisk(client: pg.Client): Promise<void> {
  await client.query('ALTER SYSTEM RESET synchronous_commit');
  await client.query('SELECT pg_reload_conf()');
}

const unsentBy = (author: Author): string => `SELECT FROM ${author.replaceAll('-', '_')}.outbox WHERE sent_at IS NULL`;
const behind = `SELECT FROM bus.cursor c JOIN bus.head h USING (topic, partition) WHERE c.position < h.next`;
