import { createServer, type Server } from 'node:http';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash, generateKeyPairSync, randomBytes, randomUUID, type KeyObject } from 'node:crypto';
import { Catch, Controller, Get, Module, type ArgumentsHost, type DynamicModule, type ExceptionFilter } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  Access,
  AccessJournal,
  accessTokenType,
  Allowed,
  assertionGrant,
  BearerToken,
  createLogger,
  CurrentAccess,
  IssuerUnavailable,
  securityMigrations,
  securityModule,
  refusalOf,
  ServiceTokens,
  systemClock,
  tokenExchangeGrant,
  TokenVerifier,
} from '@isu/chassis';
import { freshDatabase, type FreshDatabase } from '@isu/testing';
import type { Response } from 'express';
import { decodeJwt, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { developmentClient, developmentGrant } from './grants.js';
import { NotForProduction, openIssuer, type DevelopmentIssuer } from './issuer.js';
import { developmentAgents } from './people.js';

const account = '1300001234517';
const lyon = '2600001234560';
const redirect = 'http://127.0.0.1/mon-compte/retour';
const marie = { sub: 'insured:marie', name: 'Marie <Durand>', org: 'isu', role: 'insured', account } as const;

@Controller()
class ViewController {
  @Get('accounts/:account/view')
  @Allowed('accounts.view', { account: 'param:account' })
  view(@CurrentAccess() { subject }: Access) {
    return subject;
  }
}

@Module({})
class SpecModule {}

@Catch()
class StatusFilter implements ExceptionFilter {
  catch(fault: unknown, host: ArgumentsHost): void {
    const refusal = refusalOf(fault);
    host
      .switchToHttp()
      .getResponse<Response>()
      .status(refusal?.status ?? 500)
      .json({ code: refusal?.code });
  }
}

/** Follows one browser's cookies over redirections that it makes by itself, as a login does. */
class Browser {
  private readonly cookies = new Map<string, string>();

  async go(url: string, form?: Record<string, string>) {
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
      this.cookies.set(name!, value!);
    }
    return answer;
  }
}

