import { createPrivateKey, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { affiliation } from '@isu/affiliation';
import { createLogger, HttpHost, MovableClock, openEmbeddedBus, startService, systemClock, type RunningService } from '@isu/chassis';
import { collection } from '@isu/collection';
import type { Author, MoneyRecord } from '@isu/contracts';
import { paymentsBatch, signatureOf } from '@isu/isu';
import type { Bus } from '@isu/messaging';
import {
  emptyDatabase,
  eventually,
  inventedIban,
  inventedNir,
  inventedSiret,
  startTestIssuer,
  type EmptyDatabase,
  type TestIssuer,
} from '@isu/testing';
import { urssafSync } from '@isu/urssaf-sync';
import { Day } from '@isu/values';

type Claims = Readonly<Record<string, unknown>>;

const cell = (rank: number): Claims => ({ sub: `cell:${rank}`, org: 'cell', role: 'agent', funds: ['13'], purpose: 'Essai' });
export const people = {
  agent: cell(1),
  colleague: cell(2),
  rsi: { sub: 'rsi:1', org: 'rsi', role: 'agent-national', purpose: 'Essai' },
  operator: { sub: 'operator:1', org: 'operator', role: 'operator' },
  urssaf: { sub: 'partner:urssaf', org: 'partner', role: 'partner-system', partner: 'urssaf' },
  insured: (account: string): Claims => ({ sub: `insured:${account}`, org: 'isu', role: 'insured', account }),
} as const;

interface Asked {
  readonly as?: Claims;
  readonly body?: unknown;
  /** Sent as it is, in place of a body. */
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly etag: string;
  // Which fields it has is judged by the spec that asked.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly json: any;
}

interface Parts {
  readonly database: EmptyDatabase;
  readonly issuer: TestIssuer;
  readonly host: HttpHost;
  readonly bus: Bus;
  readonly services: readonly RunningService[];
  readonly base: string;
  readonly bankFolder: string;
  readonly partner: KeyObject;
  readonly provider: KeyObject;
  readonly faults: readonly string[];
}

const pem = (key: KeyObject): string => key.export({ type: key.type === 'private' ? 'pkcs8' : 'spki', format: 'pem' }).toString();
const patience = { withinMs: 30_000, everyMs: 25 };
const services = ['affiliation', 'collection', 'urssaf-sync'] as const satisfies readonly Author[];
/** Those that show their copy of an account. */
const viewers = ['collection', 'urssaf-sync'] as const satisfies readonly Author[];

/**
 * Affiliation, collection and urssaf-sync in one process on a real database, asked over HTTP alone, with a bank's folder beside them. Days pass as a
 * spec says, backwards too; nothing is owed for a date but what is asked for by hand, so that everything happens in the order of the spec.
 */
export class MoneyHouse {
  private readonly tokens = new Map<string, string>();
  private moved = 0;
  private born = 0;
  private batch = { number: 0, digest: null as string | null, businessDate: '' };

  private constructor(
    private readonly clock: MovableClock,
    private readonly parts: Parts,
  ) {}

  static async start(): Promise<MoneyHouse> {
    const clock = new MovableClock();
    // Jobs are owed from the first day that a service has seen: none that a spec lives through.
    clock.moveTo(Day.of('2099-12-31'));
    const [database, issuer] = await Promise.all([emptyDatabase(), startTestIssuer(systemClock())]);
    const [partner, provider, orders] = [1, 2, 3].map(() => generateKeyPairSync('ed25519')) as [Pair, Pair, Pair];
    const host = new HttpHost({ expects: services });
    const { port } = await host.listen(0, '127.0.0.1');
    const base = `http://127.0.0.1:${String(port)}`;
    const folder = mkdtempSync(join(tmpdir(), 'isu-money-'));
    const bankFolder = join(folder, 'bank');
    const variables = {
      ISU_DATABASE_URL: database.url,
      ISU_ROLE_PREFIX: `money_${randomUUID().slice(0, 8)}`,
      ISU_ISSUER: issuer.url,
      ISU_KEY_RING_FILE: join(folder, 'keys.json'),
      ISU_WITHOUT_READERS: 'affiliation,collection,benefits,urssaf-sync',
      ISU_PEERS_URL: base,
      ISU_BANK_FOLDER: bankFolder,
      ISU_PARTNER_KEYS: JSON.stringify({ urssaf: pem(partner.publicKey) }),
      ISU_PAYMENT_PAGE_URL: 'http://127.0.0.1:1/payer',
      ISU_PAYMENT_ORDER_KEY: pem(orders.privateKey),
      ISU_PAYMENT_PROVIDER_URL: 'http://127.0.0.1:1',
      ISU_PAYMENT_PROVIDER_KEY: pem(provider.publicKey),
      ISU_PAYMENT_PROVIDER_TOKEN: 'un-jeton-de-demonstration',
    };
    const faults: string[] = [];
    const log = createLogger({ level: 'error', destination: { write: (line: string) => void faults.push(line) } });
    const bus = await openEmbeddedBus(variables, log, { pollMs: 20 });
    const surroundings = { variables, bus, http: host, log, clock };
    const running = [
      await startService(affiliation, surroundings),
      await startService(collection, surroundings),
      await startService(urssafSync, surroundings),
    ];
    const keys = { partner: partner.privateKey, provider: createPrivateKey(pem(provider.privateKey)) };
    return new MoneyHouse(clock, { database, issuer, host, bus, base, bankFolder, faults, services: running, ...keys });
  }

  async close(): Promise<void> {
    const { services: running, host, bus, issuer, database } = this.parts;
    await Promise.all(running.map((service) => service.stop()));
    await host.close();
    await bus.close();
    await issuer.stop();
    await database.close();
  }

  on(day: string): this {
    this.clock.moveTo(Day.of(day));
    return this;
  }

  get today(): string {
    return this.clock.today().iso;
  }

  async ask(method: string, path: string, { as = people.agent, body, raw, headers = {} }: Asked = {}): Promise<Answer> {
    const answer = await fetch(`${this.parts.base}/api/${path.replace('/', '/v1/')}`, {
      method,
      headers: {
        authorization: await this.bearer(as),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(raw === undefined ? {} : { body: raw }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json') ?? false;
    return { status: answer.status, etag: answer.headers.get('etag') ?? '', json: isJson && text !== '' ? JSON.parse(text) : {} };
  }

  /** What must be answered by a success. */
  async must(method: string, path: string, asked: Asked = {}): Promise<Answer['json']> {
    const { status, json } = await this.ask(method, path, asked);
    if (status >= 300) throw new Error(`${method} ${path} on ${this.today}: ${String(status)} ${JSON.stringify(json)}`);
    return json;
  }

  /** Somebody who has run a shop for years, known to every service. */
  async affiliate(): Promise<string> {
    this.born += 1;
    const rank = this.born;
    const birth = { sex: 'F', bornOn: '1970-05-12', department: '94', rank } as const;
    const { account } = await this.must('POST', 'affiliation/insured-persons', {
      as: people.rsi,
      body: {
        ...{ nir: inventedNir(birth), familyName: 'Dupont', givenNames: 'Chloé', birthDate: birth.bornOn, group: 'commercant' },
        ...{ startedOn: '2010-01-01', department: '94', fund: '13', iban: inventedIban(rank), siret: inventedSiret(rank) },
      },
    });
    await eventually(async () => (await this.ask('GET', `collection/accounts/${account}/incomes`)).status === 200, patience);
    return account;
  }

  /** The mandate that was read is signed. Collection has heard of it when this ends. */
  async signMandate(account: string): Promise<void> {
    const as = people.insured(account);
    const { digest } = await this.must('GET', `affiliation/insured-persons/${account}/mandate-text`, { as });
    await this.must('POST', `affiliation/insured-persons/${account}/mandates`, { as, body: { digest, accepted: true } });
    await this.settled(account);
  }

  /** Another IBAN; collection has heard of it when this ends. */
  async changeIban(account: string): Promise<void> {
    this.moved += 1;
    const body = { iban: inventedIban(900_000 + this.moved) };
    const { etag } = await this.ask('GET', `affiliation/insured-persons/${account}/bank-details`, { as: people.insured(account) });
    const headers = { 'if-match': etag };
    await this.must('PUT', `affiliation/insured-persons/${account}/bank-details`, { as: people.insured(account), body, headers });
    await this.settled(account);
  }

  /** Urssaf's payments of a day, in a batch numbered, chained and signed. An empty one says that nothing else has come. */
  async sendBatch(records: readonly MoneyRecord[]): Promise<Answer['json']> {
    const { number, digest } = this.batch;
    const batch = paymentsBatch({ number: number + 1, businessDate: this.today, previousDigest: digest, records });
    this.batch = { number: number + 1, digest: batch.digest, businessDate: this.today };
    return this.must('POST', 'urssaf-sync/flows/urssaf/payments/batches', {
      as: people.urssaf,
      raw: batch.text,
      headers: { 'content-type': 'application/x-ndjson', 'isu-signature': signatureOf(batch, this.parts.partner) },
    });
  }

  /** Whether Urssaf may still send a batch of today: it does not go back to a day before its last. */
  get takesBatches(): boolean {
    return this.batch.businessDate <= this.today;
  }

  sendBankFile(xml: string): Promise<Answer['json']> {
    return this.must('POST', 'urssaf-sync/bank-files', { as: people.operator, raw: xml, headers: { 'content-type': 'application/xml' } });
  }

  /** The payment provider's signed word about an order. */
  async providerSays(statement: object): Promise<Answer['json']> {
    const body = Buffer.from(JSON.stringify(statement));
    const seconds = String(Math.floor(Date.now() / 1_000));
    const signature = sign(null, Buffer.concat([Buffer.from(`${seconds}.`), body]), this.parts.provider).toString('base64');
    return this.must('POST', 'urssaf-sync/online-payments/notifications', {
      raw: body.toString('utf8'),
      headers: { 'content-type': 'application/json', 'isu-provider-signature': `t=${seconds},ed25519=${signature}` },
    });
  }

  /** Today's work of a job of collection, asked for by hand; its figures once it is done. */
  async run(job: string): Promise<Answer['json']> {
    const asked = { as: people.operator, body: { date: this.today } };
    const { id } = await this.must('POST', `collection/jobs/${job}/runs`, asked);
    return eventually(
      async () => {
        const run = await this.must('GET', `collection/jobs/${job}/runs/${id}`, { as: people.operator });
        if (run.error !== null) throw new Error(`${job}: ${String(run.error)}`);
        return run.endedAt !== null && run;
      },
      { ...patience, everyMs: 150 },
    );
  }

  /** The content of a message that collection laid for the bank. */
  async fileForBank(messageId: string): Promise<string> {
    const { bankFolder } = this.parts;
    const name = await eventually(() => Promise.resolve(readdirSync(bankFolder).find((file) => file.startsWith(messageId))), patience);
    return readFileSync(join(bankFolder, name), 'utf8');
  }

  /** Collection's copy of an account once it has heard all that urssaf-sync has said of it. */
  async viewOnceTold(account: string): Promise<Answer['json']> {
    const { vector } = await this.must('GET', `urssaf-sync/accounts/${account}/view`, { as: people.rsi });
    const said = Number(vector['urssaf-sync'] ?? 0);
    const heard = (view: Answer['json']) => Number(view.vector['urssaf-sync'] ?? 0);
    return eventually(async () => {
      const view = await this.view(account);
      if (heard(view) >= said) return view;
      // What a service could not do stands in its log: the first of it is nearly always the cause.
      throw new Error(
        `${account} has heard ${String(heard(view))} of ${String(said)} facts: ${this.parts.faults[0] ?? 'no fault is logged'}`,
      );
    }, patience);
  }

  /** Collection and urssaf-sync hold the same facts of an account: what was said of it has been heard, and has had its effects. */
  async settled(account: string): Promise<void> {
    let before = '';
    await eventually(async () => {
      const views = await Promise.all(
        viewers.map(async (service) => (await this.ask('GET', `${service}/accounts/${account}/view`, { as: people.rsi })).json),
      );
      const vectors = views.map(({ vector }) => JSON.stringify(vector));
      const now = vectors[0] ?? '';
      const isSettled = vectors.every((vector) => vector === now) && now === before;
      before = now;
      return isSettled;
    }, patience);
  }

  view(account: string): Promise<Answer['json']> {
    return this.must('GET', `collection/accounts/${account}/view`);
  }

  private async bearer(claims: Claims): Promise<string> {
    const key = JSON.stringify(claims);
    const token = this.tokens.get(key) ?? (await this.parts.issuer.bearer({ ...claims }));
    this.tokens.set(key, token);
    return token;
  }
}

type Pair = ReturnType<typeof generateKeyPairSync>;
