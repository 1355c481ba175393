import { refuse as standard, serviceScope, setScope, type Access, type ServiceContext } from '@isu/chassis';
import { AccountNumber, Iban, type Nir } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { BankDetails } from '../bank-details/bank-details.js';
import { refuse } from '../refusals.js';
import { checkRegistration, maskedNir, registered, type Identity, type InsuredPerson, type RegisterPerson } from './insured-person.js';
import { findByNir, findPerson, findSealedIdentity, insertPerson, nextNumber } from './insured-person.table.js';

/** Where the sealed fields of a person live; bound into what is sealed. */
const nirPlace = { table: 'insured_person', column: 'nir_sealed' };
const identityPlace = { table: 'insured_person', column: 'identity_sealed' };
const ibanPlace = { table: 'bank_details', column: 'iban_sealed' };

/** Identity as it may be shown to the one who asks. */
export interface ShownIdentity extends Identity {
  readonly account: string;
  readonly nir: string;
  readonly iban: string | null;
}

type Context = Pick<ServiceContext, 'db' | 'facts' | 'clock' | 'protection'>;

export class InsuredPersonsService {
  constructor(
    private readonly context: Context,
    private readonly bankDetails: BankDetails,
    private readonly newId: () => string = v7,
  ) {}

  /** Affiliates a person and gives them their account. Refused for a NIR that already has one: one affiliation unites all activities. */
  async register(tx: EntityManager, demand: RegisterPerson & { iban: Iban | null }, access: Access): Promise<InsuredPerson> {
    const { clock, facts, protection } = this.context;
    checkRegistration(demand, clock.today());
    await setScope(tx, serviceScope);

    const nirIndex = protection.blindIndex('nir', demand.nir.toString());
    const earlier = await findByNir(tx, nirIndex);
    if (earlier) throw refuse('already-registered', { account: access.canReach({ account: earlier.account }) ? earlier.account : null });

    const account = AccountNumber.make(demand.fund, await nextNumber(tx, demand.fund));
    const personId = this.newId();
    const inserted = await insertPerson(tx, {
      account: account.toString(),
      personId,
      group: demand.group,
      regime: demand.regime,
      fund: demand.fund,
      department: demand.department,
      startedOn: demand.startedOn.iso,
      nirStatus: demand.nir.isProvisional ? 'provisional' : 'certified',
      nirIndex,
      nirSealed: await protection.seal(tx, personId, nirPlace, demand.nir.toString()),
      identitySealed: await protection.seal(tx, personId, identityPlace, JSON.stringify(demand.identity)),
      registeredAt: clock.recordedAt(),
      registeredBy: access.subject.sub,
    });
    if (!inserted) throw refuse('already-registered', { account: null });

    await facts.publish(tx, [registered(account, demand)]);
    if (demand.iban) await this.bankDetails.change(tx, { account, personId, iban: demand.iban, by: access.subject.sub });
    return this.mustFind(tx, account.toString());
  }

  async read(account: AccountNumber, access: Access): Promise<InsuredPerson> {
    return this.context.db.transaction(async (tx) => {
      await setScope(tx, access.reach);
      return this.mustFind(tx, account.toString());
    });
  }

  /** The person with this NIR, if the one who asks may see them; the search itself is journaled, found or not. */
  async findByNir(nir: Nir, access: Access): Promise<InsuredPerson[]> {
    const found = await this.context.db.transaction(async (tx) => {
      await setScope(tx, access.reach);
      return findByNir(tx, this.context.protection.blindIndex('nir', nir.toString()));
    });
    await access.showing(found ? [found.account] : []);
    return found ? [found] : [];
  }

  /** Names, NIR and bank details: in clear for those who must know, masked for the others; the IBAN always masked. */
  async readIdentity(account: AccountNumber, access: Access): Promise<ShownIdentity> {
    const { db, protection } = this.context;
    return db.transaction(async (tx) => {
      await setScope(tx, access.reach);
      const sealed = await findSealedIdentity(tx, account.toString());
      if (!sealed) throw standard('not-found');
      const { personId } = sealed;
      const nir = await protection.open(tx, personId, nirPlace, sealed.nirSealed);
      const identity = JSON.parse(await protection.open(tx, personId, identityPlace, sealed.identitySealed)) as Identity;
      const iban = sealed.ibanSealed && (await protection.open(tx, personId, ibanPlace, sealed.ibanSealed));
      return {
        account: account.toString(),
        ...identity,
        nir: access.masked ? maskedNir(nir) : nir,
        iban: iban && Iban.of(iban).masked(),
      };
    });
  }

  private async mustFind(tx: EntityManager, account: string): Promise<InsuredPerson> {
    const person = await findPerson(tx, account);
    if (!person) throw standard('not-found');
    return person;
  }
}
