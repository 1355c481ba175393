import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpHost, MovableClock, openEmbeddedBus, startService, systemClock, type RunningService } from '@isu/chassis';
import { canonicalJson, digestOf, topicOf, type Author, type FactData, type FactType } from '@isu/contracts';
import { heldFacts, type Bus, type HeldFact } from '@isu/messaging';
import { emptyDatabase, eventually, silentLogger, startTestIssuer, type EmptyDatabase, type TestIssuer } from '@isu/testing';
import { AccountNumber, Day, Money } from '@isu/values';
import { collection } from './index.js';

export const people = {
  agent: { sub: 'agent:1', org: 'cell', role: 'agent', funds: ['13'], purpose: 'Appel du cotisant' },
  operator: { sub: 'operator:1', org: 'operator', role: 'operator' },
  auditor: { sub: 'auditor:1', org: 'isu', role: 'auditor', purpose: 'Contrôle' },
  portal: { sub: 'service:portal', org: 'isu', role: 'service', act: { sub: 'service:portal' } },
} as const;

export interface Asked {
  readonly body?: unknown;
  readonly as?: Readonly<Record<string, unknown>>;
  readonly key?: string;
}

/** What a route answers: which fields it has is judged by the spec that asked. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Json = any;

export interface Answer {
  readonly status: number;
  readonly json: Json;
  readonly bytes: Buffer;
  readonly type: string;
}

/** Collection as it runs, asked over HTTP and told facts over the bus; its days pass as a spec says. */
export class CollectionOverHttp {
  private readonly last = new Map<string, { seq: number; digest: string | null }>();
  private opened = 0;

  private constructor(
    readonly clock: MovableClock,
    private readonly parts: {
      readonly database: EmptyDatabase;
      readonly issuer: TestIssuer;
      readonly host: HttpHost;
      readonly bus: Bus;
      readonly service: RunningService;
      readonly base: string;
    },
  ) {}

  static async start(day: string, variables: Readonly<Record<string, string>> = {}): Promise<CollectionOverHttp> {
    const clock = new MovableClock();
    clock.moveTo(Day.of(day));
    const [database, issuer] = await Promise.all([emptyDatabase(), startTestIssuer(systemClock())]);
    const settings = {
      ISU_DATABASE_URL: database.url,
      ISU_ROLE_PREFIX: 'isu_calls_spec',
      ISU_TODAY: day,
      ISU_ISSUER: issuer.url,
      ISU_KEY_RING_FILE: join(mkdtempSync(join(tmpdir(), 'isu-collection-')), 'keys.json'),
      ISU_WITHOUT_READERS: 'affiliation,benefits,urssaf-sync',
      ...variables,
    };
    const host = new HttpHost({ expects: ['collection'] });
    const { port } = await host.listen(0, '127.0.0.1');
    const bus = await openEmbeddedBus(settings, silentLogger, { pollMs: 20 });
    const service = await startService(collection, { variables: settings, bus, http: host, log: silentLogger, clock });
    return new CollectionOverHttp(clock, { database, issuer, host, bus, service, base: `http://127.0.0.1:${port}` });
  }

  async stop(): Promise<void> {
    await this.parts.service.stop();
    await this.parts.host.close();
    await this.parts.bus.close();
    await this.parts.issuer.stop();
    await this.parts.database.close();
  }

  on(day: string): this {
    this.clock.moveTo(Day.of(day));
    return this;
  }

  /** Affiliation registers somebody of caisse 13, and collection opens the account. */
  async register(changes: Partial<FactData<'affiliation.registered.v1'>> = {}): Promise<string> {
    this.opened += 1;
    const account = AccountNumber.make('13', this.opened).toString();
    const data = { group: 'commercant', regime: 'common', startedOn: '2010-01-01', fund: '13', ...changes } as const;
    await this.tell(account, 'affiliation.registered.v1', data);
    await eventually(async () => (await this.ask('GET', `accounts/${account}/incomes`)).status === 200, { withinMs: 10_000 });
    return account;
  }

  /** Affiliation strikes somebody off, and collection knows it. */
  async end(account: string, on: string): Promise<void> {
    await this.tell(account, 'affiliation.ended.v1', { on, cause: 'cessation' });
    const endedOn = async () => (await this.ask('GET', `accounts/${account}/view`)).json.book.person.endedOn as string | null;
    await eventually(async () => (await endedOn()) === on, { withinMs: 10_000 });
  }

