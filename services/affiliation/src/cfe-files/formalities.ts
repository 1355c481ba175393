import { refuse as standard, serviceScope, setScope, type ServiceContext } from '@isu/chassis';
import { AccountNumber, Day, type Nir } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { AcreRequestsService } from '../acre/acre-requests.service.js';
import type { Acting } from '../acting.js';
import type { BusinessesService } from '../businesses/businesses.service.js';
import type { Contacts } from '../contacts/contacts.js';
import { periodOf } from '../endings/ending.js';
import type { EndingsService } from '../endings/endings.service.js';
import { fundFor } from '../funds/fund.js';
import { findChanges } from '../history/history.table.js';
import type { RegisterPerson } from '../insured-persons/insured-person.js';
import type { InsuredPersonsService } from '../insured-persons/insured-persons.service.js';
import { findByNir } from '../insured-persons/insured-person.table.js';
import type { ProposalsService } from '../proposals/proposals.service.js';
import { refuse } from '../refusals.js';
import { groupOf } from '../situations/activity.js';
import { situationOn } from '../situations/situation.js';
import type { SituationsService } from '../situations/situations.service.js';
import type { SpousesService } from '../spouses/spouses.service.js';
import type { CfeEvent, Creation, EstablishmentTransfer, Modification } from './cfe-format.js';
import { checkForms, nirOf, siretOf } from './cfe-values.js';

/** The use cases that the routes call too: a formality says nothing that an agent could not have keyed. */
interface UseCases {
  readonly persons: InsuredPersonsService;
  readonly situations: SituationsService;
  readonly proposals: ProposalsService;
  readonly businesses: BusinessesService;
  readonly contacts: Contacts;
  readonly endings: EndingsService;
  readonly acre: AcreRequestsService;
  readonly spouses: SpousesService;
}

/** What a formality led to: done, or proposed to a second agent (another caisse, four eyes). */
export interface Done {
  readonly outcome: 'applied' | 'proposed';
  readonly account: string;
}

/** Carries a formality out for who handed the file in, or throws the refusal of the use case. */
export class Formalities {
  constructor(
    private readonly context: Pick<ServiceContext, 'protection'>,
    private readonly useCases: UseCases,
  ) {}

  async carryOut(tx: EntityManager, event: CfeEvent, reason: string, acting: Acting): Promise<Done> {
    if (event.type === 'creation') return this.create(tx, event, reason, acting);
    const account = await this.accountOf(tx, nirOf(event.nir), acting);
    const outcome = await this.change(tx, account, { event, reason }, acting);
    return { outcome, account: account.toString() };
  }

  private async change(
    tx: EntityManager,
    account: AccountNumber,
    { event, reason }: { event: Exclude<CfeEvent, Creation>; reason: string },
    acting: Acting,
  ): Promise<Done['outcome']> {
    const { businesses, endings, acre, spouses } = this.useCases;
    switch (event.type) {
      case 'modification':
        return this.modify(tx, account, { event, reason }, acting);
      case 'establishment-opening': {
        checkForms(event);
        const { naf = null, main = false, legalForm = null } = event;
        const opening = { siret: siretOf(event.siret), naf, openedOn: Day.of(event.openedOn), main, legalForm, reason };
        await businesses.open(tx, account, opening, acting);
        return 'applied';
      }
      case 'establishment-transfer':
        await this.transfer(tx, account, { event, reason }, acting);
        return 'applied';
      case 'establishment-closing':
        await businesses.close(tx, account, { siret: siretOf(event.siret), on: Day.of(event.on), reason }, acting);
        return 'applied';
      case 'cessation':
        await endings.end(tx, account, { on: Day.of(event.on), cause: event.cause, reason }, acting);
        return 'applied';
      case 'acre-request':
        await acre.request(tx, account, event.complete, acting);
        return 'applied';
      case 'spouse': {
        const spouseAccount = (await this.accountOf(tx, nirOf(event.spouseNir, 'spouseNir'), acting)).toString();
        const { bond, employees, option = null } = event;
        await spouses.link(tx, account, { spouseAccount, bond, employees, from: Day.of(event.from), option, reason }, acting);
        return 'applied';
      }
    }
  }