describe('I9 — the development issuer, from its token to our guard', () => {
  // Wall time is real here: the issuer's is the machine's, and both must agree.
  const clock = systemClock('2016-05-20');
  const folder = mkdtempSync(join(tmpdir(), 'isu-issuer-'));
  let server: Server;
  let issuer: DevelopmentIssuer;
  let base: FreshDatabase;
  let app: NestExpressApplication;
  let api: string;
  const portal = generateKeyPairSync('ed25519');

  const options = (url: string) => ({
    url,
    folder: join(folder, 'issuer'),
    environment: 'development',
    services: ['collection', 'affiliation'],
    partners: ['urssaf'],
    portalRedirects: [redirect],
    people: () => [...developmentAgents, marie],
    portalKey: portal.publicKey,
  });

  beforeAll(async () => {
    server = createServer((request, response) => issuer.handle(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/oidc`;
    [issuer, base] = await Promise.all([openIssuer(options(url)), freshDatabase(securityMigrations, { schema: 'collection' })]);
    const security = securityModule({
      verifier: new TokenVerifier({ issuer: url }, clock),
      journal: new AccessJournal(base.db, clock),
      holding: { of: async (accounts) => accounts.map((account) => account.slice(0, 2)) },
      clock,
      log: createLogger({ level: 'silent' }),
    });
    const root: DynamicModule = { module: SpecModule, imports: [security], controllers: [ViewController] };
    app = await NestFactory.create<NestExpressApplication>(root, new ExpressAdapter(), { logger: false });
    app.useGlobalFilters(new StatusFilter());
    await app.listen(0, '127.0.0.1');
    api = await app.getUrl();
  });
  afterAll(async () => {
    await app.close();
    await base.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true });
  });

  const view = async (token: string, of = account) => {
    const answer = await fetch(`${api}/accounts/${of}/view`, { headers: { authorization: `Bearer ${token}` } });
    return { status: answer.status, subject: (await answer.json()) as Record<string, unknown> };
  };
  const ask = async (form: Record<string, string>) => {
    const answer = await fetch(`${issuer.url}/token`, { method: 'POST', body: new URLSearchParams(form) });
    return { status: answer.status, json: (await answer.json()) as Record<string, string> };
  };
  const mint = (form: Record<string, string>) => ask({ grant_type: developmentGrant, client_id: developmentClient, ...form });
  const minted = async (form: Record<string, string>) => (await mint(form)).json.access_token!;

  it('publishes who it is and its public keys alone', async () => {
    const discovery = (await (await fetch(`${issuer.url}/.well-known/openid-configuration`)).json()) as Record<string, string>;
    expect(discovery).toMatchObject({ issuer: issuer.url, token_endpoint: `${issuer.url}/token`, jwks_uri: `${issuer.url}/jwks` });
    const { keys } = (await (await fetch(discovery.jwks_uri!)).json()) as { keys: Record<string, unknown>[] };
    expect(keys.map(({ alg }) => alg).sort()).toEqual(['ES256', 'RS256']);
    for (const key of keys) expect(Object.keys(key)).not.toEqual(expect.arrayContaining(['d']));
    expect(statSync(join(folder, 'issuer', 'issuer.json')).mode & 0o777).toBe(0o600);
  });

  it('mints a token of any role for `isu token`, which the guard takes for what it says', async () => {
    const agent = await view(await minted({ role: 'agent', org: 'urssaf', funds: '13,14' }));
    expect(agent).toMatchObject({ status: 200, subject: { org: 'urssaf', role: 'agent', funds: ['13', '14'], via: [] } });
    expect((await view(await minted({ role: 'agent', funds: '13' }), lyon)).status).toBe(404);
    expect((await view(await minted({ role: 'insured', account }))).subject).toMatchObject({ sub: `insured:${account}`, account });
    expect((await view(await minted({ role: 'partner-system', partner: 'urssaf' }))).status).toBe(403);
    expect((await view(await minted({ role: 'operator' }))).status).toBe(403);
    expect((await view(await minted({ role: 'service' }))).status).toBe(200);
    expect((await view(await minted({ role: 'auditor' }))).status).toBe(200);
  });

  it.each([
    [{ role: 'root' }, 'claim-role'],
    [{ role: 'agent' }, 'claim-funds'],
    [{ role: 'agent', funds: '77' }, 'claim-funds'],
    [{ role: 'insured', account: '1300001234518' }, 'claim-account'],
    [{ role: 'operator', org: 'rsi' }, 'claim-org'],
  ])('mints no token that the guard would refuse: %j', async (form, reason) => {
    expect(await mint(form)).toMatchObject({ status: 400, json: { error: 'invalid_request', error_description: reason } });
  });

  it('gives a service its own token with its secret, once for many calls', async () => {
    const tokens = new ServiceTokens(
      { issuer: issuer.url, name: 'collection', credential: { secret: issuer.secretOf('collection') } },
      clock,
    );
    const [token, ...others] = await Promise.all(Array.from({ length: 5 }, () => tokens.forItself()));
    expect(new Set(others)).toEqual(new Set([token]));
    expect(decodeJwt(token!)).toMatchObject({
      aud: 'isu', org: 'isu', role: 'service', sub: 'service:collection', act: { sub: 'service:collection' },
    }); // prettier-ignore
    expect((await view(token!)).status).toBe(200);
    expect(await tokens.forItself()).toBe(token);
  });

  it('gives a service nothing with a wrong secret, and the service says so without repeating it', async () => {
    const tokens = new ServiceTokens({ issuer: issuer.url, name: 'collection', credential: { secret: 'wrong-secret' } }, clock);
    const fault = (await tokens.forItself().catch((error: unknown) => error)) as Error;
    expect(fault).toBeInstanceOf(IssuerUnavailable);
    expect(`${String(fault)} ${String(fault.cause)}`).toContain('invalid_client');
    expect(`${String(fault)} ${String(fault.cause)}`).not.toContain('wrong-secret');
  });

  it('on an agent’s behalf, a service may do what that agent may and no more, and the journal knows both', async () => {
    const tokens = new ServiceTokens(
      { issuer: issuer.url, name: 'collection', credential: { secret: issuer.secretOf('collection') } },
      clock,
    );
    const agent = await minted({ role: 'agent', org: 'rsi', funds: '13', sub: 'rsi:odile', purpose: 'Réclamation' });
    const carried = await tokens.onBehalfOf(new BearerToken(agent));
    expect(decodeJwt(carried)).toMatchObject({ sub: 'rsi:odile', org: 'isu', role: 'service', act: { sub: 'service:collection' } });
    expect(await view(carried)).toMatchObject({
      status: 200,
      subject: { sub: 'rsi:odile', org: 'rsi', role: 'agent', via: ['service:collection'] },
    });
    expect((await view(carried, lyon)).status).toBe(404);
    const rows: unknown = await base.db.query(`SELECT sub, via, purpose FROM access_journal WHERE via <> '{}' ORDER BY id DESC LIMIT 1`);
    expect(rows).toEqual([{ sub: 'rsi:odile', via: ['service:collection'], purpose: 'Réclamation' }]);

    const next = new ServiceTokens(
      { issuer: issuer.url, name: 'affiliation', credential: { secret: issuer.secretOf('affiliation') } },
      clock,
    );
    const twice = await next.onBehalfOf(new BearerToken(carried));
    expect((await view(twice)).subject).toMatchObject({ sub: 'rsi:odile', via: ['service:affiliation', 'service:collection'] });
    expect(decodeJwt(twice).exp! <= decodeJwt(agent).exp!).toBe(true);
  });

  it('a service that carries on another’s own work uses its own token', async () => {
    const tokens = new ServiceTokens(
      { issuer: issuer.url, name: 'affiliation', credential: { secret: issuer.secretOf('affiliation') } },
      clock,
    );
    const others = await minted({ role: 'service', sub: 'service:collection' });
    expect(decodeJwt(await tokens.onBehalfOf(new BearerToken(others))).sub).toBe('service:affiliation');
  });

  it('exchanges no token that it did not sign, and none for who is no service', async () => {
    const exchange = { grant_type: tokenExchangeGrant, subject_token_type: accessTokenType };
    const service = { client_id: 'collection', client_secret: issuer.secretOf('collection') };
    const good = await minted({ role: 'agent', funds: '13' });
    const [head, body] = good.split('.');
    for (const subject_token of ['', 'a.b.c', `${head}.${body}.AAAA`]) {
      expect((await ask({ ...exchange, ...service, subject_token })).status).toBe(400);
    }
    expect(
      (await ask({ ...exchange, subject_token: good, client_id: 'partner-urssaf', client_secret: issuer.secretOf('partner-urssaf') }))
        .status,
    ).toBe(400);
    expect((await ask({ ...exchange, subject_token: good, client_id: developmentClient })).status).toBe(400);
    expect((await ask({ ...service, grant_type: developmentGrant, role: 'operator' })).status).toBe(400);
  });

  it('gives a partner’s system its token, of its own flow', async () => {
    const { json } = await ask({
      grant_type: 'client_credentials',
      client_id: 'partner-urssaf',
      client_secret: issuer.secretOf('partner-urssaf'),
    });
    expect(decodeJwt(json.access_token!)).toMatchObject({ sub: 'partner:urssaf', org: 'partner', role: 'partner-system' });
  });

  describe('the portal’s word about an insured person it has signed in (RFC 7523)', () => {
    const nowS = () => Math.floor(clock.now().getTime() / 1000);
    const asserted = (changes: Record<string, unknown> = {}, key: KeyObject = portal.privateKey) =>
      new SignJWT({
        iss: 'portal',
        aud: issuer.url,
        sub: `insured:${account}`,
        jti: randomUUID(),
        iat: nowS(),
        exp: nowS() + 60,
        ...changes,
      })
        .setProtectedHeader({ alg: 'EdDSA' })
        .sign(key);
    const grant = (assertion: string, client = 'portal') =>
      ask({ grant_type: assertionGrant, assertion, client_id: client, client_secret: issuer.secretOf(client) });

    it('I9 is taken for a token that the portal carries for that person, for five minutes', async () => {
      const { status, json } = await grant(await asserted());
      expect(status).toBe(200);
      expect(json.expires_in).toBe(300);
      expect(decodeJwt(json.access_token!)).toMatchObject({
        sub: `insured:${account}`,
        role: 'service',
        act: { sub: 'service:portal' },
        origin: { org: 'isu', role: 'insured', account },
      });
      expect(await view(json.access_token!)).toMatchObject({ status: 200, subject: { role: 'insured', account, via: ['service:portal'] } });
      expect((await view(json.access_token!, lyon)).status).toBe(404);
    });

    it('I9 is good once', async () => {
      const assertion = await asserted();
      expect((await grant(assertion)).status).toBe(200);
      expect((await grant(assertion)).status).toBe(400);
    });

    it.each<[string, Record<string, unknown>]>([
      ['an agent', { sub: 'rsi:odile' }],
      ['an account whose key is wrong', { sub: 'insured:1300001234518' }],
      ['another audience', { aud: 'https://ailleurs.example' }],
      ['another service', { iss: 'collection' }],
      ['a moment long past', { iat: 1_000_000_000, exp: 1_000_000_060 }],
      ['a whole day', { exp: Math.floor(clock.now().getTime() / 1000) + 86_400 }],
      ['no number of its own', { jti: undefined }],
    ])('I9 says nothing about %s', async (_, changes) => {
      expect((await grant(await asserted(changes))).status).toBe(400);
    });

    it('I9 is taken under no other key, and from no other client', async () => {
      expect((await grant(await asserted({}, generateKeyPairSync('ed25519').privateKey))).status).toBe(400);
      expect((await grant(await asserted({ iss: 'collection' }), 'collection')).status).toBe(400);
    });
  });

  describe('a login of the portal', () => {
    const verifier = randomBytes(32).toString('base64url');
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const authorization = (changes: Record<string, string> = {}) =>
      `${issuer.url}/auth?${new URLSearchParams({
        client_id: 'portal', response_type: 'code', redirect_uri: redirect, scope: 'openid profile', state: 'abc',
        code_challenge: challenge, code_challenge_method: 'S256', ...changes,
      })}`; // prettier-ignore
    const client = () => ({ client_id: 'portal', client_secret: issuer.secretOf('portal') });

    async function login(sub: string): Promise<string> {
      const browser = new Browser();
      const asked = await browser.go(authorization());
      const page = new URL(asked.headers.get('location')!, issuer.url).href;
      const chosen = await browser.go(page, { sub });
      const back = await browser.go(chosen.headers.get('location')!);
      const location = new URL(back.headers.get('location')!);
      expect(location.searchParams.get('state')).toBe('abc');
      return location.searchParams.get('code')!;
    }

    it('shows in French whom one can be, and takes no name for markup', async () => {
      const browser = new Browser();
      const asked = await browser.go(authorization());
      const page = await browser.go(new URL(asked.headers.get('location')!, issuer.url).href);
      const html = await page.text();
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(html).toContain('<html lang="fr">');
      expect(html).toContain('Odile Marchand, agent RSI');
      expect(html).toContain(`Marie &#60;Durand&#62; — compte ${account}`);
    });

    it('ends with a token that the guard takes for the person chosen', async () => {
      const code = await login(marie.sub);
      const { json } = await ask({ grant_type: 'authorization_code', code, redirect_uri: redirect, code_verifier: verifier, ...client() });
      expect(decodeJwt(json.id_token!)).toMatchObject({ sub: marie.sub, aud: 'portal' });
      expect(await view(json.access_token!)).toMatchObject({ status: 200, subject: { sub: marie.sub, role: 'insured', account } });
      expect((await view(json.access_token!, lyon)).status).toBe(404);
      expect((await view(json.id_token!)).status).toBe(401);
    });

    it('gives nothing to who intercepts the code: without the verifier, or a second time', async () => {
      const code = await login('rsi:odile');
      const exchange = { grant_type: 'authorization_code', code, redirect_uri: redirect, ...client() };
      expect((await ask({ ...exchange, code_verifier: randomBytes(32).toString('base64url') })).status).toBe(400);
      const other = { ...exchange, code: await login('rsi:odile'), code_verifier: verifier };
      expect((await ask(other)).status).toBe(200);
      expect((await ask(other)).status).toBe(400);
    });

    it('goes nowhere but back to the portal, and never without PKCE', async () => {
      expect((await new Browser().go(authorization({ redirect_uri: 'https://evil.example/' }))).status).toBe(400);
      const without = await new Browser().go(authorization({ code_challenge: '', code_challenge_method: '' }));
      expect(without.headers.get('location') ?? '').toContain('error=invalid_request');
    });

    it('that has lost its cookie begins again', async () => {
      const asked = await new Browser().go(authorization());
      const stranger = await new Browser().go(new URL(asked.headers.get('location')!, issuer.url).href);
      expect([stranger.status, await stranger.text()]).toEqual([400, 'Cette connexion a expiré : recommencez depuis le site.']);
    });
  });

  it('keeps its keys and secrets between starts: yesterday’s token still opens', async () => {
    const before = { secret: issuer.secretOf('collection'), token: await minted({ role: 'auditor' }) };
    issuer = await openIssuer(options(issuer.url));
    expect(issuer.secretOf('collection')).toBe(before.secret);
    expect((await view(before.token)).status).toBe(200);
    expect((await view(await minted({ role: 'auditor' }))).status).toBe(200);
  });

  it('refuses to exist outside development', async () => {
    await expect(openIssuer({ ...options(issuer.url), environment: 'production' })).rejects.toBeInstanceOf(NotForProduction);
    await expect(openIssuer({ ...options(issuer.url), environment: '' })).rejects.toBeInstanceOf(NotForProduction);
    process.env.NODE_ENV = 'production';
    await expect(openIssuer(options(issuer.url)))
      .rejects.toBeInstanceOf(NotForProduction)
      .finally(() => void (process.env.NODE_ENV = 'test'));
  });

  it('signs with a private key instead of a secret where the client has one', async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const credential = { privateKey: { ...(await exportJWK(privateKey)), alg: 'ES256', kid: 'unknown-to-the-issuer' } };
    const tokens = new ServiceTokens({ issuer: issuer.url, name: 'collection', credential }, clock);
    await expect(tokens.forItself()).rejects.toBeInstanceOf(IssuerUnavailable);
  });
});
