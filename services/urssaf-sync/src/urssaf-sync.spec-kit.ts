import { generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, HttpHost, openEmbeddedBus, startService, type RunningService } from '@isu/chassis';
import {
  authorOf,
  canonicalJson,
  signedPartOf,
  topicOf,
  writeBatch,
  type BatchRecord,
  type IncomeRecord,
  type MoneyRecord,
  type Fact,
  type FactDraft,
  type WrittenBatch,
} from '@isu/contracts';
import type { Bus } from '@isu/messaging';
import {
  emptyDatabase,
  eventually,
  FactPen,
  Failpoints,
  sequentialIds,
  startTestIssuer,
  type EmptyDatabase,
  type TestIssuer,
} from '@isu/testing';
import { AccountNumber } from '@isu/values';
import { urssafSyncWith } from './index.js';

/** All sign with one key here. */
const senders = ['urssaf', 'msa', 'net-entreprises', 'dgfip', 'autoentrepreneur', 'cnavpl'];

/** The service on a real database behind a real port, and an Urssaf that signs. */
export class Stage {
  readonly failpoints = new Failpoints();
  readonly logged: string[] = [];
  readonly log = createLogger({ level: 'info', destination: { write: (line: string) => void this.logged.push(line) } });
  private readonly urssaf = generateKeyPairSync('ed25519');
  private readonly receipts = generateKeyPairSync('ed25519');
  private readonly pen = new FactPen(sequentialIds(4));
  private readonly tokens = new Map<string, string>();

  private constructor(
    readonly database: EmptyDatabase,
    readonly issuer: TestIssuer,
    readonly host: HttpHost,
    readonly base: string,
  ) {}

  bus!: Bus;
  service!: RunningService;

  static async open(
    rolePrefix: string,
    { withExampleKeys = false, variables = {} }: { withExampleKeys?: boolean; variables?: Readonly<Record<string, string>> } = {},
  ): Promise<Stage> {
    const [database, issuer] = await Promise.all([emptyDatabase(), startTestIssuer({ now: () => new Date() })]);
    const host = new HttpHost({ expects: ['urssaf-sync'] });
    const { port } = await host.listen(0, '127.0.0.1');
    const stage = new Stage(database, issuer, host, `http://127.0.0.1:${String(port)}`);
    stage.variables = {
      ISU_DATABASE_URL: database.url,
      ISU_ROLE_PREFIX: rolePrefix,
      ISU_TODAY: '2016-05-20',
      ISU_ISSUER: issuer.url,
      ISU_KEY_RING_FILE: join(mkdtempSync(join(tmpdir(), 'isu-urssaf-sync-')), 'keys.json'),
      ISU_WITHOUT_READERS: 'affiliation,collection,benefits',
      ...(withExampleKeys ? {} : stage.keys()),
      ...variables,
    };
    stage.bus = await openEmbeddedBus(stage.variables, stage.log, { pollMs: 20 });
    await stage.start();
    return stage;
  }

  private keys(): Record<string, string> {
    return {
      ISU_RECEIPT_KEY: pem(this.receipts.privateKey, 'pkcs8'),
      ISU_PARTNER_KEYS: JSON.stringify(Object.fromEntries(senders.map((name) => [name, pem(this.urssaf.publicKey, 'spki')]))),
    };
  }

  variables: Record<string, string> = {};

  async start(): Promise<void> {
    const definition = urssafSyncWith(this.failpoints);
    this.service = await startService(definition, { variables: this.variables, bus: this.bus, http: this.host, log: this.log });
  }

  async close(): Promise<void> {
    await this.service.stop();
    await this.host.close();
    await this.bus.close();
    await this.issuer.stop();
    await this.database.close();
  }

  signed(batch: Pick<WrittenBatch, 'text'>): string {
    return this.signedWhole(signedPartOf(batch));
  }

  /** As a partner signs its receipts: all of the bytes. */
  signedWhole(text: string): string {
    return sign(null, Buffer.from(text), this.urssaf.privateKey).toString('base64');
  }

