import { endOfDayInParis, refuse as standard, setScope, type Access, type ServiceContext } from '@isu/chassis';
import type { AccountNumber, Day } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { lockPerson } from '../insured-persons/insured-person.table.js';
import { refuse } from '../refusals.js';
import { comingChange, situationOn } from '../situations/situation.js';
import { findChanges, keepChanges, saveInForce } from './history.table.js';
import { authorOf, type ChangeDraft, type PersonChange } from './person-change.js';

/** A person whose row is locked, with all that was ever said of them. */
export interface OpenFile {
  readonly account: string;
  readonly personId: string;
  readonly changes: readonly PersonChange[];
}

type Context = Pick<ServiceContext, 'db' | 'clock'>;

/** The history of people: who said what, when, why, and since when it counts. Every room of affiliation writes its changes here. */
export class History {
  constructor(private readonly context: Context) {}

  /** Locks the person and reads what was said of them, within reach of the one who asks. Refused as absent beyond it. */
  async open(tx: EntityManager, account: AccountNumber, access: Pick<Access, 'reach'>): Promise<OpenFile> {
    await setScope(tx, access.reach);
    const person = await lockPerson(tx, account.toString());
    if (!person) throw standard('not-found');
    if (person.mergedInto !== null) throw refuse('account-merged', { into: person.mergedInto });
    return { account: account.toString(), personId: person.personId, changes: await findChanges(tx, account.toString()) };
  }

  /** Keeps changes of an open file, and lets the person's row show what is in force today. */
  async keep(tx: EntityManager, file: OpenFile, drafts: readonly ChangeDraft[], access: Pick<Access, 'subject'>): Promise<OpenFile> {
    const { account, changes: earlier } = file;
    const by = authorOf(access);
    const changes = await keepChanges(tx, { account, earlier, drafts, by, learnedAt: this.context.clock.recordedAt() });
    if (drafts.some(({ subject }) => subject === 'situation')) await this.showInForce(tx, account, changes);
    return { ...file, changes };
  }

  /** Keeps changes of a person whose row the caller has locked. */
  async add(
    tx: EntityManager,
    { account, personId }: Pick<OpenFile, 'account' | 'personId'>,
    drafts: readonly ChangeDraft[],
    access: Pick<Access, 'subject'>,
  ): Promise<OpenFile> {
    return this.keep(tx, { account, personId, changes: await findChanges(tx, account) }, drafts, access);
  }

  async showInForce(tx: EntityManager, account: string, changes: readonly PersonChange[]): Promise<void> {
    const today = this.context.clock.today();
    await saveInForce(tx, account, { ...situationOn(changes, today), next: comingChange(changes, today) });
  }

  /** Everything said of a person, as known at the end of a day when one is named; refused as absent when nothing was known. */
  async read(account: AccountNumber, access: Pick<Access, 'reach'>, knownOn?: Day): Promise<PersonChange[]> {
    return this.context.db.transaction(async (tx) => {
      await setScope(tx, access.reach);
      const changes = await findChanges(tx, account.toString(), knownOn === undefined ? null : endOfDayInParis(knownOn.iso));
      if (changes.length === 0) throw standard('not-found');
      return changes;
    });
  }
}
