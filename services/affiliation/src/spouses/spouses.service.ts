import { refuse as standard, type Access, type ServiceContext } from '@isu/chassis';
import type { SpouseOption } from '@isu/contracts';
import type { AccountNumber, Day } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Acting } from '../acting.js';
import type { History, OpenFile } from '../history/history.js';
import { findPerson } from '../insured-persons/insured-person.table.js';
import { refuse } from '../refusals.js';
import { situationOn, type Decided } from '../situations/situation.js';
import { chooseOption, endSpouse, linkSpouse, spousesOf, type Spouse, type SpouseDemand } from './spouse.js';

type Context = Pick<ServiceContext, 'clock' | 'facts'>;

export class SpousesService {
  constructor(
    private readonly context: Context,
    private readonly history: History,
  ) {}

  async list(account: AccountNumber, access: Access): Promise<Spouse[]> {
    return spousesOf(await this.history.read(account, access));
  }

  /** Links a person who has an account of their own: rights are the spouse's own, what is due is called on the head's. */
  async link(tx: EntityManager, account: AccountNumber, demand: SpouseDemand, access: Acting): Promise<Spouse[]> {
    const file = await this.history.open(tx, account, access);
    await access.mustReach({ account: demand.spouseAccount });
    if (!(await findPerson(tx, demand.spouseAccount))) throw standard('not-found');
    this.allowOption(file, demand.option, demand.from);
    return this.say(tx, file, linkSpouse(demand, this.head(file, access)), access);
  }

  async choose(
    tx: EntityManager,
    account: AccountNumber,
    demand: { option: SpouseOption; reason: string },
    access: Access,
  ): Promise<Spouse[]> {
    const file = await this.history.open(tx, account, access);
    this.allowOption(file, demand.option, this.context.clock.today());
    return this.say(tx, file, chooseOption(demand, this.head(file, access)), access);
  }

  async end(tx: EntityManager, account: AccountNumber, demand: { on: Day; reason: string }, access: Access): Promise<Spouse[]> {
    const file = await this.history.open(tx, account, access);
    return this.say(tx, file, endSpouse(demand, this.head(file, access)), access);
  }

  /** The spouse of a micro-entrepreneur: a third of the PASS, the head having no income to share (by default). */
  private allowOption({ changes }: OpenFile, option: SpouseOption | null, day: Day): void {
    const isMicro = situationOn(changes, day).regime === 'micro-social';
    if (isMicro && option !== null && option !== 'third-of-pass') throw refuse('option-not-for-micro');
  }

  private head({ account, changes }: OpenFile, { correlation }: Acting) {
    return { account, changes, correlation, today: this.context.clock.today() };
  }

  private async say(tx: EntityManager, file: OpenFile, { changes, facts }: Decided, access: Acting): Promise<Spouse[]> {
    const after = await this.history.keep(tx, file, changes, access);
    await this.context.facts.publish(tx, facts);
    return spousesOf(after.changes);
  }
}
