import { authors, type Author } from '@isu/contracts';
import pg from 'pg';

/** A due date that collection has announced. */
export interface AnnouncedInstalment {
  readonly account: string;
  readonly id: string;
  readonly dueOn: string;
  readonly amount: string;
}

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

  /** Every due date from that day on, of all accounts. */
  async announcedFrom(day: string): Promise<AnnouncedInstalment[]> {
    const { rows } = await this.client.query<AnnouncedInstalment>(
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
      await this.client.query('CHECKPOINT');
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
