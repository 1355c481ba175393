import { authors, type Author } from '@isu/contracts';
import { withDatabase } from '@isu/distributed';
import pg from 'pg';

const schemaOf = (service: Author): string => service.replaceAll('-', '_');
export const viewers = ['collection', 'benefits', 'urssaf-sync'] as const satisfies readonly Author[];

/** What each service has written down, seen from outside with the administrator's eyes: the invariants of reliability, in SQL. */
export class Books {
  private constructor(private readonly clients: ReadonlyMap<Author, pg.Client>) {}

  static async open(postgresUrl: string, databaseOf: (service: Author) => string): Promise<Books> {
    const clients = new Map<Author, pg.Client>();
    for (const service of authors) {
      const client = new pg.Client({
        connectionString: withDatabase(postgresUrl, databaseOf(service)),
        options: `-c search_path=${schemaOf(service)}`,
      });
      await client.connect();
      clients.set(service, client);
    }
    return new Books(clients);
  }

  async close(): Promise<void> {
    for (const client of this.clients.values()) await client.end();
  }

  async rows<T extends pg.QueryResultRow>(service: Author, sql: string, values: readonly unknown[] = []): Promise<T[]> {
    const client = this.clients.get(service);
    if (!client) throw new Error(`No books of ${service}.`);
    return (await client.query<T>(sql, [...values])).rows;
  }

  async number(service: Author, sql: string, values: readonly unknown[] = []): Promise<number> {
    const [row] = await this.rows<{ n: number }>(service, sql, values);
    return row?.n ?? Number.NaN;
  }

  count(service: Author, type: string): Promise<number> {
    return this.number(service, 'SELECT count(*)::int AS n FROM fact WHERE type = $1', [type]);
  }

  /** What still moves somewhere; nothing when every fact is with everyone. */
  async underWay(): Promise<string[]> {
    const found: string[] = [];
    const held = new Map<Author, ReadonlyMap<string, number>>();
    for (const service of authors) held.set(service, await this.heldByAuthor(service));
    for (const service of authors) {
      const unsent = await this.number(service, 'SELECT count(*)::int AS n FROM outbox WHERE sent_at IS NULL');
      if (unsent > 0) found.push(`${service}: ${String(unsent)} unsent`);
      for (const author of authors) {
        const [here, written] = [held.get(service)?.get(author) ?? 0, held.get(author)?.get(author) ?? 0];
        if (here !== written) found.push(`${service} holds ${String(here)} of ${String(written)} of ${author}`);
      }
    }
    const unplaced = await this.number('urssaf-sync', 'SELECT count(*)::int AS n FROM batch WHERE receipt IS NULL');
    if (unplaced > 0) found.push(`${String(unplaced)} batches without a receipt`);
    return found;
  }

  /** In one look over the table: it is asked again and again while the system has other work to do. */
  private async heldByAuthor(service: Author): Promise<ReadonlyMap<string, number>> {
    const rows = await this.rows<{ author: string; n: number }>(service, 'SELECT author, count(*)::int AS n FROM fact GROUP BY author');
    return new Map(rows.map(({ author, n }) => [author, n]));
  }

  /** R4: one digest over every fact that the service holds, whoever wrote it. */
  factsDigest(service: Author): Promise<string> {
    return this.scalar(service, `SELECT md5(string_agg(id || digest, '' ORDER BY author, stream, seq)) AS s FROM fact`);
  }

  /** R7: streams with a hole, cursors that stand elsewhere than their last fact, and all that is set aside. */
  async irregularities(service: Author): Promise<number[]> {
    return Promise.all([
      this.number(
        service,
        'SELECT count(*)::int AS n FROM (SELECT FROM fact GROUP BY author, stream HAVING count(*) <> max(seq) OR min(seq) <> 1) AS hole',
      ),
      this.number(
        service,
        `SELECT count(*)::int AS n FROM (SELECT author, stream, max(seq) AS seq FROM fact WHERE author <> $1 GROUP BY 1, 2) AS held
           LEFT JOIN inbox_cursor c USING (author, stream) WHERE c.last_seq IS DISTINCT FROM held.seq`,
        [service],
      ),
      this.number(service, 'SELECT count(*)::int AS n FROM set_aside'),
    ]);
  }

  /** R13: sessions of instances that were killed must be gone, and with them their locks; one relay leads, and one retry worker. */
  async leaders(service: Author): Promise<Record<string, number>> {
    const leading = (task: string) =>
      this.number(
        service,
        `SELECT count(*)::int AS n FROM pg_locks l JOIN pg_database d ON d.oid = l.database AND d.datname = current_database()
          WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2
            AND l.classid = hashtext($1)::oid AND l.objid = hashtext(current_schema())::oid`,
        [`isu ${task}`],
      );
    return { relay: await leading('relay'), retries: await leading(`retries of ${service}`) };
  }

  private async scalar(service: Author, sql: string, values: readonly unknown[] = []): Promise<string> {
    const [row] = await this.rows<{ s: string }>(service, sql, values);
    return row?.s ?? '';
  }
}
