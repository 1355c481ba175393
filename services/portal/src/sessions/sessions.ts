import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { loopingWorker, type FieldProtection, type HostContext, type Worker } from '@isu/chassis';
import type { BusinessClock } from '@isu/values';
import type { DataSource, EntityManager } from 'typeorm';
import { cookieOf, digestOf, giveCookie, newCookie } from './cookie.js';
import { endOf, idleMinutes, isLive, isWorthNoting, type Session, type SignedIn } from './session.js';
import { deleteSessions, findSession, insertSession, noteSeen, replaceTokens, sealedTokensOf, type Sql } from './session.table.js';

/** What an agent's issuer gave, as it is sealed. */
export interface AgentTokens {
  readonly access: string;
  readonly refresh: string | null;
  /** Instant (ISO) from which the access token is not to be shown any more. */
  readonly staleAt: string;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

const tokensPlace = { table: 'session', column: 'sealed_tokens' };
const purgeEveryMs = 600_000;

export class Sessions {
  private readonly db: DataSource;
  private readonly clock: BusinessClock;
  private readonly protection: FieldProtection;

  constructor(private readonly context: Pick<HostContext, 'db' | 'clock' | 'protection' | 'log'>) {
    ({ db: this.db, clock: this.clock, protection: this.protection } = context);
  }

  /** Who this cookie is of, if its session is live; it then lives on. */
  async current(cookie: string): Promise<Session | null> {
    const session = await this.look(cookie);
    const now = this.clock.now();
    if (session && isWorthNoting(session, now)) await noteSeen(this.db, session.id, now);
    return session;
  }

  /** The same for who only listens: an open stream keeps no session alive. */
  async look(cookie: string): Promise<Session | null> {
    const session = await findSession(this.db, digestOf(cookie));
    return session && isLive(session, this.clock.now()) ? session : null;
  }

  /**
   * Signs somebody in, always under a new cookie: one that was planted before is worth nothing afterwards (session fixation). The
   * session that the browser had is ended.
   */
  async start(
    tx: EntityManager,
    { request, response }: Exchange,
    who: SignedIn,
    tokens?: AgentTokens,
  ): Promise<{ cookie: string; session: Session }> {
    const [id, cookie, now] = [randomUUID(), newCookie(), this.clock.now()];
    const before = cookieOf(request);
    if (before) await deleteSessions(tx, { cookieDigest: digestOf(before) });
    const sealedTokens = tokens ? await this.protection.seal(tx, id, tokensPlace, JSON.stringify(tokens)) : null;
    const times = { id, lastSeenAt: now, endsAt: endOf(who.kind, now) };
    await insertSession(tx, times, who, { cookieDigest: digestOf(cookie), sealedTokens });
    giveCookie(response, cookie);
    return { cookie, session: { ...who, ...times } };
  }

  /** The browser gets a cookie that is nobody's. */
  async end({ request, response }: Exchange): Promise<string> {
    const before = cookieOf(request);
    if (before) await deleteSessions(this.db, { cookieDigest: digestOf(before) });
    const cookie = newCookie();
    giveCookie(response, cookie);
    return cookie;
  }

  /** On every device: the password has changed, and who had the old one must not stay. */
  async endAllOf(tx: Sql, account: string): Promise<void> {
    await deleteSessions(tx, { account });
  }

  async tokensOf(id: string): Promise<AgentTokens | null> {
    const sealed = await sealedTokensOf(this.db, id);
    return sealed && (JSON.parse(await this.protection.open(this.db.manager, id, tokensPlace, sealed)) as AgentTokens);
  }

  async keepTokens(id: string, tokens: AgentTokens): Promise<void> {
    await this.db.transaction(async (tx) => replaceTokens(tx, id, await this.protection.seal(tx, id, tokensPlace, JSON.stringify(tokens))));
  }

  /** Rows of sessions that are over serve nobody. */
  purger(): Worker {
    const turn = async () => {
      const now = this.clock.now();
      await deleteSessions(this.db, { endedBefore: now, idleBefore: new Date(now.getTime() - idleMinutes * 60_000) });
      await this.db.query('DELETE FROM agent_sign_in WHERE ends_at < $1', [now]);
      return false;
    };
    return loopingWorker({ name: 'session-purge', everyMs: purgeEveryMs, log: this.context.log, turn });
  }
}
