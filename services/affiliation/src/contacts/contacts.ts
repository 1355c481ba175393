import { refuse, setScope, type Access, type ServiceContext } from '@isu/chassis';
import { draft } from '@isu/contracts';
import type { AccountNumber } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Acting } from '../acting.js';
import type { History } from '../history/history.js';
import { identityPlace, type Identity } from '../insured-persons/insured-person.js';
import { findSealedIdentity } from '../insured-persons/insured-person.table.js';
import { searchKeysOf } from '../searches/search-keys.js';
import { saveKeys } from '../searches/search.table.js';

/** How a person is reached. */
export type Contact = Pick<Identity, 'email' | 'phone' | 'address'>;

/** The contact in force: who said so, by organisation, and when. */
export interface CurrentContact extends Contact {
  readonly account: string;
  readonly version: number;
  readonly changedAt: string;
  /** Null for what was said at the registration. */
  readonly changedBy: string | null;
}

interface Correction {
  readonly account: AccountNumber;
  readonly contact: Partial<Contact>;
  readonly reason: string | null;
  /** The version that the asker read before; undefined when they did not say. */
  readonly read: number | undefined;
}

const contactPlace = { table: 'contact', column: 'contact_sealed' };

type Context = Pick<ServiceContext, 'db' | 'facts' | 'clock' | 'protection'>;

/** Address, e-mail and phone: corrected by the person or by an agent of either organisation, every version kept sealed (F12). */
export class Contacts {
  constructor(
    private readonly context: Context,
    private readonly history: History,
  ) {}

  async read(account: AccountNumber, access: Access): Promise<CurrentContact> {
    return this.context.db.transaction(async (tx) => {
      await setScope(tx, access.reach);
      const identity = await this.identityOf(tx, account.toString());
      return this.shown(tx, account.toString(), identity);
    });
  }

  /** Keeps what is corrected as a new version. Refused when the asker has read an older one; the same again changes nothing. */
  async correct(correction: Correction, access: Acting): Promise<CurrentContact> {
    return this.context.db.transaction((tx) => this.correctWithin(tx, correction, access));
  }

  async correctWithin(tx: EntityManager, { account, contact, reason, read }: Correction, access: Acting): Promise<CurrentContact> {
    const file = await this.history.open(tx, account, access);
    const identity = await this.identityOf(tx, file.account);
    const before = await this.shown(tx, file.account, identity);
    if (read !== undefined && read !== before.version) throw refuse('precondition-failed');
    const after: Identity = { ...identity, ...contact };
    if (sameContact(identity, after)) return before;

    if (before.version === 1) await this.keep(tx, file.personId, { ...before, by: null });
    const { clock, facts } = this.context;
    const version = before.version + 1;
    const changedAt = clock.recordedAt();
    await this.keep(tx, file.personId, { ...contactOf(after), account: file.account, version, changedAt, by: access });
    await this.replaceIdentity(tx, file, after);
    const effectiveOn = clock.today().iso;
    await this.history.keep(tx, file, [{ subject: 'contact', change: 'corrected', effectiveOn, reason, detail: { version } }], access);
    const told = { stream: file.account, type: 'affiliation.contact-changed.v1', effectiveOn, correlation: access.correlation } as const;
    await facts.publish(tx, [draft({ ...told, data: { version } })]);
    return { ...contactOf(after), account: file.account, version, changedAt, changedBy: access.subject.org };
  }

  private async identityOf(tx: EntityManager, account: string): Promise<Identity> {
    const sealed = await findSealedIdentity(tx, account);
    if (!sealed) throw refuse('not-found');
    return JSON.parse(await this.context.protection.open(tx, sealed.personId, identityPlace, sealed.identitySealed)) as Identity;
  }

  private async shown(tx: EntityManager, account: string, identity: Identity): Promise<CurrentContact> {
    const [last] = (await tx.query(
      `SELECT coalesce(c.version, 1) AS version, c.recorded_org AS "changedBy",
         to_char(coalesce(c.recorded_at, p.registered_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "changedAt"
       FROM insured_person p LEFT JOIN contact c USING (account) WHERE p.account = $1 ORDER BY c.version DESC NULLS LAST LIMIT 1`,
      [account],
    )) as Pick<CurrentContact, 'version' | 'changedAt' | 'changedBy'>[];
    if (!last) throw refuse('not-found');
    return { account, ...contactOf(identity), ...last };
  }

  private async keep(
    tx: EntityManager,
    personId: string,
    { account, version, changedAt, by, ...contact }: Omit<CurrentContact, 'changedBy'> & { by: Pick<Access, 'subject'> | null },
  ): Promise<void> {
    const sealed = await this.context.protection.seal(tx, personId, contactPlace, JSON.stringify(contactOf(contact)));
    await tx.query(
      'INSERT INTO contact (account, version, contact_sealed, recorded_at, recorded_by, recorded_org) VALUES ($1, $2, $3, $4, $5, $6)',
      [account, version, sealed, changedAt, by?.subject.sub ?? 'registration', by?.subject.org ?? null],
    );
  }

  /** What is asked for by everybody else: the sealed identity, and the index by which an e-mail is found. */
  private async replaceIdentity(
    tx: EntityManager,
    { account, personId }: { account: string; personId: string },
    identity: Identity,
  ): Promise<void> {
    const { protection } = this.context;
    const sealed = await protection.seal(tx, personId, identityPlace, JSON.stringify(identity));
    await tx.query('UPDATE insured_person SET identity_sealed = $2 WHERE account = $1', [account, sealed]);
    await saveKeys(tx, [{ account, ...searchKeysOf(protection, identity) }]);
  }
}

const contactOf = ({ email, phone, address }: Contact): Contact => ({ email, phone, address });

const sameContact = (one: Contact, other: Contact): boolean =>
  one.email === other.email && one.phone === other.phone && one.address === other.address;