  /** Whether the receipt bears our signature. */
  isOurs({ text, headers }: Answer): boolean {
    return verify(null, Buffer.from(text), this.receipts.publicKey, Buffer.from(headers.get('isu-signature') ?? '', 'base64'));
  }

  /** Whether the heads of our journals beside the receipt bear it too. */
  isOursBeside({ headers }: Answer): boolean {
    const [heads, signature] = ['isu-journal-heads', 'isu-journal-signature'].map((name) => headers.get(name) ?? '');
    return verify(null, Buffer.from(heads ?? ''), this.receipts.publicKey, Buffer.from(signature ?? '', 'base64'));
  }

  async ask(method: string, path: string, { claims = partner, headers = {}, body }: Asked = {}): Promise<Answer> {
    const key = JSON.stringify(claims);
    const token = this.tokens.get(key) ?? (await this.issuer.bearer(claims));
    this.tokens.set(key, token);
    const response = await fetch(`${this.base}/api/urssaf-sync/v1/${path}`, {
      method,
      headers: { authorization: token, ...headers },
      ...(body === undefined ? {} : { body, duplex: 'half' as const }),
    } as RequestInit);
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: /[/+]json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : null,
    };
  }

  async send(batch: Pick<WrittenBatch, 'text'>, { claims, flow = 'urssaf/payments', signature, body }: Sending = {}): Promise<Answer> {
    const headers: Record<string, string> = { 'content-type': 'application/x-ndjson' };
    const signs = signature === undefined ? this.signed(batch) : signature;
    if (signs !== null) headers['isu-signature'] = signs;
    return this.ask('POST', `flows/${flow}/batches`, { ...(claims ? { claims } : {}), headers, body: body ?? batch.text });
  }

  async sendBankFile(xml: string | Uint8Array, claims: Readonly<Record<string, unknown>> = operator): Promise<Answer> {
    return this.ask('POST', 'bank-files', { claims, headers: { 'content-type': 'application/xml' }, body: xml });
  }

  /** Affiliation's first words about an account, heard and applied. */
  async register(...accounts: string[]): Promise<void> {
    await this.publish(accounts.map((account) => this.pen.write({ ...registered, stream: account })));
    await eventually(
      async () => (await this.rows('SELECT account FROM known_account WHERE account = ANY($1)', [accounts])).length === accounts.length,
      { withinMs: 20_000 },
    );
  }

  /** Affiliation has said that another caisse holds the account from a day on, and it was heard here. */
  async transfer(account: string, { to, from }: { to: string; from: string }): Promise<void> {
    await this.rows(
      `INSERT INTO fact (author, stream, seq, id, type, envelope, digest, position, effective_on, recorded_at, received_at)
       SELECT author, stream, max(seq) + 1, gen_random_uuid(), 'affiliation.fund-changed.v1', $2, repeat('0', 64), max(position), $3, now(), now()
         FROM fact WHERE author = 'affiliation' AND stream = $1 GROUP BY author, stream`,
      [account, JSON.stringify({ data: { fund: to, from } }), from],
    );
  }

  /** What another service says of accounts, heard and applied in the order given: numbered and chained as it does. */
  async hear(...drafts: readonly FactDraft[]): Promise<Fact[]> {
    const facts = drafts.map(({ type, stream, data, effectiveOn }) => this.pen.write({ type, stream, data, effectiveOn, time: heardAt }));
    await this.publish(facts);
    const ids = facts.map(({ id }) => id);
    await eventually(async () => (await this.rows('SELECT 1 FROM fact WHERE id = ANY($1::uuid[])', [ids])).length === facts.length, {
      withinMs: 20_000,
    });
    return facts;
  }

  private async publish(facts: readonly Fact[]): Promise<void> {
    await this.bus.publish(
      facts.map((fact) => ({ topic: topicOf(authorOf(fact)), key: fact.subject, bytes: Buffer.from(canonicalJson(fact)) })),
    );
  }

  async rows(sql: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> {
    return this.service.context.db.query(sql, [...values]);
  }

  /** Our own facts of a stream, by number. */
  async facts(stream: string): Promise<Fact[]> {
    const all = await this.service.context.facts.factsOf(this.service.context.db.manager, stream);
    return all.filter(({ source }) => source === '/isu/urssaf-sync');
  }

  async typesOf(stream: string): Promise<string[]> {
    return (await this.facts(stream)).map(({ type }) => type.replace('urssaf-sync.', '').replace('.v1', ''));
  }

  /** All that the service holds, but for what its log and its arrivals leave: to see that nothing changed. */
  async everything(): Promise<unknown> {
    const tables = [
      'payment',
      'reversal',
      'declared_income',
      'partner_balance',
      'rejected_line',
      'batch',
      'line_outcome',
      'gap',
      'staged_run',
      'flow',
    ];
    const contents = await Promise.all(tables.map((table) => this.rows(`SELECT to_jsonb(t) AS row FROM ${table} t ORDER BY 1`)));
    return Object.fromEntries(tables.map((table, index) => [table, contents[index]]));
  }
}

