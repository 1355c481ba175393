import { refuse as standard, serviceScope, setScope, type Access, type ServiceContext } from '@isu/chassis';
import { AccountNumber, Iban } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { Acting } from '../acting.js';
import { ibanPlace, type BankDetails } from '../bank-details/bank-details.js';
import type { History } from '../history/history.js';
import { affiliationNotice, type Letters } from '../letters/letters.js';
import { refuse } from '../refusals.js';
import { searchKeysOf } from '../searches/search-keys.js';
import {
  cardOf,
  checkRegistration,
  identityPlace,
  maskedNir,
  nirPlace,
  registered,
  type Identity,
  type PersonCard,
  type RegisterPerson,
  type ShownIdentity,
} from './insured-person.js';
import { findByNir, findPerson, findSealedIdentity, insertEstablishment, insertPerson, nextNumber } from './insured-person.table.js';

interface Parts {
  readonly bankDetails: BankDetails;
  readonly history: History;
  readonly letters: Letters;
}

type Context = Pick<ServiceContext, 'db' | 'facts' | 'clock' | 'protection'>;

export class InsuredPersonsService {
  constructor(
    private readonly context: Context,
    private readonly parts: Parts,
    private readonly newId: () => string = v7,
  ) {}

  /** Affiliates a person and gives them their account. Refused for a NIR that already has one: one affiliation unites all activities. */
  async register(tx: EntityManager, demand: RegisterPerson & { iban: Iban | null }, access: Acting): Promise<PersonCard> {
    const { clock, facts, protection } = this.context;
    checkRegistration(demand, clock.today());
    await setScope(tx, serviceScope);
    const nirIndex = protection.blindIndex('nir', demand.nir.toString());
    await refuseKnown(tx, nirIndex, access);

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
      ...demand.profession,
      ...searchKeysOf(protection, demand.identity),
      nirStatus: demand.nir.isProvisional ? 'provisional' : 'certified',
      nirIndex,
      nirSealed: await protection.seal(tx, personId, nirPlace, demand.nir.toString()),
      identitySealed: await protection.seal(tx, personId, identityPlace, JSON.stringify(demand.identity)),
      registeredAt: clock.recordedAt(),
      registeredBy: access.subject.sub,
    });
    // Somebody registered the same NIR between our look and our writing: they committed first, and are seen now.
    if (!inserted) await refuseKnown(tx, nirIndex, access);

    if (demand.profession.siret) await insertEstablishment(tx, account.toString(), demand.profession.siret);
    await this.parts.history.begin(tx, account, { ...demand, ...demand.profession, startedOn: demand.startedOn.iso }, access);
    await facts.publish(tx, [registered(account, demand, access.correlation)]);
    if (demand.iban) await this.parts.bankDetails.change(tx, { account, personId, iban: demand.iban, access });
    const card = await mustFind(tx, account);
    await this.parts.letters.write(tx, [affiliationNotice(card, clock.today())], access);
    return card;
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
}

/** Names the account to those who may see it; the others learn that there is one, since they could not register a second. */
async function refuseKnown(tx: EntityManager, nirIndex: Buffer, access: Acting): Promise<void> {
  const known = await findByNir(tx, nirIndex);
  if (known) throw refuse('already-registered', { account: (await access.canReach({ account: known.account })) ? known.account : null });
}

async function mustFind(tx: EntityManager, account: AccountNumber): Promise<PersonCard> {
  const person = await findPerson(tx, account.toString());
  if (!person) throw standard('not-found');
  return cardOf(person);
}
