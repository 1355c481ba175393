import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, HttpHost, openEmbeddedBus, startService, systemClock, type RunningService } from '@isu/chassis';
import { authorOf, canonicalJson, topicOf, type Fact, type FactData, type FactType } from '@isu/contracts';
import type { Bus } from '@isu/messaging';
import { emptyDatabase, FactPen, sequentialIds, startTestIssuer, type EmptyDatabase, type TestIssuer } from '@isu/testing';
import { benefits } from './index.js';

/** The claims of docs/security-tokens.md, as an issuer would sign them. */
export type Claims = Readonly<Record<string, unknown>>;

const agent = (org: string, funds: readonly string[]): Claims => ({
  sub: `${org}:1`,
  org,
  role: 'agent',
  funds,
  purpose: 'Demande de retraite',
});

export const askers = {
  rsi13: agent('rsi', ['13']),
  rsi26: agent('rsi', ['26']),
  cell13: agent('cell', ['13']),
  urssaf13: agent('urssaf', ['13']),
  rsiNational: { sub: 'rsi:2', org: 'rsi', role: 'agent-national', purpose: 'Demande de retraite' },
  urssafNational: { sub: 'urssaf:2', org: 'urssaf', role: 'agent-national', purpose: 'Contrôle' },
  mediator13: { sub: 'rsi:3', org: 'rsi', role: 'mediator', funds: ['13'], purpose: 'Médiation 7' },
  prevention13: { sub: 'rsi:4', org: 'rsi', role: 'prevention-officer', funds: ['13'], purpose: 'Visite du 3 mai' },
  auditor: { sub: 'isu:1', org: 'isu', role: 'auditor', purpose: 'Contrôle annuel' },
  operator: { sub: 'operator:1', org: 'operator', role: 'operator' },
  service: { sub: 'service:portal', org: 'isu', role: 'service', act: { sub: 'service:portal' } },
} as const satisfies Record<string, Claims>;

export const insured = (account: string): Claims => ({ sub: `insured:${account}`, org: 'isu', role: 'insured', account });

/** What a service that is not there has said: facts numbered and chained as their author would, on the bus as bytes. */
export class AbsentAuthors {
  private readonly pen = new FactPen(sequentialIds(3));

  constructor(private readonly bus: Bus) {}

  write<T extends FactType>(type: T, stream: string, data: FactData<T>, effectiveOn = '2016-05-20'): Fact {
    return this.pen.write({ type, stream, data, effectiveOn });
  }

  async send(...facts: readonly Fact[]): Promise<void> {
    await this.bus.publish(
      facts.map((fact) => ({
        topic: topicOf(authorOf(fact)),
        key: fact.subject,
        bytes: new TextEncoder().encode(canonicalJson(fact)),
      })),
    );
  }
}

export interface Answered {
  readonly status: number;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

interface Parts {
  readonly database: EmptyDatabase;
  readonly issuer: TestIssuer;
  readonly host: HttpHost;
  readonly bus: Bus;
  readonly base: string;
}

/** Benefits over real HTTP on a real PostgreSQL, with a real bus and nobody else: no other service ever answers it. */
export class BenefitsAlone {
  readonly authors: AbsentAuthors;
  private running: RunningService | undefined;
  private readonly tokens = new Map<string, Promise<string>>();

  private constructor(private readonly parts: Parts) {
    this.authors = new AbsentAuthors(parts.bus);
  }

  get database(): EmptyDatabase {
    return this.parts.database;
  }

  static async start(): Promise<BenefitsAlone> {
    const [database, issuer] = await Promise.all([emptyDatabase(), startTestIssuer(systemClock())]);
    const variables = {
      ISU_DATABASE_URL: database.url,
      ISU_ROLE_PREFIX: 'isu_benefits_spec',
      ISU_TODAY: '2016-05-20',
      ISU_ISSUER: issuer.url,
      ISU_KEY_RING_FILE: join(mkdtempSync(join(tmpdir(), 'isu-benefits-')), 'keys.json'),
      ISU_WITHOUT_READERS: 'affiliation,collection,urssaf-sync',
      ISU_PEERS_URL: 'http://127.0.0.1:1',
    };
    const log = createLogger({ level: 'silent' });
    const host = new HttpHost({ expects: ['benefits'] });
    const { port } = await host.listen(0, '127.0.0.1');
    const bus = await openEmbeddedBus(variables, log, { pollMs: 20 });
    const alone = new BenefitsAlone({ database, issuer, host, bus, base: `http://127.0.0.1:${String(port)}` });
    alone.running = await startService(benefits, { variables, bus, http: host, log });
    return alone;
  }

  async close(): Promise<void> {
    await this.running?.stop();
    const { host, bus, issuer, database } = this.parts;
    await host.close();
    await bus.close();
    await issuer.stop();
    await database.close();
  }

  async get(path: string, as: Claims | null): Promise<Answered> {
    const headers = new Headers(as ? { authorization: `Bearer ${await this.token(as)}` } : {});
    const answer = await fetch(`${this.parts.base}${path}`, { headers });
    const text = await answer.text();
    return { status: answer.status, text, json: (text.startsWith('{') ? JSON.parse(text) : {}) as Record<string, unknown> };
  }

  rights(account: string, { as = askers.rsi13 as Claims | null, query = '' } = {}): Promise<Answered> {
    return this.get(`/api/benefits/v1/accounts/${account}/rights${query}`, as);
  }

  private token(claims: Claims): Promise<string> {
    const name = JSON.stringify(claims);
    const known = this.tokens.get(name) ?? this.parts.issuer.token(claims);
    this.tokens.set(name, known);
    return known;
  }
}
