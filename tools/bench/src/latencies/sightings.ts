import pg from 'pg';

const services = ['collection', 'benefits', 'urssaf_sync'] as const;
type Service = (typeof services)[number];

/** What must be in a service's copy of the facts for its view to show a payment: the report of it, and its posting. */
const report = { author: 'urssaf-sync', type: 'urssaf-sync.payment-reported.v1' } as const;
const posting = { author: 'collection', type: 'collection.payment-posted.v1' } as const;
const awaited = [report, posting];

/**
 * Sees when each payment has reached the three services that show accounts: PostgreSQL keeps the instant at which each fact was committed
 * (`track_commit_timestamp`), so that nothing is asked of it while it works but how many have come.
 */
export class Sightings {
  private constructor(
    private readonly client: pg.Client,
    /** What was there before is nobody's to wait for. */
    private readonly before: Readonly<Record<Service, readonly number[]>>,
  ) {}

  static async open(databaseUrl: string): Promise<Sightings> {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    const [collection, benefits, urssafSync] = [
      await lastIn(client, 'collection'),
      await lastIn(client, 'benefits'),
      await lastIn(client, 'urssaf_sync'),
    ];
    return new Sightings(client, { collection, benefits, urssaf_sync: urssafSync });
  }

  /** How many of the facts awaited have come: two for each payment, in each service. */
  async count(): Promise<number> {
    const each = services.map((service) => `(SELECT count(*) FROM (${this.factsOf(service)}) AS come)`);
    const { rows } = await this.client.query<{ come: number }>(`SELECT (${each.join(' + ')})::float8 AS come`);
    return rows[0]?.come ?? 0;
  }

  /** When each payment, by the partner's reference, had reached the last of the three services: milliseconds since 1970. */
  async visible(): Promise<ReadonlyMap<string, number>> {
    const committed: ReadonlyMap<string, number>[] = [];
    for (const service of services) committed.push(await this.committedIn(service));
    const [reports, postings] = this.before.collection;
    const { rows: reported } = await this.client.query<{ id: string; reference: string }>(
      `SELECT id, envelope->'data'->>'partnerReference' AS reference FROM collection.fact WHERE author = $1 AND type = $2 AND position > $3`,
      [report.author, report.type, reports],
    );
    const { rows: posted } = await this.client.query<{ id: string; report: string }>(
      `SELECT id, envelope->'data'->>'reportedFact' AS report FROM collection.fact WHERE author = $1 AND type = $2 AND position > $3`,
      [posting.author, posting.type, postings],
    );
    const postingOf = new Map(posted.map(({ id, report: of }) => [of, id]));
    return new Map(
      reported.flatMap(({ id, reference }): [string, number][] => {
        const moments = committed.flatMap((come) => [come.get(id), come.get(postingOf.get(id) ?? '')]);
        return moments.every((moment) => moment !== undefined) ? [[reference, Math.max(...moments)]] : [];
      }),
    );
  }

  close(): Promise<void> {
    return this.client.end();
  }

  private async committedIn(service: Service): Promise<ReadonlyMap<string, number>> {
    const { rows } = await this.client.query<{ id: string; at: number }>(this.factsOf(service));
    return new Map(rows.map(({ id, at }) => [id, at]));
  }

  private factsOf(service: Service): string {
    return awaited
      .map(
        ({ author, type }, place) =>
          `SELECT id, (extract(epoch FROM pg_xact_commit_timestamp(xmin)) * 1000)::float8 AS at FROM ${service}.fact
            WHERE author = '${author}' AND type = '${type}' AND position > ${String(this.before[service][place])}`,
      )
      .join(' UNION ALL ');
  }
}

/** The last position of each author awaited, in the order of `awaited`. */
async function lastIn(client: pg.Client, service: Service): Promise<number[]> {
  const last = awaited.map(({ author }) => `(SELECT coalesce(max(position), 0) FROM ${service}.fact WHERE author = '${author}')::float8`);
  const { rows } = await client.query<{ last: number[] }>(`SELECT ARRAY[${last.join(', ')}] AS last`);
  return rows[0]?.last ?? [];
}
