import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';
import type { BusinessClock } from '@isu/values';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';

/**
 * An issuer of tokens for one spec: real keys, real signatures, discovery and JWKS over HTTP. It says whatever it is told to say, and gives services
 * that ask in their own name, with whatever secret, the token that lets one ask another.
 */
export interface TestIssuer {
  readonly url: string;
  /** A token for the audience `isu`, ten minutes long by the wall clock; `claims` are those of docs/security-tokens.md. */
  token(claims: JWTPayload): Promise<string>;
  /** As `token`, ready for the header. */
  bearer(claims: JWTPayload): Promise<string>;
  stop(): Promise<void>;
}

export async function startTestIssuer(clock: Pick<BusinessClock, 'now'>): Promise<TestIssuer> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), alg: 'ES256', use: 'sig', kid: 'test' };
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    const discovery = { issuer: url(), jwks_uri: `${url()}/jwks`, token_endpoint: `${url()}/token` };
    if (request.url === '/token') {
      const granted = text(request).then((form) => serviceToken(new URLSearchParams(form).get('client_id') ?? ''));
      return void granted.then((access_token) => response.end(JSON.stringify({ access_token, expires_in: 600 })));
    }
    response.end(JSON.stringify(request.url === '/jwks' ? { keys: [jwk] } : discovery));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const token = (claims: JWTPayload): Promise<string> => {
    const iat = Math.floor(clock.now().getTime() / 1000);
    return new SignJWT({ iss: url(), aud: 'isu', iat, exp: iat + 600, ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'test', typ: 'at+jwt' })
      .sign(privateKey);
  };
  const serviceToken = (name: string): Promise<string> => {
    const sub = `service:${name}`;
    return token({ sub, org: 'isu', role: 'service', act: { sub } });
  };
  return {
    url: url(),
    token,
    bearer: async (claims) => `Bearer ${await token(claims)}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
