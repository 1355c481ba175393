import type { IncomingMessage, ServerResponse } from 'node:http';
import { BearerToken, TokenRefused, TokenVerifier, type HostContext, type Subject } from '@isu/chassis';
import { importJWK, type CryptoKey, type JWK } from 'jose';
import * as oidc from 'openid-client';
import type { AgentOrganisation, AgentRole } from '../face/session.js';
import type { PortalSettings } from '../settings.js';
import { cookieOf, digestOf } from '../sessions/cookie.js';
import type { Office } from '../sessions/session.js';
import type { AgentNames } from './agent-names.js';
import type { AgentTokens, Sessions } from '../sessions/sessions.js';

interface AgentParts {
  readonly context: Pick<HostContext<PortalSettings>, 'db' | 'clock' | 'log' | 'settings'>;
  readonly sessions: Sessions;
  readonly names: AgentNames;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

interface Begun {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly backTo: string;
  readonly redirectUri: string;
}

const signInMs = 600_000;
const staleBeforeMs = 30_000;
const desk = '/bureau';
const callbackPath = '/api/portal/v1/agents/callback';
const officeRoles: readonly string[] = ['agent', 'agent-national', 'prevention-officer', 'mediator', 'auditor', 'operator'];

/** Only into the desk: an address in a link must not send an agent who has just signed in anywhere else. */
export const safeWayBack = (to: string | undefined): string =>
  to !== undefined && /^\/bureau(?:\/[A-Za-z0-9/_-]{0,200})?$/.test(to) ? to : desk;

/** Agents come in by OpenID Connect: authorization code with PKCE, state and nonce, all bound to the browser that began. */
export class Agents {
  private configuration: Promise<oidc.Configuration> | null = null;
  private readonly verifier: TokenVerifier;

  constructor(private readonly parts: AgentParts) {
    const { settings, clock } = parts.context;
    this.verifier = new TokenVerifier({ issuer: settings.issuer }, clock);
  }

