import { randomUUID, sign } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MovableClock } from '@isu/chassis';
import type { Author, MoneyRecord } from '@isu/contracts';
import { paymentsBatch, signatureOf } from '@isu/isu';
import { eventually, inventedIban, inventedNir, inventedSiret } from '@isu/testing';
import { Day } from '@isu/values';
import { startMoneyServices, stopMoneyServices, type MoneyServices } from './money-services.spec-kit.js';
import { people, type Claims } from './people.spec-kit.js';

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

const patience = { withinMs: 30_000, everyMs: 25 };
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
    private readonly parts: MoneyServices,
  ) {}

  static async start(): Promise<MoneyHouse> {
    const clock = new MovableClock();
    // Jobs are owed from the first day that a service has seen: none that a spec lives through.
    clock.moveTo(Day.of('2099-12-31'));
    return new MoneyHouse(clock, await startMoneyServices(clock));
  }

  async close(): Promise<void> {
    await stopMoneyServices(this.parts);
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
  async affiliate(regime: 'common' | 'micro-social' = 'common'): Promise<string> {
    this.born += 1;
    const rank = this.born;
    const birth = { sex: 'F', bornOn: '1970-05-12', department: '94', rank } as const;
    const { account } = await this.must('POST', 'affiliation/insured-persons', {
      as: people.rsi,
      body: {
        ...{ nir: inventedNir(birth), familyName: 'Dupont', givenNames: 'Chloé', birthDate: birth.bornOn, group: 'commercant', regime },
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

  async mandateInForce(account: string): Promise<string | null> {
    const mandates = await this.must('GET', `affiliation/insured-persons/${account}/mandates`, { as: people.insured(account) });
    return mandates.find(({ revokedOn }: Answer['json']) => revokedOn === null)?.rum ?? null;
  }

  /** How many facts of affiliation about an account collection has heard. */
  async heardOfAffiliation(account: string): Promise<number> {
    return Number((await this.view(account)).vector.affiliation);
  }

  /** Affiliation has answered with a fact, as it does to a mandate that a bank denies, and collection has heard it when this ends. */
  async heardMoreOfAffiliation(account: string, before: number): Promise<void> {
    await eventually(async () => (await this.heardOfAffiliation(account)) > before, patience);
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

  /** Collection has heard all that urssaf-sync has said of a flow: of one that bears no account's number, nothing else tells. */
  async heardOfFlow(stream: string): Promise<void> {
    const as = people.service;
    // Those after its first letters: the names of flows are few.
    const { ends } = await this.must('GET', `urssaf-sync/facts/ends?after=${encodeURIComponent(stream.slice(0, -1))}&limit=500`, { as });
    const seq = (ends as { stream: string; seq: number }[]).find((end) => end.stream === stream)?.seq ?? 0;
    if (seq === 0) return;
    const last = new URLSearchParams({ author: 'urssaf-sync', stream, from: String(seq), to: String(seq) });
    await eventually(async () => (await this.must('GET', `collection/facts?${last.toString()}`, { as })).seq === seq, patience);
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
