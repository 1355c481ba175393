import { Body, Controller, Get, Module, Param, Post, type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { FakeClock, freshDatabase, startTestIssuer, type FreshDatabase, type TestIssuer } from '@isu/testing';
import { createLogger } from '../../logs/logger.js';
import { ProblemFilter } from '../../problems/problem-filter.js';
import { refuse } from '../../problems/standard-refusals.js';
import { AccessJournal, type AccessEntry } from '../journal/access-journal.js';
import { accessJournalMigration } from '../journal/journal.migration.js';
import { securityModule } from '../security.module.js';
import { TokenVerifier } from '../tokens/bearer.js';
import { Access } from './access.js';
import { Allowed, CurrentAccess, currentSubject, Public } from './allowed.js';
import { unpolicedRoutes } from './unpoliced-routes.js';

const creteil = '1300001234517';
const unknownInCreteil = '1300000000043';
const lyon = '2600001234560';
/** Opened in Créteil, held by Lyon today. */
const movedToLyon = '1300000000142';

@Controller()
class AccountsController {
  @Get('accounts/:account/view')
  @Allowed('accounts.view', { account: 'param:account' })
  view(@Param('account') account: string, @CurrentAccess() { subject, masked, reach }: Access) {
    if (account === unknownInCreteil) throw refuse('not-found');
    return { account, sub: subject.sub, via: subject.via, masked, reach };
  }

  @Get('accounts/:account/identity')
  @Allowed('insured-persons.read-identity', { account: 'param:account' })
  identity(@CurrentAccess() { masked }: Access) {
    return { masked };
  }

  @Post('incomes')
  @Allowed('incomes.declare', { account: 'body:account' })
  declare(@Body('account') account: string) {
    return { account };
  }

  @Post('searches')
  @Allowed('insured-persons.search')
  async find(@Body('finds') finds: string[] | undefined, @CurrentAccess() access: Access) {
    if (!finds) return { forgot: true };
    const reached: string[] = [];
    for (const account of finds) if (await access.canReach({ account })) reached.push(account);
    if (reached.length === 0) throw refuse('not-found');
    await access.showing(reached);
    return { found: reached };
  }

  @Get('anomalies')
  @Allowed('anomalies.read')
  anomalies(@CurrentAccess() { reach }: Access) {
    return { reach };
  }

  @Get('flows/:partner')
  @Allowed('flows.read', { partner: 'param:partner' })
  flow() {
    return {};
  }

  @Post('batches')
  @Allowed('batches.submit')
  async submit(@Body('partner') partner: string, @CurrentAccess() access: Access) {
    await access.mustReach({ partner });
    return { partner };
  }

  @Get('open')
  @Public()
  open() {
    return {};
  }

  @Get('forgotten')
  forgotten() {
    return {};
  }
}

@Module({})
class SpecModule {}

const agent = { sub: 'rsi:odile', org: 'rsi', role: 'agent', funds: ['13'], purpose: 'Réclamation' };
const insured = { sub: 'insured:1', org: 'isu', role: 'insured', account: creteil };
const service = { sub: 'service:benefits', org: 'isu', role: 'service', act: { sub: 'service:benefits' } };
const partner = { sub: 'partner:urssaf', org: 'partner', role: 'partner-system' };
const { sub, ...origin } = agent;
const carried = { sub, org: 'isu', role: 'service', act: { sub: 'service:portal' }, origin };
const trace = { traceparent: '00-c0ffee00000040008000000000000001-0000000000000001-01' };

describe('I9 R15 — the guard before every route', () => {
  const clock = new FakeClock('2016-05-20', '2026-11-22T10:00:00.000Z');
  const lines: string[] = [];
  let base: FreshDatabase;
  let issuer: TestIssuer;
  let app: NestExpressApplication;
  let url: string;

  beforeAll(async () => {
    base = await freshDatabase([accessJournalMigration], { schema: 'collection' });
    issuer = await startTestIssuer(clock);
    const log = createLogger({ destination: { write: (line) => void lines.push(line) } });
    const security = securityModule({
      verifier: new TokenVerifier({ issuer: issuer.url }, clock),
      journal: new AccessJournal(base.db, clock),
      holding: { of: async (accounts) => accounts.map((account) => (account === movedToLyon ? '26' : account.slice(0, 2))) },
      clock,
      log,
    });
    const root: DynamicModule = { module: SpecModule, imports: [security], controllers: [AccountsController] };
    app = await NestFactory.create<NestExpressApplication>(root, new ExpressAdapter(), { logger: false });
    app.useGlobalFilters(new ProblemFilter(log, () => []));
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
  });
  afterEach(() => void lines.splice(0));
  afterAll(async () => {
    await app.close();
    await issuer.stop();
    await base.close();
  });

  const ask = async (
    path: string,
    claims: object | null,
    { headers = {}, body }: { headers?: Record<string, string>; body?: object } = {},
  ) => {
    const answer = await fetch(`${url}/${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        ...trace,
        ...(claims ? { authorization: await issuer.bearer({ ...claims }) } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    return { status: answer.status, text, json: JSON.parse(text) as Record<string, unknown>, headers: answer.headers };
  };
  const entriesSince = async (id: number): Promise<Pick<AccessEntry, 'account' | 'outcome' | 'operation' | 'purpose'>[]> =>
    base.db.query(`SELECT account, outcome, operation, purpose FROM access_journal WHERE id > $1 ORDER BY id`, [id]);
  const lastEntry = async (): Promise<number> => {
    const [{ last }] = (await base.db.query(`SELECT coalesce(max(id), 0)::int AS last FROM access_journal`)) as [{ last: number }];
    return last;
  };

  describe('without a good token', () => {
    it('answers 401 and how to identify, and nothing of what was wrong', async () => {
      const none = await ask(`accounts/${creteil}/view`, null);
      expect([none.status, none.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="isu"']);
      expect(none.headers.get('content-type')).toContain('application/problem+json');
      const bodies = new Set<string>();
      for (const claims of [
        { ...agent, exp: 1 },
        { ...agent, aud: 'other' },
        { ...agent, iss: 'other' },
        { ...agent, funds: ['99'] },
        { sub: 'x' },
      ]) {
        const bad = await ask(`accounts/${creteil}/view`, claims);
        expect([bad.status, bad.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="isu", error="invalid_token"']);
        bodies.add(bad.text);
      }
      expect([...bodies]).toEqual([none.text]);
      expect(lines.map((line) => (JSON.parse(line) as { reason?: string }).reason).filter(Boolean)).toEqual([
        'none', 'expired', 'claim-aud', 'claim-iss', 'claim-funds', 'claim-role',
      ]); // prettier-ignore
    });

    it('opens what is public, and nothing that was forgotten', async () => {
      expect((await ask('open', null)).status).toBe(200);
      expect((await ask('forgotten', null)).status).toBe(401);
      expect((await ask('forgotten', agent)).status).toBe(403);
      expect(lines.join('')).toContain('route-without-policy');
    });
  });

  describe('out of scope looks like absent', () => {
    it('an account of another region is answered with the same bytes as an account that does not exist', async () => {
      const elsewhere = await ask(`accounts/${lyon}/view`, agent);
      const unknown = await ask(`accounts/${unknownInCreteil}/view`, agent);
      expect([elsewhere.status, unknown.status]).toEqual([404, 404]);
      expect(elsewhere.text).toBe(unknown.text);
      expect([...elsewhere.headers.keys()]).toEqual([...unknown.headers.keys()]);
    });

    it('another person’s account, for an insured person, in the path or in the body', async () => {
      expect((await ask(`accounts/${lyon}/view`, insured)).status).toBe(404);
      expect((await ask('incomes', insured, { body: { account: lyon } })).status).toBe(404);
      expect((await ask('incomes', insured, { body: { account: creteil } })).status).toBe(201);
    });

    it('another partner’s flow, in the path or in what was sent', async () => {
      expect((await ask('flows/urssaf', partner)).status).toBe(200);
      expect((await ask('flows/cnavpl', partner)).status).toBe(404);
      expect((await ask('batches', partner, { body: { partner: 'urssaf' } })).status).toBe(201);
      expect((await ask('batches', partner, { body: { partner: 'cnavpl' } })).status).toBe(404);
    });

    it('a number that cannot be an account’s is bad input, for whoever asks', async () => {
      for (const account of ['1300001234518', 'abc', '13%2000001234517']) {
        const { status, json } = await ask(`accounts/${account}/view`, agent);
        expect(status).toBe(400);
        expect(json.errors).toEqual([expect.objectContaining({ field: 'account' })]);
      }
      expect((await ask('incomes', insured, { body: { account: [creteil] } })).status).toBe(400);
    });
  });

  it('a transferred account looks absent to the caisse whose code it bears, in what the request names and in what a search finds', async () => {
    const path = `accounts/${movedToLyon}/view`;
    expect((await ask(path, agent)).status).toBe(404);
    expect((await ask(path, { ...agent, funds: ['26'] })).json).toMatchObject({ account: movedToLyon });
    const finds = { body: { finds: [movedToLyon, creteil] } };
    expect((await ask('searches', agent, finds)).json).toEqual({ found: [creteil] });
    expect((await ask('searches', { ...agent, funds: ['26'] }, finds)).json).toEqual({ found: [movedToLyon] });
  });

  it('a forbidden function is 403 whatever it is aimed at, and is logged without a word about the person', async () => {
    expect((await ask(`accounts/${creteil}/view`, partner)).status).toBe(403);
    expect((await ask('batches', insured, { body: { partner: 'urssaf' } })).status).toBe(403);
    const denial = lines.map((line) => JSON.parse(line) as Record<string, unknown>).find(({ operation }) => operation === 'accounts.view');
    expect(denial).toMatchObject({ actor: 'partner-system', operation: 'accounts.view', reason: 'out-of-function', status: 403 });
    expect(lines.join('')).not.toContain(creteil);
  });

  it('hands the handler who asks, how far they see and whether to mask', async () => {
    const urssaf = { ...agent, org: 'urssaf', sub: 'urssaf:karim' };
    expect((await ask(`accounts/${creteil}/view`, agent)).json).toMatchObject({
      sub: 'rsi:odile',
      masked: false,
      reach: { funds: ['13'] },
    });
    expect((await ask(`accounts/${creteil}/identity`, agent)).json).toEqual({ masked: false });
    expect((await ask(`accounts/${creteil}/identity`, urssaf)).json).toEqual({ masked: true });
    expect((await ask(`accounts/${creteil}/identity`, insured)).json).toEqual({ masked: true });
    expect((await ask('anomalies', agent)).json).toEqual({ reach: { kind: 'funds', funds: ['13'], on: '2016-05-20' } });
  });

  describe('R9 — the journal', () => {
    it('has an entry before an agent is answered, none for one’s own account nor for a service’s own work', async () => {
      const before = await lastEntry();
      await ask(`accounts/${creteil}/view`, insured);
      await ask(`accounts/${creteil}/view`, service);
      expect(await entriesSince(before)).toEqual([]);
      await ask(`accounts/${creteil}/view`, agent);
      await ask(`accounts/${creteil}/identity`, { ...agent, org: 'urssaf' });
      await ask('anomalies', agent);
      expect(await entriesSince(before)).toEqual([
        { account: creteil, outcome: 'shown', operation: 'accounts.view', purpose: 'Réclamation' },
        { account: creteil, outcome: 'masked', operation: 'insured-persons.read-identity', purpose: 'Réclamation' },
        { account: null, outcome: 'shown', operation: 'anomalies.read', purpose: 'Réclamation' },
      ]);
    });

    it('names the agent, not the service that carries the request, and the service beside', async () => {
      const before = await lastEntry();
      expect((await ask(`accounts/${creteil}/view`, carried)).json).toMatchObject({ sub: 'rsi:odile', via: ['service:portal'] });
      expect((await ask(`accounts/${lyon}/view`, carried)).status).toBe(404);
      expect(await base.db.query(`SELECT sub, org, role, via, correlation FROM access_journal WHERE id > $1`, [before])).toEqual([
        { sub: 'rsi:odile', org: 'rsi', role: 'agent', via: ['service:portal'], correlation: 'c0ffee00-0000-4000-8000-000000000001' },
      ]);
    });

    it('is shown to the person at once: which office, where, why and when, not which agent; to nobody else', async () => {
      const theirs = { ...insured, account: lyon };
      await ask(`accounts/${lyon}/view`, { ...agent, funds: ['26'] });
      const { json } = await ask(`accounts/${lyon}/accesses`, theirs);
      expect(json).toEqual({
        items: [
          {
            id: expect.stringMatching(/^\d+$/),
            wallAt: '2026-11-22T10:00:00.000Z',
            org: 'rsi',
            role: 'agent',
            funds: ['26'],
            purpose: 'Réclamation',
            operation: 'accounts.view',
            outcome: 'shown',
          },
        ],
        next: null,
      });
      expect((await ask(`accounts/${lyon}/accesses`, insured)).status).toBe(404);
      expect((await ask(`accounts/${lyon}/accesses`, { ...agent, funds: ['26'] })).status).toBe(403);
    });

    it('asks for a purpose: of the header first, else of the token, else 400 and nothing is shown', async () => {
      const before = await lastEntry();
      const silent = { ...agent, purpose: undefined };
      expect(await ask(`accounts/${creteil}/view`, silent)).toMatchObject({ status: 400, json: { code: 'purpose-required' } });
      for (const purpose of ['x', '%E2%80%AE%E2%80%AE%E2%80%AE', '%FF%FF%FF']) {
        expect((await ask(`accounts/${creteil}/view`, agent, { headers: { 'isu-purpose': purpose } })).status).toBe(400);
      }
      expect(await entriesSince(before)).toEqual([]);
      await ask(`accounts/${creteil}/view`, silent, { headers: { 'isu-purpose': encodeURIComponent('Médiation n° 12') } });
      expect(await entriesSince(before)).toMatchObject([{ purpose: 'Médiation n° 12' }]);
    });

    it('a search is entered with whom it found, or with nobody; what is out of reach is not found', async () => {
      const before = await lastEntry();
      expect(await ask('searches', agent, { body: { finds: [creteil, lyon] } })).toMatchObject({ status: 201, json: { found: [creteil] } });
      expect((await ask('searches', agent, { body: { finds: [lyon] } })).status).toBe(404);
      expect(await entriesSince(before)).toMatchObject([
        { account: creteil, outcome: 'shown' },
        { account: null, outcome: 'nobody-found' },
      ]);
    });

    it('a search that would answer without its entry is stopped', async () => {
      expect((await ask('searches', agent, { body: {} })).status).toBe(500);
    });

    it('when no entry can be written, nothing is shown', async () => {
      await base.owner.query('ALTER TABLE access_unsealed RENAME TO away');
      const stopped = await ask(`accounts/${creteil}/view`, agent);
      await base.owner.query('ALTER TABLE away RENAME TO access_unsealed');
      expect(stopped.status).toBe(500);
      expect(stopped.text).not.toContain(creteil);
    });
  });

  it('R14 — neither token nor purpose is in a log', async () => {
    const token = await issuer.token({ ...agent, aud: 'other' });
    await fetch(`${url}/accounts/${creteil}/view`, { headers: { authorization: `Bearer ${token}` } });
    await ask(`accounts/${creteil}/view`, agent);
    expect(lines.join('')).not.toMatch(new RegExp(`${token.split('.')[2]}|Réclamation|odile`));
  });

  it('the boot finds every route that the policy does not hold', () => {
    @Controller('more')
    class MoreController {
      @Get('a')
      @Allowed('accounts.view')
      withoutAccount() {
        return {};
      }

      @Get('b')
      @Allowed('accounts.destroy' as never)
      unknown() {
        return {};
      }

      notARoute() {
        return currentSubject;
      }
    }
    expect(unpolicedRoutes([MoreController as Type])).toEqual([
      'MoreController.withoutAccount: accounts.view does not say where the account is',
      'MoreController.unknown: the policy has no operation accounts.destroy',
    ]);
    expect(unpolicedRoutes(app)).toEqual(['AccountsController.forgotten: neither @Allowed nor @Public']);
  });
});