  /** Where the browser goes to sign in. */
  async begin(cookie: string, { host, to }: { host: string; to: string | undefined }): Promise<URL> {
    const { db, clock } = this.parts.context;
    const [verifier, state, nonce] = [oidc.randomPKCECodeVerifier(), oidc.randomState(), oidc.randomNonce()];
    const redirectUri = `${this.originOf(host)}${callbackPath}`;
    await db.query(
      `INSERT INTO agent_sign_in (cookie_digest, state, nonce, verifier, back_to, redirect_uri, ends_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (cookie_digest) DO UPDATE SET state = $2, nonce = $3, verifier = $4, back_to = $5, redirect_uri = $6, ends_at = $7`,
      [digestOf(cookie), state, nonce, verifier, safeWayBack(to), redirectUri, new Date(clock.now().getTime() + signInMs)],
    );
    return oidc.buildAuthorizationUrl(await this.configured(), {
      redirect_uri: redirectUri,
      scope: 'openid profile',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
  }

  /** Where the browser goes on to: the desk when all is right, else the page of sign-in, which says that it was not. */
  async complete(exchange: Exchange): Promise<string> {
    const cookie = cookieOf(exchange.request);
    const begun = cookie && (await this.take(cookie));
    if (!begun) return '/connexion?agent=recommencer';
    try {
      const { tokens, office, subject } = await this.redeem(begun, exchange.request.url ?? '');
      const { db } = this.parts.context;
      await db.transaction(async (tx) => {
        await this.parts.names.note(tx, subject, office.name);
        await this.parts.sessions.start(tx, exchange, { kind: 'agent', subject, office }, tokens);
      });
      return begun.backTo;
    } catch (error) {
      this.parts.context.log.warn({ error }, 'an agent could not be signed in');
      return '/connexion?agent=refuse';
    }
  }

  /** A token of the agent’s that is still good; null when the issuer gives no other: they must sign in again. */
  async tokenOf(sessionId: string): Promise<BearerToken | null> {
    const tokens = await this.parts.sessions.tokensOf(sessionId);
    if (!tokens) return null;
    if (new Date(tokens.staleAt) > this.parts.context.clock.now()) return new BearerToken(tokens.access);
    const fresh = tokens.refresh === null ? null : await this.refreshed(tokens.refresh);
    if (!fresh) return null;
    await this.parts.sessions.keepTokens(sessionId, fresh);
    return new BearerToken(fresh.access);
  }

  /** The issuer forgets the refresh token; if it cannot be told, the token dies by itself, and nobody has it any more. */
  async leave(sessionId: string): Promise<void> {
    const tokens = await this.parts.sessions.tokensOf(sessionId);
    if (tokens?.refresh) await oidc.tokenRevocation(await this.configured(), tokens.refresh).catch(() => undefined);
  }

  private async redeem({ state, nonce, verifier, redirectUri }: Begun, url: string) {
    const back = new URL(redirectUri);
    back.search = url.split('?')[1] ?? '';
    const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true };
    const answer = await oidc.authorizationCodeGrant(await this.configured(), back, checks);
    const { subject } = await this.verifier.verify(`Bearer ${answer.access_token}`);
    const claims = answer.claims();
    if (claims?.sub !== subject.sub) throw new TokenRefused('sub');
    return { tokens: this.kept(answer, null), office: officeOf(subject, claims.name), subject: subject.sub };
  }

  private async refreshed(refresh: string): Promise<AgentTokens | null> {
    try {
      return this.kept(await oidc.refreshTokenGrant(await this.configured(), refresh), refresh);
    } catch (error) {
      if (error instanceof oidc.ResponseBodyError) return null;
      throw error;
    }
  }

  private kept(answer: oidc.TokenEndpointResponse, before: string | null): AgentTokens {
    const lifetimeMs = (answer.expires_in ?? 60) * 1_000;
    const staleAt = new Date(this.parts.context.clock.now().getTime() + lifetimeMs - staleBeforeMs).toISOString();
    return { access: answer.access_token, refresh: answer.refresh_token ?? before, staleAt };
  }

  /** Once: a callback that is called again finds nothing. */
  private async take(cookie: string): Promise<Begun | null> {
    const { db, clock } = this.parts.context;
    const [rows] = (await db.query(
      `DELETE FROM agent_sign_in WHERE cookie_digest = $1 AND ends_at > $2
       RETURNING state, nonce, verifier, back_to AS "backTo", redirect_uri AS "redirectUri"`,
      [digestOf(cookie), clock.now()],
    )) as [Begun[], number];
    return rows[0] ?? null;
  }

  /** The address that this browser knows us by, among ours: its cookie is of that host. */
  private originOf(host: string): string {
    const { origins } = this.parts.context.settings;
    return origins.find((origin) => new URL(origin).host === host) ?? (origins[0] as string);
  }

  private configured(): Promise<oidc.Configuration> {
    this.configuration ??= discovered(this.parts.context.settings).catch((fault: unknown) => {
      this.configuration = null;
      throw fault;
    });
    return this.configuration;
  }
}

/** The issuer’s own description of itself. Over plain http in development only. */
async function discovered({ issuer, serviceSecret, environment }: PortalSettings): Promise<oidc.Configuration> {
  const execute = environment === 'development' ? [oidc.allowInsecureRequests] : [];
  return oidc.discovery(new URL(issuer), 'portal', undefined, await proofOf(serviceSecret), { execute, timeout: 5 });
}

/** The same secret, or private key, by which the portal gets its tokens. */
async function proofOf(serviceSecret: string): Promise<oidc.ClientAuth> {
  if (!serviceSecret.startsWith('{')) return oidc.ClientSecretPost(serviceSecret);
  const jwk = JSON.parse(serviceSecret) as JWK;
  const key = await importJWK(jwk, jwk.alg ?? 'ES256');
  return oidc.PrivateKeyJwt({ key: key as CryptoKey, ...(jwk.kid ? { kid: jwk.kid } : {}) });
}

function officeOf({ sub, org, role, funds }: Subject, name: unknown): Office {
  if (!officeRoles.includes(role)) throw new TokenRefused('role');
  const shown = typeof name === 'string' && name !== '' ? name : sub;
  return { name: shown, organisation: org as AgentOrganisation, role: role as AgentRole, funds };
}
