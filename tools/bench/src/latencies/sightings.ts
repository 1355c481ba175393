import pg from 'pg';

const services = ['collection', 'benefits', 'urssaf_sync'] as const;
const pollPauseMs = 15;
/** Facts are committed in another order than they are numbered: how far back a poll looks again. */
const lookBack = 3_000;

/** What must be in a service's copy of the facts for its view to show the payment: the report, and the posting of it. */
const watched = [
  { author: 'urssaf-sync', type: 'urssaf-sync.payment-reported.v1', link: `envelope->'data'->>'partnerReference'` },
  { author: 'collection', type: 'collection.payment-posted.v1', link: `envelope->'data'->>'reportedFact'` },
] as const;

/** Sees, from the database itself, when each payment has reached the three services that show accounts. */
export class Sightings {
  /** When a service was first seen to hold a fact, in milliseconds of this process. */
  private readonly seenAt = new Map<string, number>();
  private readonly referenceOfReport = new Map<string, string>();
  private readonly reportOfPosting = new Map<string, string>();
  private readonly furthest = new Map<string, bigint>();
  private watching = true;
  private readonly done: Promise<unknown>;

  private constructor(private readonly clients: readonly pg.Client[]) {
    this.done = Promise.all(services.map((service, at) => this.watch(service, clients[at] as pg.Client)));
  }

  static async open(databaseUrl: string): Promise<Sightings> {
    const clients = services.map(() => new pg.Client({ connectionString: databaseUrl }));
    await Promise.all(clients.map((client) => client.connect()));
    return new Sightings(clients);
  }

  /** When each payment, by the partner's reference, had reached the last of the three services. */
  visible(): ReadonlyMap<string, number> {
    const visible = new Map<string, number>();
    for (const [posting, report] of this.reportOfPosting) {
      const at = this.visibleAt(posting);
      const reference = this.referenceOfReport.get(report);
      if (at !== null && reference !== undefined) visible.set(reference, at);
    }
    return visible;
  }

  async close(): Promise<void> {
    this.watching = false;
    await this.done;
    await Promise.all(this.clients.map((client) => client.end()));
  }

  private visibleAt(posting: string): number | null {
    const facts = [posting, this.reportOfPosting.get(posting) ?? ''];
    const moments = services.flatMap((service) => facts.map((fact) => this.seenAt.get(`${service}/${fact}`)));
    return moments.every((moment) => moment !== undefined) ? Math.max(...moments) : null;
  }

  private async watch(service: string, client: pg.Client): Promise<void> {
    while (this.watching) {
      for (const fact of watched) await this.look(service, client, fact);
      await new Promise((resolve) => setTimeout(resolve, pollPauseMs));
    }
  }

  private async look(service: string, client: pg.Client, { author, type, link }: (typeof watched)[number]): Promise<void> {
    const place = `${service}/${author}`;
    const after = (this.furthest.get(place) ?? 0n) - BigInt(lookBack);
    const { rows } = await client.query<{ id: string; link: string; position: string }>(
      `SELECT id, ${link} AS link, position FROM ${service}.fact WHERE author = $1 AND position > $2 AND type = $3`,
      [author, String(after), type],
    );
    const now = performance.now();
    for (const row of rows) {
      const key = `${service}/${row.id}`;
      if (this.seenAt.has(key)) continue;
      this.seenAt.set(key, now);
      (author === 'collection' ? this.reportOfPosting : this.referenceOfReport).set(row.id, row.link);
      if (BigInt(row.position) > (this.furthest.get(place) ?? 0n)) this.furthest.set(place, BigInt(row.position));
    }
  }
}
