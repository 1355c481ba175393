import { serviceScope, setScope, type Access, type ServiceContext } from '@isu/chassis';
import type { AccountNumber } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Acting } from '../acting.js';
import { establishmentsChanged } from '../businesses/businesses.service.js';
import type { History, OpenFile } from '../history/history.js';
import { cardOf, identityPlace, type Identity, type PersonCard } from '../insured-persons/insured-person.js';
import { findPerson, findSealedIdentity } from '../insured-persons/insured-person.table.js';
import { endNotice, type Letters } from '../letters/letters.js';
import type { Decided } from '../situations/situation.js';
import { endActivity, type EndDemand, type EndOfActivity } from './ending.js';
import { reopen, type ReopeningDemand } from './reopening.js';

type Context = Pick<ServiceContext, 'clock' | 'facts' | 'protection'>;

/** The end of an activity and its new start (radiation, réouverture): the account stays the same for ever. */
export class EndingsService {
  constructor(
    private readonly context: Context,
    private readonly history: History,
    private readonly letters: Letters,
  ) {}

  async end(tx: EntityManager, account: AccountNumber, demand: EndDemand, access: Acting): Promise<EndOfActivity> {
    const file = await this.history.open(tx, account, access);
    const { ending, ...decided } = endActivity(demand, { ...file, today: this.context.clock.today(), correlation: access.correlation });
    await this.say(tx, file, decided, access);
    await this.letters.write(tx, [endNotice(ending)], access);
    return ending;
  }

  async reopen(tx: EntityManager, account: AccountNumber, demand: ReopeningDemand, access: Acting): Promise<PersonCard> {
    const file = await this.history.open(tx, account, access);
    const sealed = await findSealedIdentity(tx, file.account);
    const identity = await this.context.protection.open(tx, file.personId, identityPlace, sealed?.identitySealed ?? Buffer.alloc(0));
    const birthYear = Number((JSON.parse(identity) as Identity).birthDate.slice(0, 4));
    const bankDetailsVersion = (await findPerson(tx, file.account))?.bankDetailsVersion ?? null;
    const known = { ...file, today: this.context.clock.today(), correlation: access.correlation, birthYear, bankDetailsVersion };
    await this.say(tx, file, reopen(demand, known), access);
    // The new start may be at another caisse, and the person then out of reach of the agent who keyed it: they still get their answer.
    await setScope(tx, serviceScope);
    const person = await findPerson(tx, file.account);
    if (!person) throw new Error('A person whose row is locked is there.');
    return cardOf(person);
  }

  /** Keeps what was decided, and tells the other services: the end or the start, and that the list of establishments is another. */
  async say(
    tx: EntityManager,
    file: OpenFile,
    { changes, facts }: Decided,
    access: Pick<Access, 'subject' | 'correlation'>,
  ): Promise<void> {
    const after = await this.history.keep(tx, file, changes, access);
    const told = establishmentsChanged(file.account, after.changes, this.context.clock.today(), access);
    await this.context.facts.publish(tx, [...facts, told]);
  }
}
