import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, HttpHost, openEmbeddedBus, OutgoingMessages, startService, systemClock, type RunningService } from '@isu/chassis';
import type { Fact } from '@isu/contracts';
import type { Bus } from '@isu/messaging';
import { emptyDatabase, personas, startTestIssuer, type EmptyDatabase, type Persona, type TestIssuer } from '@isu/testing';
import { AcreRequestsService } from './acre/acre-requests.service.js';
import { EndingsService } from './endings/endings.service.js';
import { History } from './history/history.js';
import { Letters } from './letters/letters.js';
import { affiliation } from './index.js';
import { RefusedMandates } from './mandates/refused-mandates.js';
import { StrikeOffsService } from './strike-offs/strike-offs.service.js';

/** The claims of docs/security-tokens.md, as an issuer would sign them. */
export type Claims = Readonly<Record<string, unknown>>;

const agent = (org: string, funds: readonly string[]): Claims => ({
  sub: `${org}:${funds.join('-')}`,
  org,
  role: 'agent',
  funds,
  purpose: 'Réclamation du 12 mai',
});

/** Who asks. Karim’s caisse is 12 (Aubervilliers), Nadia’s 26 (Lyon). */
export const askers = {
  rsi12: agent('rsi', ['12']),
  rsi26: agent('rsi', ['26']),
  urssaf12: agent('urssaf', ['12']),
  cell12: agent('cell', ['12']),
  rsiNational: { sub: 'rsi:national', org: 'rsi', role: 'agent-national', purpose: 'Réclamation du 12 mai' },
  urssafNational: { sub: 'urssaf:national', org: 'urssaf', role: 'agent-national', purpose: 'Réclamation du 12 mai' },
  mediator12: { sub: 'rsi:mediator', org: 'rsi', role: 'mediator', funds: ['12'], purpose: 'Médiation 7' },
  prevention12: { sub: 'rsi:prevention', org: 'rsi', role: 'prevention-officer', funds: ['12'], purpose: 'Visite du 3 mai' },
  auditor: { sub: 'isu:auditor', org: 'isu', role: 'auditor', purpose: 'Contrôle annuel' },
  service: { sub: 'service:collection', org: 'isu', role: 'service', act: { sub: 'service:collection' } },
  operator: { sub: 'operator:1', org: 'operator', role: 'operator' },
} as const satisfies Record<string, Claims>;

export const insured = (account: string): Claims => ({ sub: `insured:${account}`, org: 'isu', role: 'insured', account });

/** What an agent types for a persona; whole, with every optional field. */
export function demandFor(persona: Persona, changes: Claims = {}): Record<string, unknown> {
  return {
    nir: persona.nir,
    familyName: persona.lastName,
    givenNames: persona.firstName,
    birthDate: persona.bornOn,
    group: persona.group,
    startedOn: persona.startedOn,
    department: { '12': '93', '26': '69', '18': '31', '06': '29' }[persona.fund] ?? '59',
    fund: persona.fund,
    email: persona.email,
    phone: '01 23 45 67 89',
    address: `${persona.address.line}, ${persona.address.postcode} ${persona.address.city}`,
    iban: persona.iban,
    siret: persona.siret,
    activity: persona.activity,
    naf: persona.naf,
    ...changes,
  };
}

export interface Asked {
  readonly as?: Claims;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

/** The whole service over real HTTP on a real PostgreSQL, alone: nobody reads it, and it hears nobody. */
export class AffiliationAlone {
  readonly logged: string[] = [];
  /** Everything that this service answered, to be searched for what it must never say. */
  readonly answers: string[] = [];
  private readonly tokens = new Map<string, Promise<string>>();

  private bus: Bus | undefined;
  private running: RunningService | undefined;
  private base = '';

  private constructor(
    readonly database: EmptyDatabase,
    private readonly issuer: TestIssuer,
    private readonly host: HttpHost,
  ) {}

  static async start(): Promise<AffiliationAlone> {
    const [database, issuer] = await Promise.all([emptyDatabase(), startTestIssuer(systemClock())]);
    const alone = new AffiliationAlone(database, issuer, new HttpHost({ expects: ['affiliation'] }));
    await alone.boot();
    return alone;
  }

  private async boot(): Promise<void> {
    const variables = {
      ISU_DATABASE_URL: this.database.url,
      ISU_ROLE_PREFIX: 'isu_affiliation_spec',
      ISU_TODAY: '2016-05-20',
      ISU_ISSUER: this.issuer.url,
      ISU_KEY_RING_FILE: join(mkdtempSync(join(tmpdir(), 'isu-affiliation-')), 'keys.json'),
      ISU_WITHOUT_READERS: 'collection,benefits,urssaf-sync',
    };
    const log = createLogger({ level: 'debug', destination: { write: (line: string) => void this.logged.push(line) } });
    const { port } = await this.host.listen(0, '127.0.0.1');
    this.base = `http://127.0.0.1:${String(port)}/api/affiliation/v1`;
    this.bus = await openEmbeddedBus(variables, log, { pollMs: 20 });
    this.running = await startService(affiliation, { variables, bus: this.bus, http: this.host, log });
  }

  async close(): Promise<void> {
    await this.running?.stop();
    await this.host.close();
    await this.bus?.close();
    await this.issuer.stop();
    await this.database.close();
  }

  /** What reacts to the facts of others, to be told some without a bus in between. */
  get strikeOffs(): StrikeOffsService {
    const { context } = this.service;
    const history = new History(context);
    const letters = new Letters(new OutgoingMessages(context.db, context.clock), context.clock);
    return new StrikeOffsService(context, { history, letters, endings: new EndingsService(context, history, letters) });
  }

