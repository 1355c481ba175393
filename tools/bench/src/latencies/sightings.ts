import pg from 'pg';

const services = ['collection', 'benefits', 'urssaf_sync'] as const;
type Service = (typeof services)[number];

/** Short beside the waits that are measured, and light beside the work that is watched. */
const pollPauseMs = 60;
/** Facts are committed in another order than they are numbered, four transactions of two hundred at a time: how far back a poll looks again. */
const lookBack = 1_200;

/** What must be in a service's copy of the facts for its view to show a payment: the report of it, and its posting. */
const report = { author: 'urssaf-sync', type: 'urssaf-sync.payment-reported.v1' } as const;
const posting = { author: 'collection', type: 'collection.payment-posted.v1' } as const;

/** Sees, from the database itself, when each payment has reached the three services that show accounts. */
export class Sightings {
  /** When a service was first seen to hold a fact, in milliseconds of this process. */
  private readonly seenAt = new Map<string, number>();
  private readonly furthest = new Map<string, number>();
  private watching = true;
  private readonly done: Promise<unknown>;

  private constructor(private readonly clients: Readonly<Record<Service, pg.Client>>) {
    this.done = Promise.all(services.map((service) => this.watch(service)));
  }

  static async open(databaseUrl: string): Promise<Sightings> {
    const open = async (): Promise<pg.Client> => {
      const client = new pg.Client({ connectionString: databaseUrl });
      await client.connect();
      return client;
    };
    const [collection, benefits, urssafSync] = await Promise.all([open(), open(), open()]);
    return new Sightings({ collection, benefits, urssaf_sync: urssafSync });
  }

  /** How many of the facts awaited have been seen: two for each payment, in each service. */
  get count(): number {
    return this.seenAt.size;
  }

  /** When each payment, by the partner's reference, had reached the last of the three services. */
  async visible(): Promise<ReadonlyMap<string, number>> {
    const { rows } = await this.clients.collection.query<{ reference: string; report: string; posting: string }>(
      `SELECT r.envelope->'data'->>'partnerReference' AS reference, r.id AS report, p.id AS posting
         FROM collection.fact p JOIN collection.fact r ON r.id = (p.envelope->'data'->>'reportedFact')::uuid
        WHERE p.author = $1 AND p.type = $2 AND r.author = $3 AND r.type = $4`,
      [posting.author, posting.type, report.author, report.type],
    );
    return new Map(rows.flatMap((row) => this.whenIn(row.reference, [row.report, row.posting])));
  }

  async close(): Promise<void> {
    this.watching = false;
    await this.done;
    await Promise.all(Object.values(this.clients).map((client) => client.end()));
  }

  private whenIn(reference: string, facts: readonly string[]): [string, number][] {
    const moments = services.flatMap((service) => facts.map((fact) => this.seenAt.get(`${service}/${fact}`)));
    return moments.every((moment) => moment !== undefined) ? [[reference, Math.max(...moments)]] : [];
  }

  private async watch(service: Service): Promise<void> {
    for (const fact of [report, posting]) await this.startFrom(service, fact.author);
    while (this.watching) {
      await this.look(service);
      await new Promise((resolve) => setTimeout(resolve, pollPauseMs));
    }
  }

  /** What was there before is nobody's to wait for. */
  private async startFrom(service: Service, author: string): Promise<void> {
    const { rows } = await this.clients[service].query<{ position: number }>(
      `SELECT coalesce(max(position), 0)::float8 AS position FROM ${service}.fact WHERE author = $1`,
      [author],
    );
    this.furthest.set(`${service}/${author}`, (rows[0]?.position ?? 0) + lookBack);
  }

  private async look(service: Service): Promise<void> {
    const [reports, postings] = [report, posting].map(({ author }) => this.furthest.get(`${service}/${author}`) ?? 0);
    const { rows } = await this.clients[service].query<{ author: string; id: string; position: number }>({
      name: 'look',
      text: [1, 4]
        .map(
          (n) =>
            `SELECT author, id, position::float8 AS position FROM ${service}.fact WHERE author = $${n} AND type = $${n + 1} AND position > $${n + 2}`,
        )
        .join(' UNION ALL '),
      values: [report.author, report.type, (reports ?? 0) - lookBack, posting.author, posting.type, (postings ?? 0) - lookBack],
    });
    const now = performance.now();
    for (const { author, id, position } of rows) {
      const place = `${service}/${author}`;
      if (!this.seenAt.has(`${service}/${id}`)) this.seenAt.set(`${service}/${id}`, now);
      this.furthest.set(place, Math.max(position, this.furthest.get(place) ?? 0));
    }
  }
}
