import { randomUUID } from 'node:crypto';
import { loopingWorker, type HostContext, type Worker } from '@isu/chassis';
import type { AttemptCounts } from '../attempts/attempts.js';
import type { Mails } from '../mails/mails.js';
import { linkAddress, newPasswordMail, notOpenMail, openingMail } from '../mails/mail.js';
import { Unanswered, type Services, type Voice } from '../questions/services.js';
import { WaitingTable } from '../waiting/waiting-table.js';
import { findLoginByEmail } from './login.table.js';
import { countLinks, insertLink } from './link.table.js';
import { canonicalToken, lifetimeMs, newCode, newToken } from './one-time-link.js';
import { openingFor, standingAccountOf, type Opening } from './portal-openings.js';
import type { EntityManager } from 'typeorm';

type Asked =
  | { readonly kind: 'opening'; readonly nir: string; readonly email: string }
  | { readonly kind: 'new-password'; readonly email: string };

/** As affiliation answers a recognition. */
interface Recognised {
  readonly account: string;
  readonly emailIsHeld: boolean;
}

interface OpeningParts {
  readonly context: Pick<HostContext, 'db' | 'clock' | 'protection' | 'log' | 'tokens'>;
  readonly services: Services;
  readonly attempts: AttemptCounts;
  readonly mails: Mails;
  /** The address of the portal in what is sent. */
  readonly origin: string;
}

const askedPlace = { table: 'asked_opening', column: 'sealed' };
const linkPlace = { table: 'one_time_link', column: 'sealed_email' };
const letterPlace = { table: 'letter', column: 'sealed' };
const everyMs = 500;
const longestRestMs = 300_000;
const givenUpAfter = 12;
const hourMs = 3_600_000;
/** Nobody's mailbox is filled by somebody else's hand, nor their letter-box. */
const mostLinksAnHour = 3;
const oneLetterInMs = 7 * 24 * hourMs;

export const comparableEmail = (email: string): string => email.normalize('NFC').trim().toLowerCase();

/**
 * Opening an account, or a new password (F1, F2). What is asked is written down, sealed, and answered at once: whether anybody is known
 * by it is looked up afterwards, by a worker, so that neither the words nor the time of the answer tell it.
 */
export class Openings {
  private readonly waiting: WaitingTable;

  constructor(private readonly parts: OpeningParts) {
    this.waiting = new WaitingTable(parts.context, 'asked_opening');
  }

  async askOpening({ nir, email }: { nir: string; email: string }, address: string): Promise<void> {
    await this.parts.attempts.count({ what: 'opening', by: 'address', key: address }, { what: 'opening', by: 'nir', key: nir });
    await this.keep({ kind: 'opening', nir, email: comparableEmail(email) });
  }

  async askNewPassword(email: string, address: string): Promise<void> {
    const key = comparableEmail(email);
    await this.parts.attempts.count({ what: 'opening', by: 'address', key: address }, { what: 'opening', by: 'email', key });
    await this.keep({ kind: 'new-password', email: key });
  }

  /** Who comes in by the login of an account that was withdrawn for another is led to that one. */
  leadOn(account: string): Promise<string> {
    return standingAccountOf(this.parts.services, account, this.ownVoice(randomUUID()));
  }

  /** By which index a login is found. */
  emailIndex(email: string): Buffer {
    return this.parts.context.protection.blindIndex('portal/email', comparableEmail(email));
  }

  /** How a link or a code is kept: with a key outside the database, who reads the table cannot try the codes out. */
  digestOf(token: string): Buffer {
    return this.parts.context.protection.blindIndex('portal/link', canonicalToken(token));
  }

  async emailOf(personId: string, sealedEmail: Buffer): Promise<string> {
    const { db, protection } = this.parts.context;
    return protection.open(db.manager, personId, linkPlace, sealedEmail);
  }

  worker(): Worker {
    return loopingWorker({ name: 'openings', everyMs, log: this.parts.context.log, turn: () => this.turn() });
  }

  private async keep(asked: Asked): Promise<void> {
    const { db, clock, protection } = this.parts.context;
    const [id, now] = [randomUUID(), clock.now()];
    await db.transaction(async (tx) => {
      const sealed = await protection.seal(tx, id, askedPlace, JSON.stringify(asked));
      await tx.query('INSERT INTO asked_opening (id, kind, sealed, asked_at, next_at) VALUES ($1, $2, $3, $4, clock_timestamp())', [
        id,
        asked.kind,
        sealed,
        now,
      ]);
    });
  }