  /** What collection says of a debit that came back, handed over without a bus in between. */
  async returned(account: string, data: { readonly rum: string; readonly outcome: string; readonly reason: string }): Promise<void> {
    const { context } = this.service;
    const fact = { subject: account, type: 'collection.debit-returned.v1', id: randomUUID(), correlation: randomUUID(), data } as never;
    await context.db.transaction((tx) => new RefusedMandates(context, new History(context)).hear(tx, [fact]));
  }

  /** One turn of the worker that lets silence accept. */
  acceptSilentAcre(): Promise<number> {
    const { context } = this.service;
    return new AcreRequestsService(context, new History(context)).acceptSilent(context.clock.today());
  }

  /** The service as it stands in the process: its pool is connected with the service's own role. */
  get service(): RunningService {
    if (!this.running) throw new Error('Affiliation is not started.');
    return this.running;
  }

  async ask(method: string, path: string, { as, body, headers = {} }: Asked = {}): Promise<Answered> {
    const sent = new Headers({ ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers });
    if (as) sent.set('authorization', `Bearer ${await this.token(as)}`);
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await fetch(`${this.base}${path}`, { method, headers: sent, body: text ?? null });
    const said = await answer.text();
    this.answers.push(said);
    const json = (said.startsWith('{') || said.startsWith('[') ? JSON.parse(said) : {}) as Record<string, unknown>;
    return { status: answer.status, headers: answer.headers, text: said, json };
  }

  register(demand: unknown, { as = askers.rsiNational, key = randomUUID() }: { as?: Claims; key?: string } = {}): Promise<Answered> {
    return this.ask('POST', '/insured-persons', { as, body: demand, headers: { 'idempotency-key': key } });
  }

  /** Something said of a person, with a key of its own. */
  say(account: string, what: string, body: unknown, as: Claims = askers.rsiNational): Promise<Answered> {
    return this.ask('POST', `/insured-persons/${account}/${what}`, { as, body, headers: { 'idempotency-key': randomUUID() } });
  }

  /** A fact that another service wrote, as affiliation has heard it. */
  async heard(account: string, seq: number, type: string, data: Record<string, unknown>): Promise<void> {
    const at = '2016-05-20T08:00:00.000Z';
    await this.database.query(
      `INSERT INTO affiliation.fact (author, stream, seq, id, type, envelope, digest, position, effective_on, recorded_at, received_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::timestamptz::date, $9::timestamptz, $9::timestamptz)`,
      [type.split('.')[0], account, seq, randomUUID(), type, JSON.stringify({ type, data }), '0'.repeat(64), seq, at],
    );
  }

  async registered(persona: Persona, changes: Claims = {}): Promise<string> {
    const { status, json, text } = await this.register(demandFor(persona, changes));
    if (status !== 201) throw new Error(`Not registered: ${text}`);
    return String(json['account']);
  }

  async factsOf(account: string): Promise<Fact[]> {
    const rows = await this.database.query('SELECT envelope FROM affiliation.fact WHERE stream = $1 ORDER BY seq', [account]);
    return rows.map(({ envelope }) => envelope as Fact);
  }

  /** What the bus carries of an account, as the bytes that readers get. */
  async sentOf(account: string): Promise<Fact[]> {
    const rows = await this.database.query('SELECT fact FROM bus.log WHERE key = $1 ORDER BY position', [account]);
    return rows.map(({ fact }) => JSON.parse((fact as Buffer).toString('utf8')) as Fact);
  }

  /** Operation, account and outcome of each entry of the access journal, oldest first. */
  journal(): Promise<Record<string, unknown>[]> {
    return this.database.query('SELECT sub, operation, account, outcome, purpose FROM affiliation.access_journal ORDER BY id');
  }

  /** How many rows each table holds: equal before and after, nothing was changed. The access journal tells of looks, not of changes. */
  async counts(): Promise<Record<string, number>> {
    const counted = (await this.tables())
      .filter((table) => !/access_/.test(table))
      .map((table) => `SELECT '${table}' AS name, count(*)::int AS n FROM ${table}`);
    const rows = await this.database.query(counted.join(' UNION ALL '));
    return Object.fromEntries(rows.map(({ name, n }) => [name, n as number]));
  }

  /** Every byte of every table, bytes that are text written as text. */
  async everythingStored(): Promise<string> {
    const dumped = (await this.tables()).map((table) => `SELECT '${table}' AS name, t::text AS row FROM ${table} t`);
    const rows = await this.database.query(dumped.join(' UNION ALL '));
    return rows.map(({ name, row }) => `${String(name)} ${String(row)} ${bytesIn(String(row))}`).join('\n');
  }

  private async tables(): Promise<string[]> {
    const rows = await this.database.query(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('affiliation', 'bus') ORDER BY 1`,
    );
    return rows.map(({ name }) => String(name));
  }

  private token(claims: Claims): Promise<string> {
    const name = JSON.stringify(claims);
    const known = this.tokens.get(name) ?? this.issuer.token(claims);
    this.tokens.set(name, known);
    return known;
  }
}

/** The long runs of hexadecimal in a row's text are what PostgreSQL prints of `bytea`. */
const bytesIn = (row: string): string =>
  (row.match(/(?<=\\x)[0-9a-f]+/g) ?? []).map((hex) => Buffer.from(hex, 'hex').toString('latin1')).join(' ');

export const { karim, nadia, sophie, jean, claire } = personas;
