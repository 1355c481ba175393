import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { affiliation } from '@isu/affiliation';
import { benefits } from '@isu/benefits';
import {
  createLogger,
  HttpHost,
  ProcessSettings,
  readSettings,
  startService,
  startTracing,
  systemClock,
  type Logger,
  type RunningService,
  type Tracing,
  type Variables,
} from '@isu/chassis';
import { collection } from '@isu/collection';
import { authors, signedPartOf, type MoneyRecord } from '@isu/contracts';
import { paymentsBatch } from '@isu/isu';
import type { Bus } from '@isu/messaging';
import { emptyDatabase, eventually, personas, startTestIssuer, type EmptyDatabase, type TestIssuer } from '@isu/testing';
import { urssafSync } from '@isu/urssaf-sync';

export type OpenSpineBus = (variables: Variables, log: Logger) => Promise<Bus>;

interface Parts {
  readonly database: EmptyDatabase;
  readonly issuer: TestIssuer;
  readonly host: HttpHost;
  readonly bus: Bus;
  readonly base: string;
  readonly tracing: Tracing;
  readonly services: readonly RunningService[];
  readonly lines: string[];
}

interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

const agent = { sub: 'rsi:2', org: 'rsi', role: 'agent-national', purpose: 'Essai' };
const urssaf = { sub: 'partner:urssaf', org: 'partner', role: 'partner-system', partner: 'urssaf' };
const partnerKeys = generateKeyPairSync('ed25519');

/** The four services in one process, on whatever bus: from the partner's batch to rights. */
export class Spine {
  private constructor(private readonly parts: Parts) {}

  static async start({ otlpUrl, openBus }: { otlpUrl: string; openBus: OpenSpineBus }): Promise<Spine> {
    const [database, issuer] = await Promise.all([emptyDatabase(), startTestIssuer(systemClock())]);
    const variables = {
      ISU_DATABASE_URL: database.url,
      ISU_ROLE_PREFIX: `spine_${randomUUID().slice(0, 8)}`,
      ISU_TODAY: '2016-05-20',
      ISU_ISSUER: issuer.url,
      ISU_KEY_RING_FILE: join(mkdtempSync(join(tmpdir(), 'isu-spine-')), 'keys.json'),
      ISU_WITHOUT_READERS: authors.join(','),
      ISU_PEERS_URL: 'http://127.0.0.1:1',
      ISU_PARTNER_KEYS: JSON.stringify({ urssaf: partnerKeys.publicKey.export({ type: 'spki', format: 'pem' }) }),
      ISU_OTLP_URL: otlpUrl,
    };
    const lines: string[] = [];
    const log = createLogger({ level: 'info', destination: { write: (line: string) => void lines.push(line) } });
    const host = new HttpHost({ expects: authors });
    const { port } = await host.listen(0, '127.0.0.1');
    const tracing = await startTracing({ settings: readSettings(ProcessSettings, variables), log });
    const bus = await openBus(variables, log);
    const services: RunningService[] = [];
    for (const start of [
      () => startService(affiliation, { variables, bus, http: host, log }),
      () => startService(collection, { variables, bus, http: host, log }),
      () => startService(benefits, { variables, bus, http: host, log }),
      () => startService(urssafSync, { variables, bus, http: host, log }),
    ])
      services.push(await start());
    return new Spine({ database, issuer, host, bus, base: `http://127.0.0.1:${String(port)}`, tracing, services, lines });
  }

  /** Log lines that bear this correlation, in the order in which they were written. */
  linesOf(correlation: string): Record<string, unknown>[] {
    return this.parts.lines.filter((line) => line.includes(correlation)).map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  get logged(): string {
    return this.parts.lines.join('');
  }

  /** Karim is affiliated, and every service has heard of him. */
  async affiliate(): Promise<string> {
    const { karim } = personas;
    const answer = await this.ask('POST', '/api/affiliation/v1/insured-persons', {
      as: agent,
      headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify({
        ...{ nir: karim.nir, familyName: karim.lastName, givenNames: karim.firstName, birthDate: karim.bornOn, group: karim.group },
        ...{ startedOn: karim.startedOn, department: '93', fund: karim.fund, iban: karim.iban },
      }),
    });
    const { account } = JSON.parse(answer.text) as { account: string };
    for (const schema of ['collection', 'benefits', 'urssaf_sync']) await this.untilKept(schema, 'affiliation', account, 1);
    await this.untilKept('benefits', 'collection', account, 1);
    return account;
  }

  /** Urssaf's first batch, as its system sends it. */
  async sendBatch(records: readonly MoneyRecord[], headers: Readonly<Record<string, string>> = {}): Promise<Answered> {
    const batch = paymentsBatch({ number: 1, businessDate: '2016-05-19', previousDigest: null, records });
    const signature = sign(null, Buffer.from(signedPartOf(batch)), partnerKeys.privateKey).toString('base64');
    return this.ask('POST', '/api/urssaf-sync/v1/flows/urssaf/payments/batches', {
      as: urssaf,
      headers: { 'content-type': 'application/x-ndjson', 'isu-signature': signature, ...headers },
      body: batch.text,
    });
  }

  /** Every service has taken in so many facts of an author about the account. */
  async untilKept(schema: string, author: string, account: string, facts: number): Promise<void> {
    const count = `SELECT count(*)::int AS n FROM ${schema}.fact WHERE author = $1 AND stream = $2`;
    await eventually(async () => Number((await this.parts.database.query(count, [author, account]))[0]?.['n']) >= facts, {
      withinMs: 30_000,
    });
  }

  async rightsOf(account: string): Promise<Answered> {
    return this.ask('GET', `/api/benefits/v1/accounts/${account}/rights`, { as: agent });
  }

  async figures(): Promise<string> {
    return (await this.ask('GET', '/metrics', {})).text;
  }

  /** The spans that have ended are with the collector. */
  flush(): Promise<void> {
    return this.parts.tracing.flush();
  }

  async close(): Promise<void> {
    const { services, host, bus, tracing, issuer, database } = this.parts;
    await Promise.all(services.map((service) => service.stop()));
    await host.close();
    await bus.close();
    await tracing.stop();
    await issuer.stop();
    await database.close();
  }

  private async ask(
    method: string,
    path: string,
    { as, headers = {}, body }: { as?: Record<string, unknown>; headers?: Readonly<Record<string, string>>; body?: string },
  ): Promise<Answered> {
    const authorization: Record<string, string> = as ? { authorization: await this.parts.issuer.bearer(as) } : {};
    const answer = await fetch(`${this.parts.base}${path}`, { method, headers: { ...authorization, ...headers }, ...(body && { body }) });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  }
}