  /** Looks at one demand; true when there was one. */
  private async turn(): Promise<boolean> {
    const { db, protection, log } = this.parts.context;
    const row = await this.waiting.take();
    if (!row) return false;
    const asked = JSON.parse(await protection.open(db.manager, row.id, askedPlace, row.sealed)) as Asked;
    try {
      await (asked.kind === 'opening' ? this.open(row.id, asked) : this.renew(row.id, asked));
    } catch (fault) {
      if (!(fault instanceof Unanswered) || row.attempts >= givenUpAfter) throw fault;
      log.warn({ attempts: row.attempts, error: fault }, 'affiliation does not say yet who asks: asked again later');
      await this.waiting.putOff(row, Math.min(longestRestMs, 1_000 * 2 ** row.attempts));
    }
    return true;
  }

  private async open(id: string, { nir, email }: { nir: string; email: string }): Promise<void> {
    const known = await this.recognise(id, { nir, email });
    const closed = known && (await this.closedTo(id, known.account));
    await this.parts.context.db.transaction(async (tx) => {
      if (closed) await this.sayNotOpen(tx, closed, known.emailIsHeld ? email : null);
      else if (known?.emailIsHeld) await this.sendLink(tx, { account: known.account, email, text: openingMail });
      else if (known) await this.writeLetter(tx, known.account);
      await this.waiting.settle(tx, id);
    });
  }

  private async renew(id: string, { email }: { email: string }): Promise<void> {
    await this.parts.context.db.transaction(async (tx) => {
      const login = await findLoginByEmail(tx, this.emailIndex(email));
      if (login) await this.sendLink(tx, { account: login.account, email, text: newPasswordMail });
      await this.waiting.settle(tx, id);
    });
  }

  private async recognise(correlation: string, json: { nir: string; email: string }): Promise<Recognised | null> {
    try {
      return await this.parts.services.ask<Recognised>(
        { service: 'affiliation', path: 'insured-persons/recognitions', json },
        this.ownVoice(correlation),
      );
    } catch (fault) {
      if (fault instanceof Unanswered && fault.status === 404) return null;
      throw fault;
    }
  }

  /** Whether Mon compte is not open yet to the profession of this person (F5), and what they are told instead. */
  private async closedTo(correlation: string, account: string): Promise<Opening | null> {
    const opening = await openingFor(this.parts.services, account, this.ownVoice(correlation));
    return opening === null || opening.open ? null : opening;
  }

  /** To the e-mail that affiliation holds and to no other: who asks with another one learns nothing, not even that somebody is known. */
  private async sayNotOpen(tx: EntityManager, closed: Opening, email: string | null): Promise<void> {
    if (email !== null) await this.parts.mails.write(tx, notOpenMail(email, closed));
  }

  private ownVoice(correlation: string): Voice {
    return { token: () => this.parts.context.tokens.forItself(), correlation };
  }

  private async sendLink(
    tx: EntityManager,
    { account, email, text }: { account: string; email: string; text: typeof openingMail },
  ): Promise<void> {
    const { clock, protection } = this.parts.context;
    const now = clock.now();
    if ((await countLinks(tx, { account, kind: 'link' }, new Date(now.getTime() - hourMs))) >= mostLinksAnHour) return;
    const [personId, token] = [randomUUID(), newToken()];
    const sealedEmail = await protection.seal(tx, personId, linkPlace, email);
    const endsAt = new Date(now.getTime() + lifetimeMs.link);
    await insertLink(tx, { digest: this.digestOf(token), kind: 'link', account, personId, sealedEmail, madeAt: now, endsAt });
    await this.parts.mails.write(tx, text(email, linkAddress(this.parts.origin, token)));
  }

  private async writeLetter(tx: EntityManager, account: string): Promise<void> {
    const { clock, protection } = this.parts.context;
    const now = clock.now();
    if ((await countLinks(tx, { account, kind: 'letter' }, new Date(now.getTime() - oneLetterInMs))) > 0) return;
    const [personId, code] = [randomUUID(), newCode()];
    const endsAt = new Date(now.getTime() + lifetimeMs.letter);
    await insertLink(tx, { digest: this.digestOf(code), kind: 'letter', account, personId, sealedEmail: null, madeAt: now, endsAt });
    const sealed = await protection.seal(tx, personId, letterPlace, JSON.stringify({ code }));
    await tx.query('INSERT INTO letter (id, account, sealed, written_on, written_at) VALUES ($1, $2, $3, $4, $5)', [
      personId,
      account,
      sealed,
      clock.today().iso,
      now,
    ]);
  }
}