  /** What a creation asks for, whoever it is about; refused for what its own fields say, or when its caisse is out of reach. */
  async demandOf(event: Creation, acting: Acting): Promise<RegisterPerson> {
    const nir = nirOf(event.nir);
    checkForms(event);
    const { familyName, givenNames, email = null, phone = null, address = null, regime, register, department } = event;
    const group = groupOf[register];
    const fund = fundFor(group, department)?.code;
    if (fund === undefined) throw refuse('unknown-department');
    await acting.mustReach({ fund });
    const [birthDate, startedOn] = [Day.of(event.birthDate), Day.of(event.startedOn)];
    const identity = { familyName, givenNames, birthDate: birthDate.iso, email, phone, address };
    const siret = event.siret === undefined ? null : siretOf(event.siret).toString();
    const profession = { siret, activity: event.activity ?? null, naf: event.naf ?? null };
    return { nir, identity, birthDate, profession, group, regime, startedOn, department, fund };
  }

  /** A person who is not known yet is affiliated; one whose activity ended begins anew on the same account. */
  private async create(tx: EntityManager, event: Creation, reason: string, acting: Acting): Promise<Done> {
    const demand = await this.demandOf(event, acting);
    const known = await this.find(tx, demand.nir);
    if (known && (await this.hasEnded(tx, known))) {
      const { regime, startedOn, department } = demand;
      const activity = event.activity ?? 'Nouvelle activité';
      const reopening = { startedOn, register: event.register, regime, department, activity, reason };
      const card = await this.useCases.endings.reopen(tx, AccountNumber.of(known), reopening, acting);
      return { outcome: 'applied', account: card.account };
    }
    return { outcome: 'applied', account: (await this.useCases.persons.register(tx, { ...demand, iban: null }, acting)).account };
  }

  /** What changes of the situation and how the person is reached. Another caisse is proposed, and decided by a second agent. */
  private async modify(
    tx: EntityManager,
    account: AccountNumber,
    { event, reason }: { event: Modification; reason: string },
    acting: Acting,
  ): Promise<Done['outcome']> {
    checkForms(event);
    const { register, regime, department, email, phone, address } = event;
    const from = Day.of(event.from);
    const contact = {
      ...(email !== undefined && { email }),
      ...(phone !== undefined && { phone }),
      ...(address !== undefined && { address }),
    };
    const before = situationOn(await findChanges(tx, account.toString()), from);
    const moves = register === undefined && department !== undefined && fundFor(before.group, department)?.code !== before.fund;
    const situation = {
      ...(register !== undefined && { group: groupOf[register] }),
      ...(regime !== undefined && { regime }),
      ...(department !== undefined && !moves && { department }),
    };
    const says = [contact, situation].filter((part) => Object.keys(part).length > 0);
    if (says.length === 0 && !moves) throw refuse('nothing-changes');
    if (Object.keys(contact).length > 0) {
      await this.useCases.contacts.correctWithin(tx, { account, contact, reason, read: undefined }, acting);
    }
    if (Object.keys(situation).length > 0) await this.useCases.situations.change(tx, account, { from, ...situation, reason }, acting);
    if (!moves) return 'applied';
    await this.useCases.proposals.proposeTransfer(tx, account, { department, from, reason }, acting);
    return 'proposed';
  }

  /** The shop moves: the new establishment is what the old one was, and the old one closes the day before. */
  private async transfer(
    tx: EntityManager,
    account: AccountNumber,
    { event, reason }: { event: EstablishmentTransfer; reason: string },
    acting: Acting,
  ): Promise<void> {
    checkForms(event);
    const { businesses } = this.useCases;
    const [closing, on] = [siretOf(event.fromSiret, 'fromSiret'), Day.of(event.on)];
    const { establishments } = await businesses.ofFile(tx, account, acting);
    const old = establishments.find((one) => one.siret === closing.toString() && one.closedOn === null);
    if (!old) throw refuse('unknown-establishment');
    const opening = {
      siret: siretOf(event.toSiret, 'toSiret'),
      naf: event.naf ?? old.naf,
      openedOn: on,
      main: old.main,
      legalForm: null,
      reason,
    };
    await businesses.open(tx, account, opening, acting);
    await businesses.close(tx, account, { siret: closing, on: on.minusDays(1), reason }, acting);
  }

  private async hasEnded(tx: EntityManager, account: string): Promise<boolean> {
    return periodOf(await findChanges(tx, account)).endedOn !== null;
  }

  /** Nobody of that number, and somebody out of reach of who handed the file in, are answered alike. */
  private async accountOf(tx: EntityManager, nir: Nir, acting: Acting): Promise<AccountNumber> {
    const account = await this.find(tx, nir);
    if (account === null || !(await acting.canReach({ account }))) throw standard('not-found');
    return AccountNumber.of(account);
  }

  private async find(tx: EntityManager, nir: Nir): Promise<string | null> {
    await setScope(tx, serviceScope);
    return (await findByNir(tx, this.context.protection.blindIndex('nir', nir.toString())))?.account ?? null;
  }
}
