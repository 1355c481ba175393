import { setScope, type Access, type ServiceContext } from '@isu/chassis';
import { draft } from '@isu/contracts';
import { Iban, type AccountNumber } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { ibanPlace, type BankDetails } from '../bank-details/bank-details.js';
import type { History, OpenFile } from '../history/history.js';
import { identityPlace, type Identity } from '../insured-persons/insured-person.js';
import { refuse } from '../refusals.js';
import { ics, mandateText, rumOf, type Mandate, type MandateText } from './mandate.js';
import { findDebitDetails, findMandates, insertMandate, revokeMandate } from './mandate.table.js';

/** What a debit or a refund needs of an account: in memory only, for a service that asks for many at once. */
export interface DebitDetails {
  readonly account: string;
  readonly version: number;
  /** Whose bank account it is, as the bank's message must say. */
  readonly name: string;
  readonly iban: string;
  readonly rum: string | null;
  readonly ics: string | null;
  readonly signedOn: string | null;
}

type Context = Pick<ServiceContext, 'db' | 'facts' | 'clock' | 'protection'>;

/** SEPA mandates: signed on line as a dated act, one in force at a time, all of them kept (F15, F32). */
export class MandatesService {
  constructor(
    private readonly context: Context,
    private readonly history: History,
    private readonly bankDetails: BankDetails,
  ) {}

  async list(account: AccountNumber, access: Access): Promise<Mandate[]> {
    await this.history.read(account, access);
    return this.context.db.transaction(async (tx) => {
      await setScope(tx, access.reach);
      return findMandates(tx, account.toString());
    });
  }

  /** What would be signed now. Refused without bank details, and while a mandate is in force. */
  async text(account: AccountNumber, access: Access): Promise<MandateText> {
    return this.context.db.transaction(async (tx) => {
      const file = await this.history.open(tx, account, access);
      return this.toSign(tx, account, await findMandates(tx, file.account));
    });
  }

  /** Signs what was read: the digest is that of the text shown. The other services hear of the reference, and of nothing else. */
  async sign(tx: EntityManager, account: AccountNumber, digest: string, access: Access): Promise<Mandate> {
    const { clock, facts } = this.context;
    const file = await this.history.open(tx, account, access);
    const earlier = await findMandates(tx, file.account);
    const shown = await this.toSign(tx, account, earlier);
    if (shown.digest !== digest) throw refuse('mandate-text-changed');

    const [signedOn, signedAt] = [clock.today().iso, clock.recordedAt()];
    const mandate: Mandate = { rum: shown.rum, ics, signedOn, bankDetailsVersion: shown.bankDetailsVersion, revokedOn: null };
    const { subject, correlation } = access;
    const evidence = { sub: subject.sub, organisation: subject.org, role: subject.role, via: subject.via, at: clock.now().toISOString(), correlation }; // prettier-ignore
    await insertMandate(tx, { ...mandate, account: file.account, number: earlier.length + 1, textDigest: digest, signedAt, evidence });
    const detail = { rum: mandate.rum, bankDetailsVersion: mandate.bankDetailsVersion };
    await this.history.keep(tx, file, [{ subject: 'mandate', change: 'signed', effectiveOn: signedOn, reason: null, detail }], access);
    const told = { stream: file.account, type: 'affiliation.mandate-signed.v1', effectiveOn: signedOn, correlation } as const;
    await facts.publish(tx, [draft({ ...told, data: { rum: mandate.rum, signedOn } })]);
    return mandate;
  }

  /** From today on nothing is debited under it any more. Refused when none of this reference is in force. */
  async revoke(
    tx: EntityManager,
    account: AccountNumber,
    { rum, reason }: { rum: string; reason: string },
    access: Access,
  ): Promise<Mandate> {
    const file = await this.history.open(tx, account, access);
    const mandate = (await findMandates(tx, file.account)).find((one) => one.rum === rum && one.revokedOn === null);
    if (!mandate) throw refuse('unknown-mandate');
    return this.takeBack(tx, file, { mandate, reason }, access);
  }

  /** Whatever mandate is in force, of a person whose row the caller has locked: their account is withdrawn. */
  async revokeAll(tx: EntityManager, file: Pick<OpenFile, 'account' | 'personId'>, reason: string, access: Access): Promise<void> {
    const inForce = (await findMandates(tx, file.account)).filter(({ revokedOn }) => revokedOn === null);
    for (const mandate of inForce) await this.takeBack(tx, file, { mandate, reason }, access);
  }

  private async takeBack(
    tx: EntityManager,
    file: Pick<OpenFile, 'account' | 'personId'>,
    { mandate, reason }: { mandate: Mandate; reason: string },
    access: Access,
  ): Promise<Mandate> {
    const { clock, facts } = this.context;
    const [on, { rum }] = [clock.today().iso, mandate];
    await revokeMandate(tx, { rum, on, at: clock.recordedAt(), by: access.subject.sub, reason });
    await this.history.add(tx, file, [{ subject: 'mandate', change: 'revoked', effectiveOn: on, reason, detail: { rum } }], access);
    const told = {
      stream: file.account,
      type: 'affiliation.mandate-revoked.v1',
      effectiveOn: on,
      correlation: access.correlation,
    } as const;
    await facts.publish(tx, [draft({ ...told, data: { rum, on } })]);
    return { ...mandate, revokedOn: on };
  }

  /** Names, IBANs and mandates of up to a thousand accounts, for a debit or a refund run; who has none is left out. */
  async debitDetails(accounts: readonly AccountNumber[], access: Access): Promise<DebitDetails[]> {
    const { db, protection } = this.context;
    return db.transaction(async (tx) => {
      await setScope(tx, access.reach);
      const rows = await findDebitDetails(tx, accounts.map(String));
      const ibans = await protection.openMany(
        tx,
        ibanPlace,
        rows.map(({ personId, ibanSealed }) => ({ personId, sealed: ibanSealed })),
      );
      const identities = await protection.openMany(
        tx,
        identityPlace,
        rows.map(({ personId, identitySealed }) => ({ personId, sealed: identitySealed })),
      );
      return rows.map(({ account, version, rum, ics: creditor, signedOn }, rank) => ({
        ...{ account, version, rum, ics: creditor, signedOn, name: nameIn(identities[rank] ?? '{}') },
        iban: Iban.of(ibans[rank] ?? '').toString(),
      }));
    });
  }

  private async toSign(tx: EntityManager, account: AccountNumber, earlier: readonly Mandate[]): Promise<MandateText> {
    const inForce = earlier.find(({ revokedOn }) => revokedOn === null);
    if (inForce) throw refuse('mandate-in-force', { rum: inForce.rum });
    const details = await this.bankDetails.inForce(tx, account.toString());
    if (!details) throw refuse('no-bank-details');
    return mandateText({ rum: rumOf(account.toString(), earlier.length + 1), iban: details.iban, version: details.version });
  }
}

function nameIn(identity: string): string {
  const { givenNames = '', familyName = '' } = JSON.parse(identity) as Partial<Identity>;
  return `${givenNames} ${familyName}`.trim();
}
