import { refuse, setScope, type Access, type ServiceContext } from '@isu/chassis';
import { draft } from '@isu/contracts';
import { Iban, type AccountNumber, type Day } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { History } from '../history/history.js';
import type { ChangeDraft } from '../history/person-change.js';
import { lockPerson } from '../insured-persons/insured-person.table.js';

interface Change {
  readonly account: AccountNumber;
  readonly personId: string;
  readonly iban: Iban;
  readonly access: Pick<Access, 'subject' | 'correlation'>;
}

interface Replacement {
  readonly account: AccountNumber;
  readonly iban: Iban;
  /** The version that the asker read before; undefined when they did not say. */
  readonly read: number | undefined;
}

/** The bank details in force. */
export interface CurrentBankDetails {
  readonly account: string;
  readonly version: number;
  readonly iban: Iban;
}

/** Where the IBAN lives; bound into what is sealed. */
export const ibanPlace = { table: 'bank_details', column: 'iban_sealed' };

/** The bank details of a person: every version is kept, the last one serves (F15). */
export class BankDetails {
  constructor(
    private readonly context: Pick<ServiceContext, 'db' | 'facts' | 'clock' | 'protection'>,
    private readonly history: History,
  ) {}

  /** Refused as absent for a person without bank details. */
  async read(account: AccountNumber, access: Access): Promise<CurrentBankDetails> {
    return this.context.db.transaction(async (tx) => {
      await setScope(tx, access.reach);
      const last = await lastVersion(tx, account.toString());
      if (!last) throw refuse('not-found');
      return { account: account.toString(), version: last.version, iban: await this.open(tx, last) };
    });
  }

  /** Puts other bank details in force. Refused when they are no longer those that the asker has read. */
  async replace({ account, iban, read }: Replacement, access: Access): Promise<CurrentBankDetails> {
    return this.context.db.transaction(async (tx) => {
      await setScope(tx, access.reach);
      const person = await lockPerson(tx, account.toString());
      if (!person) throw refuse('not-found');
      const last = await lastVersion(tx, account.toString());
      if (read !== undefined && read !== (last?.version ?? 0)) throw refuse('precondition-failed');
      const version = await this.change(tx, { account, ...person, iban, access });
      return { account: account.toString(), version, iban };
    });
  }

  /** Keeps a new version and says so to the other services; the same IBAN again changes nothing. Answers the version in force. */
  async change(tx: EntityManager, { account, personId, iban, access }: Change): Promise<number> {
    const { clock, facts, protection } = this.context;
    const last = await lastVersion(tx, account.toString());
    if (last && (await this.open(tx, last)).equals(iban)) return last.version;

    const version = (last?.version ?? 0) + 1;
    const sealed = await protection.seal(tx, personId, ibanPlace, iban.toString());
    await tx.query('INSERT INTO bank_details (account, version, iban_sealed, recorded_at, recorded_by) VALUES ($1, $2, $3, $4, $5)', [
      account.toString(),
      version,
      sealed,
      clock.recordedAt(),
      access.subject.sub,
    ]);
    const changed = draft({
      stream: account.toString(),
      type: 'affiliation.bank-details-changed.v1',
      effectiveOn: clock.today().iso,
      correlation: access.correlation,
      data: { version },
    });
    await this.history.add(tx, { account: account.toString(), personId }, [bankDetailsChange(version, clock.today())], access);
    await facts.publish(tx, [changed]);
    return version;
  }

  /** The version that debits and refunds use now; undefined for a person without bank details. */
  async inForce(tx: EntityManager, account: string): Promise<{ version: number; iban: Iban } | undefined> {
    const last = await lastVersion(tx, account);
    return last && { version: last.version, iban: await this.open(tx, last) };
  }

  private async open(tx: EntityManager, { personId, ibanSealed }: SealedVersion): Promise<Iban> {
    return Iban.of(await this.context.protection.open(tx, personId, ibanPlace, ibanSealed));
  }
}

const bankDetailsChange = (version: number, today: Day): ChangeDraft => ({
  ...{ subject: 'bank-details', change: 'changed', reason: null },
  effectiveOn: today.iso,
  detail: { version },
});

interface SealedVersion {
  readonly version: number;
  readonly personId: string;
  readonly ibanSealed: Buffer;
}

async function lastVersion(tx: EntityManager, account: string): Promise<SealedVersion | undefined> {
  const [row] = (await tx.query(
    `SELECT b.version, b.iban_sealed AS "ibanSealed", p.person_id AS "personId" FROM bank_details b JOIN insured_person p USING (account)
      WHERE b.account = $1 ORDER BY b.version DESC LIMIT 1`,
    [account],
  )) as SealedVersion[];
  return row;
}
