import { refuse as standard, setScope, type Access, type Refusal, type ServiceContext } from '@isu/chassis';
import { Iban, type AccountNumber, type Nir } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Acting } from '../acting.js';
import { ibanPlace, type BankDetails } from '../bank-details/bank-details.js';
import { refuse } from '../refusals.js';
import {
  cardOf,
  checkRegistration,
  identityPlace,
  maskedNir,
  nirPlace,
  type Identity,
  type PersonCard,
  type RegisterPerson,
  type ShownIdentity,
} from './insured-person.js';
import { findByNir, findPerson, findSealedIdentity } from './insured-person.table.js';
import type { Registrations } from './registrations.js';

interface Parts {
  readonly bankDetails: BankDetails;
  readonly registrations: Registrations;
}

type Context = Pick<ServiceContext, 'db' | 'facts' | 'clock' | 'protection'>;

export class InsuredPersonsService {
  constructor(
    private readonly context: Context,
    private readonly parts: Parts,
  ) {}

  /** Affiliates a person and gives them their account. Refused for a NIR that already has one: one affiliation unites all activities. */
  async register(tx: EntityManager, demand: RegisterPerson & { iban: Iban | null }, access: Acting): Promise<PersonCard> {
    checkRegistration(demand, this.context.clock.today());
    const { registrations } = this.parts;
    const [isKnown] = await registrations.known(tx, [demand]);
    const [begun] = isKnown ? [] : await registrations.register(tx, [demand], access);
    if (!begun) throw await this.alreadyRegistered(tx, demand.nir, access);
    if (demand.iban) await this.parts.bankDetails.change(tx, { ...begun, iban: demand.iban, access });
    return mustFind(tx, begun.account);
  }

  async read(account: AccountNumber, access: Access): Promise<PersonCard> {
    return this.context.db.transaction(async (tx) => {
      await setScope(tx, access.reach);
      return mustFind(tx, account);
    });
  }

  /** Names, birth date, NIR and IBAN; the two numbers in clear only for those who must know them. */
  async readIdentity(account: AccountNumber, access: Access): Promise<ShownIdentity> {
    const { db, protection } = this.context;
    return db.transaction(async (tx) => {
      await setScope(tx, access.reach);
      const sealed = await findSealedIdentity(tx, account.toString());
      if (!sealed) throw standard('not-found');
      const { personId } = sealed;
      const nir = await protection.open(tx, personId, nirPlace, sealed.nirSealed);
      const identity = JSON.parse(await protection.open(tx, personId, identityPlace, sealed.identitySealed)) as Identity;
      const iban = sealed.ibanSealed && Iban.of(await protection.open(tx, personId, ibanPlace, sealed.ibanSealed));
      return {
        account: account.toString(),
        ...identity,
        nir: access.masked ? maskedNir(nir) : nir,
        iban: iban && (access.masked ? iban.masked() : iban.toString()),
      };
    });
  }

  /** Names the account to those who may see it; the others learn that there is one, since they could not register a second. */
  private async alreadyRegistered(tx: EntityManager, nir: Nir, access: Acting): Promise<Refusal> {
    const known = await findByNir(tx, this.context.protection.blindIndex('nir', nir.toString()));
    if (!known) throw new Error('Who was not registered has an account.');
    return refuse('already-registered', { account: (await access.canReach({ account: known.account })) ? known.account : null });
  }
}

async function mustFind(tx: EntityManager, account: AccountNumber): Promise<PersonCard> {
  const person = await findPerson(tx, account.toString());
  if (!person) throw standard('not-found');
  return cardOf(person);
}
