import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HostContext } from '@isu/chassis';
import type { EntityManager } from 'typeorm';
import type { AttemptCounts } from '../attempts/attempts.js';
import { passwordChangedMail } from '../mails/mail.js';
import type { Mails } from '../mails/mails.js';
import type { Hashing } from '../passwords/hashing.js';
import { weaknessOf } from '../passwords/password.js';
import { refuse } from '../refusals.js';
import type { Session } from '../sessions/session.js';
import type { Sessions } from '../sessions/sessions.js';
import { findLink, lockLink, useLinks } from './link.table.js';
import { findLoginByEmail, saveLogin } from './login.table.js';
import { isUsable, type OneTimeLink } from './one-time-link.js';
import { comparableEmail, type Openings } from './openings.js';

interface PasswordParts {
  readonly context: Pick<HostContext, 'db' | 'clock' | 'protection'>;
  readonly openings: Openings;
  readonly attempts: AttemptCounts;
  readonly hashing: Hashing;
  readonly sessions: Sessions;
  readonly mails: Mails;
}

/** A request, its answer, and the network address it came from. */
export interface Caller {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly address: string;
}

interface SignedInNow {
  readonly cookie: string;
  readonly session: Session;
}

const loginPlace = { table: 'login', column: 'sealed_email' };

/** Choosing a password, and coming in with it. */
export class Passwords {
  constructor(private readonly parts: PasswordParts) {}

  /** The link or the code is good: what it is, and until when. Looking does not use it up. */
  async check(token: string, address: string): Promise<OneTimeLink> {
    await this.parts.attempts.count({ what: 'link', by: 'address', key: address });
    const link = await findLink(this.parts.context.db, this.parts.openings.digestOf(token));
    if (!link || !isUsable(link, this.parts.context.clock.now())) throw refuse('link-not-usable');
    return link;
  }

  /** Uses the link up. Whoever was signed in as this person is so no more, on any device; whoever chose now is. */
  async choose(chosen: { token: string; password: string; email?: string }, caller: Caller): Promise<SignedInNow> {
    const { token, password } = chosen;
    const link = await this.check(token, caller.address);
    const email = await this.emailFor(link, chosen.email);
    const because = weaknessOf(password, { email });
    if (because !== null) throw refuse('password-too-weak', { because });
    const digest = await this.parts.hashing.digestOf(password);
    const standing = await this.parts.openings.leadOn(link.account);
    return this.parts.context.db.transaction(async (tx) => {
      const { account } = await this.hold(tx, token);
      await this.save(tx, { account, email, password: digest });
      await this.parts.sessions.endAllOf(tx, account);
      await this.parts.mails.write(tx, passwordChangedMail(email));
      return this.parts.sessions.start(tx, caller, { kind: 'insured', account: standing });
    });
  }

  /** An unknown e-mail takes the same road as a wrong password: the same counts, one query, one computation, the same words. */
  async signIn({ email, password }: { email: string; password: string }, caller: Caller): Promise<SignedInNow> {
    const { context, attempts, openings, hashing, sessions } = this.parts;
    const byEmail = { what: 'sign-in', by: 'email', key: comparableEmail(email) } as const;
    await attempts.count(byEmail, { what: 'sign-in', by: 'address', key: caller.address });
    const login = await findLoginByEmail(context.db, openings.emailIndex(email));
    const isRight = await hashing.matches(password, login?.password ?? null);
    if (!login || !isRight) throw refuse('sign-in-refused');
    await attempts.forget(byEmail);
    const account = await openings.leadOn(login.account);
    return context.db.transaction((tx) => sessions.start(tx, caller, { kind: 'insured', account }));
  }

  /** A link proves the mailbox it came to; a letter proves no mailbox, so its reader names theirs. */
  private async emailFor({ kind, personId, sealedEmail }: OneTimeLink, typed: string | undefined): Promise<string> {
    if (kind === 'link' && typed !== undefined) throw refuse('email-not-awaited');
    if (sealedEmail !== null) return this.parts.openings.emailOf(personId, sealedEmail);
    if (typed === undefined) throw refuse('email-awaited');
    return comparableEmail(typed);
  }

  private async hold(tx: EntityManager, token: string): Promise<OneTimeLink> {
    const link = await lockLink(tx, this.parts.openings.digestOf(token));
    if (!link || !isUsable(link, this.parts.context.clock.now())) throw refuse('link-not-usable');
    return link;
  }

  private async save(tx: EntityManager, { account, email, password }: { account: string; email: string; password: string }): Promise<void> {
    const { clock, protection } = this.parts.context;
    const [personId, now] = [randomUUID(), clock.now()];
    const sealedEmail = await protection.seal(tx, personId, loginPlace, email);
    const emailIndex = this.parts.openings.emailIndex(email);
    if (!(await saveLogin(tx, { account, personId, emailIndex, sealedEmail, password, changedAt: now }))) throw refuse('email-taken');
    await useLinks(tx, account, now);
  }
}