interface Asked {
  claims?: Readonly<Record<string, unknown>>;
  headers?: Record<string, string>;
  body?: string | Uint8Array | AsyncIterable<Uint8Array>;
}

interface Sending {
  claims?: Readonly<Record<string, unknown>>;
  flow?: string;
  signature?: string | null;
  body?: string | Uint8Array | AsyncIterable<Uint8Array>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // What is asserted on is written in each spec.
  readonly json: Record<string, never>;
}

export const partner = { sub: 'partner:urssaf', org: 'partner', role: 'partner-system' };
export const operator = { sub: 'operator:1', org: 'operator', role: 'operator' };
export const cellAgent = { sub: 'cell:1', org: 'cell', role: 'agent', funds: ['13'], purpose: 'contrôle' };

export const accountOf = (rank: number): string => AccountNumber.make('13', rank).toString();

/** A batch, of the payments flow unless told otherwise, each chained to the one before. */
export function batchOf(
  number: number,
  records: readonly BatchRecord[],
  more: { previous?: string | null; businessDate?: string; partner?: string; flow?: string } = {},
): WrittenBatch {
  const { previous = null, businessDate = '2016-05-19', partner: sender = 'urssaf', flow = 'payments' } = more;
  return writeBatch(
    { partner: sender, flow, number, businessDate, previousDigest: previous, createdAt: '2016-05-19T18:00:00.000Z' },
    records,
  );
}

export const payment = (
  reference: string,
  account: string,
  more: Partial<Extract<MoneyRecord, { type: 'payment' }>> = {},
): MoneyRecord => ({
  type: 'payment',
  reference,
  account,
  amount: '1234.56',
  valueOn: '2016-05-18',
  means: 'transfer',
  ...more,
});

export const netEntreprises = { sub: 'partner:net-entreprises', org: 'partner', role: 'partner-system' };

export const income = (reference: string, account: string, more: Partial<IncomeRecord> = {}): IncomeRecord => ({
  ...{ type: 'income', reference, account, year: 2015, amount: '26000', receivedOn: '2016-05-18', declarant: 'insured', ...more },
});

export const reversal = (
  reference: string,
  reverses: string,
  more: Partial<Extract<MoneyRecord, { type: 'reversal' }>> = {},
): MoneyRecord => ({
  type: 'reversal',
  reference,
  reverses,
  amount: '1234.56',
  valueOn: '2016-05-19',
  reason: 'AM04',
  ...more,
});

const pem = (key: KeyObject, type: 'pkcs8' | 'spki'): string =>
  key.export({ type, format: 'pem' } as { type: 'pkcs8'; format: 'pem' }).toString();

/** When others said what they say here: the day before, so that it is told with the batches of that day. */
const heardAt = '2016-05-19T09:00:00.000Z';

const registered = {
  type: 'affiliation.registered.v1',
  effectiveOn: '2016-01-04',
  time: '2016-05-20T08:00:00.000Z',
  data: { group: 'commercant', regime: 'common', startedOn: '2016-01-04', fund: '13' },
} as const;