  /** The last number that an author was made to say in a stream. */
  lastSeq(author: Author, stream: string): number {
    return this.last.get(`${author} ${stream}`)?.seq ?? 0;
  }

  /** Another service publishes a fact about an account, or a flow. */
  async tell<T extends FactType>(stream: string, type: T, data: FactData<T>): Promise<void> {
    const author = type.slice(0, type.indexOf('.')) as Author;
    const key = `${author} ${stream}`;
    const before = this.last.get(key) ?? { seq: 0, digest: null };
    const seq = before.seq + 1;
    const today = this.clock.today().iso;
    const envelope = {
      ...{ specversion: '1.0', id: randomUUID().replace(/^(.{14})./, '$17'), source: `/isu/${author}`, type, subject: stream },
      ...{ time: `${today}T10:00:00.000Z`, datacontenttype: 'application/json', seq, previous: before.digest, position: String(seq) },
      ...{ effectiveon: today, correlation: randomUUID(), cause: null, data },
    };
    this.last.set(key, { seq, digest: digestOf(envelope) });
    await this.parts.bus.publish([{ topic: topicOf(author), key: stream, bytes: new TextEncoder().encode(canonicalJson(envelope)) }]);
  }

  async ask(method: string, path: string, { body, as = people.agent, key }: Asked = {}): Promise<Answer> {
    const answer = await fetch(`${this.parts.base}/api/collection/v1/${path}`, {
      method,
      headers: {
        authorization: await this.parts.issuer.bearer({ ...as }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    const type = answer.headers.get('content-type') ?? '';
    return {
      status: answer.status,
      json: type.includes('json') && bytes.length > 0 ? JSON.parse(bytes.toString('utf8')) : {},
      bytes,
      type,
    };
  }

  /** A creation under a key of its own. */
  create(path: string, body: unknown, as: Readonly<Record<string, unknown>> = people.agent): Promise<Answer> {
    return this.ask('POST', path, { body, as, key: randomUUID() });
  }

  async declare(account: string, year: number, amount: string): Promise<Answer> {
    return this.create(`accounts/${account}/incomes`, { year, amount, source: 'agent' });
  }

  /** What is asked between two days, as `2016-07 1690`. */
  async instalments(account: string, from: string, to: string): Promise<string[]> {
    const { json } = await this.ask('GET', `accounts/${account}/instalments?from=${from}&to=${to}`);
    return (json.instalments as { id: string; amount: string }[]).map(({ id, amount }) => `${id} ${amount}`);
  }

  /** What collection holds of an account, as its own rooms read it. */
  async held(account: string): Promise<HeldFact[]> {
    return heldFacts(this.parts.service.context.db, account);
  }

  /** How many facts of accounts collection holds: a refusal adds none (I8). Days close by themselves meanwhile. */
  async factsHeld(): Promise<unknown> {
    return this.parts.database.query(`SELECT count(*) FROM collection.fact WHERE stream NOT LIKE 'flow/%'`);
  }

  /** Money reported by Urssaf, seen on the account once it is placed. */
  async pay(account: string, amount: string, valueOn = this.clock.today().iso): Promise<void> {
    const known = async () => ((await this.ask('GET', `accounts/${account}/payments`)).json.payments as unknown[]).length;
    const before = await known();
    const reference = `URS-${randomUUID().slice(0, 8)}`;
    const place = { flow: 'urssaf/payments', batch: '1', line: 2, partnerReference: reference };
    await this.tell(account, 'urssaf-sync.payment-reported.v1', { ...place, amount, valueOn, means: 'transfer' });
    await eventually(async () => (await known()) > before, { withinMs: 10_000 });
  }

  /** Pays all that has fallen due up to a day. */
  async payWhatIsDue(account: string, through: string): Promise<void> {
    const { json } = await this.ask('GET', `accounts/${account}/instalments?to=${through}`);
    const due = Money.sum((json.instalments as { remaining: string }[]).map(({ remaining }) => Money.of(remaining)));
    if (due.isPositive) await this.pay(account, due.toString());
  }
}
