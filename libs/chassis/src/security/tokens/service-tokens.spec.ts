import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '@isu/testing';
import { exportJWK, generateKeyPair, jwtVerify, UnsecuredJWT, type CryptoKey, type JWK } from 'jose';
import { BearerToken } from './bearer.js';
import { IssuerUnavailable } from './issuer-endpoints.js';
import { ServiceTokens, tokenExchangeGrant } from './service-tokens.js';

const bearerOf = (sub: string) => new BearerToken(new UnsecuredJWT({ sub, role: 'agent' }).encode());

describe('I9 — the tokens with which a service calls another', () => {
  const clock = new FakeClock('2016-05-20', '2026-11-22T10:00:00.000Z');
  const asked: URLSearchParams[] = [];
  let server: Server;
  let issuer: string;
  let publicKey: CryptoKey;
  let privateKey: JWK;
  let answer: () => object;

  beforeAll(async () => {
    server = createServer((request, response) => {
      response.setHeader('content-type', 'application/json');
      if (request.method === 'GET') {
        return void response.end(JSON.stringify({ issuer, jwks_uri: `${issuer}/jwks`, token_endpoint: `${issuer}/token` }));
      }
      void text(request).then((form) => {
        asked.push(new URLSearchParams(form));
        response.end(JSON.stringify(answer()));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const pair = await generateKeyPair('ES256', { extractable: true });
    [publicKey, privateKey] = [pair.publicKey, { ...(await exportJWK(pair.privateKey)), alg: 'ES256', kid: 'collection-1' }];
  });
  beforeEach(() => {
    asked.splice(0);
    answer = () => ({ access_token: `token-${asked.length}`, expires_in: 600 });
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const withSecret = () => new ServiceTokens({ issuer, name: 'collection', credential: { secret: 's3cret' } }, clock);

  it('are asked for with a secret, or better with a signed statement that holds for a minute', async () => {
    await withSecret().forItself();
    expect(Object.fromEntries(asked[0]!)).toEqual({
      grant_type: 'client_credentials',
      resource: 'urn:isu:api',
      client_id: 'collection',
      client_secret: 's3cret',
    });
    await new ServiceTokens({ issuer, name: 'collection', credential: { privateKey } }, clock).forItself();
    expect(asked[1]!.get('client_secret')).toBeNull();
    const { payload, protectedHeader } = await jwtVerify(asked[1]!.get('client_assertion')!, publicKey, {
      issuer: 'collection',
      subject: 'collection',
      audience: issuer,
      currentDate: clock.now(),
    });
    expect(protectedHeader.kid).toBe('collection-1');
    expect(payload.exp! - payload.iat!).toBe(60);
    expect(payload.jti).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('are kept until half a minute before their end, on the wall clock', async () => {
    const tokens = withSecret();
    expect(await tokens.forItself()).toBe('token-1');
    clock.pass({ seconds: 569 });
    expect(await tokens.forItself()).toBe('token-1');
    clock.pass({ seconds: 1 });
    expect(await tokens.forItself()).toBe('token-2');
    clock.setDay('2016-07-01');
    expect(await tokens.forItself()).toBe('token-2');
  });

  it('are not kept for what a clock has said that was set right since', async () => {
    const tokens = withSecret();
    clock.pass({ days: 400 });
    expect(await tokens.forItself()).toBe('token-1');
    clock.pass({ days: -400 });
    // By that clock it would hold for 400 days more; its reader refuses it after ten minutes.
    expect(await tokens.forItself()).toBe('token-2');
    expect(await tokens.forItself()).toBe('token-2');
  });

  it('are never mixed up between two people, nor between a person and the service', async () => {
    const tokens = withSecret();
    const [odile, bruno] = [bearerOf('rsi:odile'), bearerOf('rsi:bruno')];
    const [first, second, own] = [await tokens.onBehalfOf(odile), await tokens.onBehalfOf(bruno), await tokens.forItself()];
    expect(new Set([first, second, own]).size).toBe(3);
    expect(await tokens.onBehalfOf(odile)).toBe(first);
    expect(asked.map((form) => form.get('grant_type'))).toEqual([tokenExchangeGrant, tokenExchangeGrant, 'client_credentials']);
    expect(asked[0]!.get('subject_token')).toBe(odile.reveal());
  });

  it('are asked for once by callers that want the same one together, and again after a failure', async () => {
    const tokens = withSecret();
    answer = () => ({ error: 'temporarily_unavailable' });
    const failed = await Promise.allSettled([tokens.forItself(), tokens.forItself()]);
    expect(failed.map((outcome) => outcome.status === 'rejected' && (outcome.reason as Error) instanceof IssuerUnavailable)).toEqual([
      true,
      true,
    ]);
    expect(asked).toHaveLength(1);
    answer = () => ({ access_token: 'healed', expires_in: 600 });
    expect(await tokens.forItself()).toBe('healed');
  });
});
