import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { FakeClock } from '@isu/testing';
import { Day } from '@isu/values';
import {
  CompactSign,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  SignJWT,
  UnsecuredJWT,
  type CryptoKey,
  type JWK,
  type JWTPayload,
} from 'jose';
import { BearerToken, TokenVerifier } from './bearer.js';
import { TokenRefused } from './claims.js';
import { IssuerUnavailable } from './issuer-endpoints.js';

const account = '1300001234517';
const agent = { sub: 'rsi:odile', org: 'rsi', role: 'agent', funds: ['13', '14'], purpose: 'Dossier 2016-118' };

interface Key {
  privateKey: CryptoKey;
  publicKey: CryptoKey;
  jwk: JWK;
}

async function newKey(alg: string, kid: string): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { privateKey, publicKey, jwk: { ...(await exportJWK(publicKey)), alg, use: 'sig', kid } };
}

describe('I9 R15 — bearer tokens of the issuer', () => {
  const clock = new FakeClock('2016-05-20', '2026-11-22T10:00:00.000Z');
  const published: JWK[] = [];
  let server: Server;
  let issuer: string;
  let es: Key;
  let ps: Key;
  let ed: Key;
  let rs: Key;
  let verifier: TokenVerifier;
  let down = false;

  beforeAll(async () => {
    [es, ps, ed, rs] = await Promise.all([newKey('ES256', 'es'), newKey('PS256', 'ps'), newKey('EdDSA', 'ed'), newKey('RS256', 'rs')]);
    published.push(es.jwk, ps.jwk, ed.jwk, rs.jwk);
    server = createServer((request, response) => {
      if (down) return void response.destroy();
      const discovery = { issuer, jwks_uri: `${issuer}/jwks`, token_endpoint: `${issuer}/token` };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(request.url === '/jwks' ? { keys: published } : discovery));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    verifier = new TokenVerifier({ issuer, keyCooldownMs: 0 }, clock);
  });
  afterEach(() => void (down = false));
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const nowS = () => Math.floor(clock.now().getTime() / 1000);
  const claims = (changes: JWTPayload = {}): JWTPayload => ({
    iss: issuer,
    aud: 'isu',
    iat: nowS(),
    exp: nowS() + 600,
    ...agent,
    ...changes,
  });
  const signed = (payload: JWTPayload, key: Key = es, header: object = {}) =>
    new SignJWT(payload).setProtectedHeader({ alg: key.jwk.alg!, kid: key.jwk.kid!, typ: 'at+jwt', ...header }).sign(key.privateKey);
  const verify = (token: string) => verifier.verify(`Bearer ${token}`);
  const reasonOf = async (authorization: string | undefined) =>
    verifier.verify(authorization).then(
      () => 'accepted',
      (fault: unknown) => (fault instanceof TokenRefused ? fault.reason : fault),
    );

  it('a token signed with each accepted algorithm says who asks', async () => {
    for (const key of [es, ps, ed, rs]) {
      const { subject } = await verify(await signed(claims(), key));
      expect(subject).toEqual({ ...agent, account: null, via: [] });
    }
  });

  it('is judged on the wall clock: on the business day of 2016, a token of today is neither early nor late', async () => {
    expect(clock.today().equals(Day.of('2016-05-20'))).toBe(true);
    expect(await reasonOf(`Bearer ${await signed(claims())}`)).toBe('accepted');
  });

  it('tolerates a clock that is 29 s off, not one that is 31 s off', async () => {
    expect(await reasonOf(`Bearer ${await signed(claims({ exp: nowS() - 29 }))}`)).toBe('accepted');
    expect(await reasonOf(`Bearer ${await signed(claims({ exp: nowS() - 31 }))}`)).toBe('expired');
    expect(await reasonOf(`Bearer ${await signed(claims({ iat: nowS() + 29 }))}`)).toBe('accepted');
    expect(await reasonOf(`Bearer ${await signed(claims({ iat: nowS() + 31 }))}`)).toBe('issued-in-the-future');
    expect(await reasonOf(`Bearer ${await signed(claims({ nbf: nowS() + 31 }))}`)).toBe('claim-nbf');
  });

  it.each([
    ['no token', undefined, 'none'],
    ['nothing', '', 'malformed'],
    ['another scheme', 'Basic aXN1OmlzdQ==', 'malformed'],
    ['a word', 'Bearer secret', 'malformed'],
    ['two tokens', 'Bearer a.b.c, Bearer a.b.c', 'malformed'],
    ['a token of 9 000 characters', `Bearer ${'a'.repeat(9000)}.b.c`, 'malformed'],
  ])('refuses %s', async (_, authorization, reason) => expect(await reasonOf(authorization)).toBe(reason));

  it.each<[string, JWTPayload, string]>([
    ['another issuer', { iss: 'https://issuer.example' }, 'claim-iss'],
    ['another audience', { aud: 'net-entreprises' }, 'claim-aud'],
    ['no audience', { aud: undefined }, 'claim-aud'],
    ['no expiry', { exp: undefined }, 'claim-exp'],
    ['no time of issue', { iat: undefined }, 'claim-iat'],
    ['a life of an hour and a second', { exp: Date.parse('2026-11-22T11:00:01.000Z') / 1000 }, 'lifetime'],
    ['no subject', { sub: undefined }, 'claim-sub'],
    ['no role', { role: undefined }, 'claim-role'],
    ['no organisation', { org: undefined }, 'claim-org'],
  ])('refuses a token with %s', async (_, changes, reason) => {
    expect(await reasonOf(`Bearer ${await signed(claims(changes))}`)).toBe(reason);
  });

  it('refuses a token without a signature, said to be none, None or left empty', async () => {
    const unsecured = new UnsecuredJWT(claims()).encode();
    expect(await reasonOf(`Bearer ${unsecured}`)).toBe('algorithm');
    for (const alg of ['None', 'NONE', 'nOnE']) {
      const header = Buffer.from(JSON.stringify({ alg })).toString('base64url');
      expect(await reasonOf(`Bearer ${header}.${unsecured.split('.')[1]}.`)).toBe('algorithm');
    }
    const [head, body] = (await signed(claims())).split('.');
    expect(await reasonOf(`Bearer ${head}.${body}.`)).toBe('signature');
  });

  it('refuses the public key used as an HMAC secret', async () => {
    const pem = new TextEncoder().encode(await exportSPKI(rs.publicKey));
    for (const alg of ['HS256', 'HS384', 'HS512']) {
      const token = await new SignJWT(claims()).setProtectedHeader({ alg, kid: 'rs' }).sign(pem);
      expect(await reasonOf(`Bearer ${token}`)).toBe('algorithm');
    }
  });

  it('refuses an algorithm that is not that of the key, and one that we do not list', async () => {
    const [, body, signature] = (await signed(claims(), ps)).split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'RS256', kid: 'ps' })).toString('base64url');
    expect(await reasonOf(`Bearer ${header}.${body}.${signature}`)).toBe('unknown-key');
    const strong = await newKey('ES384', 'es384');
    published.push(strong.jwk);
    expect(await reasonOf(`Bearer ${await signed(claims(), strong)}`)).toBe('algorithm');
    published.pop();
  });

  it('refuses a token changed by one claim, or by one bit', async () => {
    const [head, , signature] = (await signed(claims())).split('.');
    const promoted = Buffer.from(JSON.stringify(claims({ role: 'agent-national', funds: [] }))).toString('base64url');
    expect(await reasonOf(`Bearer ${head}.${promoted}.${signature}`)).toBe('signature');
    const body = Buffer.from(JSON.stringify(claims())).toString('base64url');
    const flipped = Buffer.from(signature!, 'base64url');
    flipped[7]! ^= 1;
    expect(await reasonOf(`Bearer ${head}.${body}.${flipped.toString('base64url')}`)).toBe('signature');
  });

  it('refuses another’s key, under its own name, under ours, or carried in the header', async () => {
    const foreign = await newKey('ES256', 'foreign');
    expect(await reasonOf(`Bearer ${await signed(claims(), foreign)}`)).toBe('unknown-key');
    expect(await reasonOf(`Bearer ${await signed(claims(), foreign, { kid: 'es' })}`)).toBe('signature');
    expect(await reasonOf(`Bearer ${await signed(claims(), foreign, { kid: 'es', jwk: foreign.jwk })}`)).toBe('signature');
    expect(await reasonOf(`Bearer ${await signed(claims(), foreign, { kid: 'es', jku: 'https://evil.example/jwks' })}`)).toBe('signature');
  });

  it('refuses a signed text that is no token, and a token made for another use', async () => {
    const text = await new CompactSign(new TextEncoder().encode('bonjour'))
      .setProtectedHeader({ alg: 'ES256', kid: 'es' })
      .sign(es.privateKey);
    expect(await reasonOf(`Bearer ${text}`)).toBe('malformed');
    expect(await reasonOf(`Bearer ${await signed(claims(), es, { typ: 'dpop+jwt' })}`)).toBe('type');
    expect(await reasonOf(`Bearer ${await signed(claims(), es, { crit: ['exp'], exp: 1 }).catch(() => 'a.b.c')}`)).not.toBe('accepted');
  });

  it('accepts a new key as soon as the issuer publishes it, and refuses it once taken back', async () => {
    const rotated = await newKey('ES256', 'rotated');
    expect(await reasonOf(`Bearer ${await signed(claims(), rotated)}`)).toBe('unknown-key');
    published.push(rotated.jwk);
    expect(await reasonOf(`Bearer ${await signed(claims(), rotated)}`)).toBe('accepted');
    published.pop();
    const later = new TokenVerifier({ issuer }, clock);
    await expect(later.verify(`Bearer ${await signed(claims(), rotated)}`)).rejects.toThrow('unknown-key');
  });

  it('lets nobody in while the issuer is away, and goes on with the keys it knows', async () => {
    down = true;
    expect(await reasonOf(`Bearer ${await signed(claims())}`)).toBe('accepted');
    const fresh = new TokenVerifier({ issuer }, clock);
    await expect(fresh.verify(`Bearer ${await signed(claims())}`)).rejects.toBeInstanceOf(IssuerUnavailable);
    down = false;
    await expect(fresh.verify(`Bearer ${await signed(claims())}`)).resolves.toBeDefined();
  });

  it('R14 — an accepted token is not shown by printing it', async () => {
    const text = await signed(claims({ org: 'isu', role: 'insured', account, funds: [], purpose: undefined }));
    const bearer = await verify(text);
    expect(`${bearer.token} ${JSON.stringify(bearer)}`).not.toContain(text.split('.')[2]);
    expect(bearer.token).toBeInstanceOf(BearerToken);
    expect(bearer.token.reveal()).toBe(text);
  });

  it('R14 — a refusal repeats nothing of the token', async () => {
    const text = await signed(claims({ exp: nowS() - 3000, purpose: 'Dossier secret' }));
    const fault = await verify(text).catch((refusal: Error) => refusal);
    expect(`${String(fault)} ${JSON.stringify(fault)}`).not.toMatch(/Dossier|odile|eyJ/);
  });
});
