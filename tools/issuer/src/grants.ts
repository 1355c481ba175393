import type { KeyObject } from 'node:crypto';
import { accessTokenType, organisationsOf, readClaims, roles, TokenRefused } from '@isu/chassis';
import { AccountNumber } from '@isu/values';
import { createLocalJWKSet, errors as joseErrors, jwtVerify, type JWTPayload, type JWK } from 'jose';
import type Provider from 'oidc-provider';
import type { TokenEndpointGrantContext } from 'oidc-provider';

/** A token with any role, for `isu token` and the specs. It exists nowhere but in this issuer. */
export const developmentGrant = 'urn:isu:grant:development-token';
export const developmentClient = 'isu-development';

export interface GrantParts {
  readonly provider: Provider;
  readonly errors: {
    readonly InvalidRequest: new (description: string) => Error;
    readonly InvalidGrant: new (description: string) => Error;
  };
  readonly keys: readonly JWK[];
  /** With what the portal signs its assertions; without one, the grant does not exist. */
  readonly portalKey?: KeyObject;
  readonly issue: Issue;
}

export type Claims = Readonly<Record<string, unknown>>;
type Form = Readonly<Record<string, string | undefined>>;
type Context = TokenEndpointGrantContext;
/** Answers the token request with a token that says these claims. */
type Issue = (context: Context, claims: Claims, lifetimeS: number) => Promise<void>;

const longestMintedS = 3600;
const longestExchangedS = 300;

/** Only for a caller on this very machine: the grant asks for no secret. */
export function mintForDevelopment({ errors, issue }: GrantParts) {
  return async (context: Context): Promise<void> => {
    if (!isLoopback(context.req.socket.remoteAddress))
      throw new errors.InvalidRequest('development tokens are minted for this machine only');
    const claims = mintedClaims(context.oidc.params as Form);
    try {
      readClaims(claims);
    } catch (fault) {
      if (fault instanceof TokenRefused) throw new errors.InvalidRequest(fault.reason);
      throw fault;
    }
    await issue(context, claims, longestMintedS);
  };
}

/** RFC 8693: a service shows the token it was called with, and gets one that says the same of the subject, and who carries it. */
export function exchangeForService({ provider, errors, keys, issue }: GrantParts) {
  const jwks = createLocalJWKSet({ keys: keys.map(publicPart) });
  return async (context: Context): Promise<void> => {
    const form = context.oidc.params as Form;
    if (form.subject_token_type !== accessTokenType) throw new errors.InvalidRequest('subject_token_type is not that of an access token');
    const { payload } = await jwtVerify(form.subject_token ?? '', jwks, { issuer: provider.issuer, audience: 'isu' }).catch(
      (fault: unknown) => {
        throw fault instanceof joseErrors.JOSEError ? new errors.InvalidGrant('subject_token is not acceptable') : fault;
      },
    );
    const subject = readClaims(payload);
    if (subject.role === 'service') throw new errors.InvalidGrant('a service works for itself with client_credentials');
    const remainingS = (payload.exp ?? 0) - wallClockS();
    await issue(context, carriedClaims(payload, context.oidc.client.clientId), Math.min(longestExchangedS, remainingS));
  };
}

/** The only client that signs people in by itself. */
export const assertingClient = 'portal';
const longestAssertionS = 120;

/**
 * RFC 7523: the portal says, under its signature, which insured person it has signed in, and gets a token that says the same as one it
 * carries for them. It can name an account and nothing else: no role, no organisation, no agent. Each assertion is good once.
 */
export function grantOnAssertion({ provider, errors, portalKey, issue }: GrantParts) {
  const seen = new Map<string, number>();
  return async (context: Context): Promise<void> => {
    const { clientId } = context.oidc.client;
    if (!portalKey || clientId !== assertingClient) throw new errors.InvalidGrant('this client asserts nobody');
    const demands = { issuer: clientId, audience: provider.issuer, algorithms: ['EdDSA'], requiredClaims: ['sub', 'jti', 'iat', 'exp'] };
    const { payload } = await jwtVerify((context.oidc.params as Form).assertion ?? '', portalKey, demands).catch((fault: unknown) => {
      throw fault instanceof joseErrors.JOSEError ? new errors.InvalidGrant('assertion is not acceptable') : fault;
    });
    const { sub = '', jti = '', exp = Infinity, iat = 0 } = payload;
    const [, account = ''] = /^insured:(\d{13})$/.exec(sub) ?? [];
    if (!AccountNumber.check(account)) throw new errors.InvalidGrant('assertion is not about an insured person');
    if (exp - iat > longestAssertionS || isReplayed(seen, jti, exp)) throw new errors.InvalidGrant('assertion is too long or was used');
    await issue(context, carriedClaims({ sub, org: 'isu', role: 'insured', funds: [], account }, clientId), longestExchangedS);
  };
}

function isReplayed(seen: Map<string, number>, jti: string, exp: number): boolean {
  for (const [known, end] of seen) if (end < wallClockS()) seen.delete(known);
  if (seen.has(jti)) return true;
  seen.set(jti, exp);
  return false;
}

function carriedClaims({ sub, act, origin, org, role, funds, account, purpose }: JWTPayload, service: string): Claims {
  const carrier = { sub: `service:${service}` };
  return {
    sub,
    org: 'isu',
    role: 'service',
    funds: [],
    act: act === undefined ? carrier : { ...carrier, act },
    origin: origin ?? definedOnly({ org, role, funds, account, purpose }),
  };
}

/** What the caller leaves out is what a developer most likely means. */
function mintedClaims(form: Form): Claims {
  const role = roles.find((known) => known === form.role);
  const org = form.org ?? (role && organisationsOf[role][0]);
  const purpose = form.purpose ?? (isRead(role) ? 'Essai de développement' : undefined);
  const sub = form.sub ?? subFor(role, form);
  const funds = form.funds?.split(/[ ,]+/).filter((fund) => fund !== '') ?? [];
  return definedOnly({ sub, org, role, funds, account: form.account, purpose, act: role === 'service' ? { sub } : undefined });
}

function subFor(role: string | undefined, { account, partner }: Form): string {
  if (role === 'insured' || role === 'third-party') return `${role}:${account ?? ''}`;
  if (role === 'partner-system') return `partner:${partner ?? 'urssaf'}`;
  return role === 'service' ? 'service:development' : `development:${role ?? ''}`;
}

const isRead = (role: string | undefined): boolean =>
  role !== undefined && !['insured', 'third-party', 'service', 'partner-system', 'operator'].includes(role);

const definedOnly = (claims: Claims): Claims => Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));

const publicPart = ({ d: _d, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, ...jwk }: JWK): JWK => jwk;

/** The issuer's clock is the wall's, read where it cannot be moved by `ISU_TODAY`. */
const wallClockS = (): number => Math.floor((performance.timeOrigin + performance.now()) / 1000);

const isLoopback = (address = ''): boolean => address === '::1' || address.replace(/^::ffff:/, '').startsWith('127.');
