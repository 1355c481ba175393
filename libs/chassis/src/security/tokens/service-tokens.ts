import { createHash, randomUUID } from 'node:crypto';
import type { BusinessClock } from '@isu/values';
import { decodeJwt, importJWK, SignJWT, type JWK } from 'jose';
import { acceptedAlgorithms, type BearerToken } from './bearer.js';
import { endpointsOf, IssuerUnavailable } from './issuer-endpoints.js';

/** How a service proves to the issuer which one it is. A private key is better: the issuer then holds nothing worth stealing. */
export type ServiceCredential = { readonly secret: string } | { readonly privateKey: JWK };

export interface ServiceClientSettings {
  readonly issuer: string;
  /** The service's name: its client id at the issuer, and `service:<name>` in the tokens it gets. */
  readonly name: string;
  readonly credential: ServiceCredential;
}

/** What is asked of the issuer, made when it must be asked. */
type Grant = () => Record<string, string> | Promise<Record<string, string>>;

interface KeptToken {
  readonly text: string;
  readonly hadAtMs: number;
  readonly staleAtMs: number;
}

/** RFC 8693 and RFC 8707. */
export const tokenExchangeGrant = 'urn:ietf:params:oauth:grant-type:token-exchange';
export const accessTokenType = 'urn:ietf:params:oauth:token-type:access_token';
export const apiResource = 'urn:isu:api';
/** RFC 7523, section 4. */
export const assertionGrant = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** A token is renewed this long before it ends, so that it does not end on the road. */
const marginMs = 30_000;
const mostKept = 10_000;

/** The tokens with which a service calls another: its own, or one that says for whom it calls. */
export class ServiceTokens {
  private readonly kept = new Map<string, KeptToken>();
  private readonly awaited = new Map<string, Promise<string>>();

  constructor(
    private readonly settings: ServiceClientSettings,
    private readonly clock: BusinessClock,
  ) {}

  /** For background work, which nobody asked for. */
  forItself(): Promise<string> {
    return this.tokenFor('itself', () => ({ grant_type: 'client_credentials', resource: apiResource }));
  }

  /**
   * For somebody whom this service has identified itself, and says so under its own signature (RFC 7523). The issuer grants it to the
   * portal alone, and for insured people alone.
   */
  onAssertionOf(subject: string, assert: () => Promise<string>): Promise<string> {
    return this.tokenFor(`assertion ${subject}`, async () => ({
      grant_type: assertionGrant,
      assertion: await assert(),
      resource: apiResource,
    }));
  }

  /**
   * For a call caused by a request: same subject, same rights, and `act` says that this service carries it. What another
   * service asked for by itself was asked by nobody, and goes on as our own work.
   */
  onBehalfOf(token: BearerToken): Promise<string> {
    const subjectToken = token.reveal();
    const { role, origin } = decodeJwt(subjectToken);
    if (role === 'service' && origin === undefined) return this.forItself();
    return this.tokenFor(createHash('sha256').update(subjectToken).digest('base64'), () => ({
      grant_type: tokenExchangeGrant,
      subject_token: subjectToken,
      subject_token_type: accessTokenType,
      resource: apiResource,
    }));
  }

  /** Callers that want the same token at the same time wait for one request to the issuer. */
  private async tokenFor(key: string, grant: Grant): Promise<string> {
    const kept = this.kept.get(key);
    const nowMs = this.clock.now().getTime();
    // One that we had later than now: the clock was set right since, and what it said of the token's end counts for nothing.
    if (kept && kept.hadAtMs <= nowMs && nowMs < kept.staleAtMs) return kept.text;
    const awaited = this.awaited.get(key) ?? this.ask(key, grant).finally(() => this.awaited.delete(key));
    this.awaited.set(key, awaited);
    return awaited;
  }

  private async ask(key: string, grant: Grant): Promise<string> {
    const { token: url } = await endpointsOf(this.settings.issuer);
    const answer = await this.post(url, { ...(await grant()), ...(await this.proof()) });
    const { access_token: text, expires_in: lifetimeS } = answer;
    if (typeof text !== 'string' || typeof lifetimeS !== 'number') throw new IssuerUnavailable(new Error('The issuer answered no token.'));
    if (this.kept.size >= mostKept) this.kept.clear();
    const hadAtMs = this.clock.now().getTime();
    this.kept.set(key, { text, hadAtMs, staleAtMs: hadAtMs + lifetimeS * 1000 - marginMs });
    return text;
  }

  /** What the issuer says of a refusal is its error code; the form itself holds secrets and is never repeated. */
  private async post(url: URL, form: Record<string, string>): Promise<Record<string, unknown>> {
    try {
      const answer = await fetch(url, {
        method: 'POST',
        body: new URLSearchParams(form),
        redirect: 'error',
        signal: AbortSignal.timeout(5_000),
      });
      const body = (await answer.json()) as Record<string, unknown>;
      if (!answer.ok) throw new Error(`The issuer refused a token to ${this.settings.name}: ${String(body.error)}.`);
      return body;
    } catch (cause) {
      throw new IssuerUnavailable(cause);
    }
  }

  private async proof(): Promise<Record<string, string>> {
    const { credential, issuer, name } = this.settings;
    if ('secret' in credential) return { client_id: name, client_secret: credential.secret };
    const { privateKey } = credential;
    const algorithm = acceptedAlgorithms.find((known) => known === privateKey.alg) ?? 'ES256';
    const nowS = Math.floor(this.clock.now().getTime() / 1000);
    const assertion = await new SignJWT({ jti: randomUUID() })
      .setProtectedHeader({ alg: algorithm, ...(privateKey.kid ? { kid: privateKey.kid } : {}) })
      .setIssuer(name)
      .setSubject(name)
      .setAudience(issuer)
      .setIssuedAt(nowS)
      .setExpirationTime(nowS + 60)
      .sign(await importJWK(privateKey, algorithm));
    return {
      client_id: name,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    };
  }
}
