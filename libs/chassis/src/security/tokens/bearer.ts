import type { BusinessClock } from '@isu/values';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type RemoteJWKSet } from 'jose';
import { endpointsOf, IssuerUnavailable } from './issuer-endpoints.js';
import { readClaims, TokenRefused, type Subject } from './claims.js';

export interface TokenSettings {
  /** The issuer's identifier, exactly as it stands in `iss`. */
  readonly issuer: string;
  /** Tolerated difference between the issuer's clock and ours. */
  readonly leewayS?: number;
  /** Nobody can revoke a token that we verify by ourselves, so a long one is refused. */
  readonly maxLifetimeS?: number;
  /** After this, an unknown key makes us ask the issuer again: how fast a rotated key is accepted, and how often one may make us ask. */
  readonly keyCooldownMs?: number;
}

/** Asymmetric only. With an HMAC algorithm in this list, anyone could sign with the issuer's public key. */
export const acceptedAlgorithms = ['PS256', 'ES256', 'EdDSA', 'RS256'];
export const audience = 'isu';
const maxTokenLength = 8192;
const acceptedTypes: readonly (string | undefined)[] = [undefined, 'jwt', 'at+jwt', 'application/at+jwt'];

/** A token that was accepted. It may be shown to another service; printing it, in a log or in JSON, shows nothing. */
export class BearerToken {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return '[bearer token]';
  }

  toJSON(): string {
    return this.toString();
  }
}

export interface Bearer {
  readonly subject: Subject;
  readonly token: BearerToken;
}

/** Accepts the access tokens of one issuer, and nothing else. Expiry is judged on the wall clock, never on the business day. */
export class TokenVerifier {
  private keys: Promise<RemoteJWKSet> | null = null;

  constructor(
    private readonly settings: TokenSettings,
    private readonly clock: BusinessClock,
  ) {}

  /** Throws `TokenRefused`, or `IssuerUnavailable` when the issuer's keys cannot be had: then nobody gets in. */
  async verify(authorization: string | undefined): Promise<Bearer> {
    const text = bearerIn(authorization);
    const payload = await this.payloadOf(text);
    this.checkLifetime(payload);
    return { subject: readClaims(payload), token: new BearerToken(text) };
  }

  private async payloadOf(text: string): Promise<JWTPayload> {
    try {
      const { payload, protectedHeader } = await jwtVerify(text, await this.issuerKeys(), {
        algorithms: acceptedAlgorithms,
        issuer: this.settings.issuer,
        audience,
        clockTolerance: this.settings.leewayS ?? 30,
        currentDate: this.clock.now(),
        requiredClaims: ['sub', 'iat', 'exp', 'org', 'role'],
      });
      if (!acceptedTypes.includes(protectedHeader.typ?.toLowerCase())) throw new TokenRefused('type');
      return payload;
    } catch (fault) {
      throw explain(fault);
    }
  }

  private checkLifetime({ iat = 0, exp = Infinity }: JWTPayload): void {
    const leewayS = this.settings.leewayS ?? 30;
    if (iat > this.clock.now().getTime() / 1000 + leewayS) throw new TokenRefused('issued-in-the-future');
    if (exp - iat > (this.settings.maxLifetimeS ?? 3600)) throw new TokenRefused('lifetime');
  }

  /** Kept once found; a failed search is made again by the next request. */
  private issuerKeys(): Promise<RemoteJWKSet> {
    this.keys ??= endpointsOf(this.settings.issuer)
      .then(({ jwks }) => createRemoteJWKSet(jwks, { cooldownDuration: this.settings.keyCooldownMs ?? 30_000, timeoutDuration: 5_000 }))
      .catch((fault: unknown) => {
        this.keys = null;
        throw fault;
      });
    return this.keys;
  }
}

function bearerIn(authorization: string | undefined): string {
  if (authorization === undefined) throw new TokenRefused('none');
  const [, text] = /^Bearer ([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*)$/i.exec(authorization) ?? [];
  if (text === undefined || text.length > maxTokenLength) throw new TokenRefused('malformed');
  return text;
}

function explain(fault: unknown): Error {
  if (fault instanceof TokenRefused || fault instanceof IssuerUnavailable) return fault;
  if (fault instanceof errors.JWTExpired) return new TokenRefused('expired');
  if (fault instanceof errors.JWTClaimValidationFailed) return new TokenRefused(`claim-${fault.claim}`);
  if (fault instanceof errors.JWSSignatureVerificationFailed) return new TokenRefused('signature');
  if (fault instanceof errors.JOSEAlgNotAllowed || fault instanceof errors.JOSENotSupported) return new TokenRefused('algorithm');
  if (fault instanceof errors.JWKSNoMatchingKey || fault instanceof errors.JWKSMultipleMatchingKeys) return new TokenRefused('unknown-key');
  if (fault instanceof errors.JWSInvalid || fault instanceof errors.JWTInvalid) return new TokenRefused('malformed');
  return new IssuerUnavailable(fault);
}
