import type { Access, ServiceContext } from '@isu/chassis';
import { Day, type AccountNumber } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Acting } from '../acting.js';
import { establishmentsChanged } from '../businesses/businesses.service.js';
import { checkNaf } from '../businesses/naf.js';
import { lastIncomesAfter, type LastIncomes } from '../endings/ending.js';
import { fundOfCode } from '../funds/fund.js';
import type { History, OpenFile } from '../history/history.js';
import type { ChangeDraft } from '../history/person-change.js';
import { refuse } from '../refusals.js';
import { findCollaborations, type Collaboration } from '../spouses/collaborations.js';
import { activitiesOf, groupOf, mainActivity, type Activity, type Register } from './activity.js';
import { changeSituation, situationOn, stateOn, type Decided, type Situation, type SituationDemand, type State } from './situation.js';
import { heardOf, type HeardOf } from './standing-facts.js';

/** The situation of a person on a day, as known on another, and what follows from the facts of the others. */
export interface ShownSituation extends Situation, Pick<HeardOf, 'taxedExOfficio' | 'settledOn'> {
  readonly account: string;
  readonly on: string;
  readonly knownOn: string;
  readonly fundName: string;
  readonly state: State;
  /** After an end: the incomes that are not declared yet, and by when; null while the activity goes on. */
  readonly lastIncomes: LastIncomes | null;
  /** Whose collaborating spouse the person is or was, oldest first. */
  readonly collaborations: readonly Collaboration[];
  /** Version of the last change known. */
  readonly version: number;
}

export interface NewActivity {
  readonly label: string;
  readonly naf: string | null;
  readonly register: Register;
  readonly startedOn: Day;
  readonly reason: string;
}

export interface DeclaredActivities {
  readonly year: number;
  readonly incomes: readonly { readonly activity: number; readonly amount: string }[];
  readonly reason: string;
}

type Context = Pick<ServiceContext, 'db' | 'clock' | 'facts'>;

export class SituationsService {
  constructor(
    private readonly context: Context,
    private readonly history: History,
  ) {}

  async read(account: AccountNumber, access: Access, asked: { on?: Day; knownOn?: Day }): Promise<ShownSituation> {
    const today = this.context.clock.today();
    const { on = today, knownOn = today } = asked;
    const changes = await this.history.read(account, access, knownOn);
    return this.shown(this.context.db, account, { changes, on, knownOn });
  }

  /** Changes group, regime, department or flags from a day on; the other services hear what concerns them. */
  async change(tx: EntityManager, account: AccountNumber, demand: SituationDemand, access: Acting): Promise<ShownSituation> {
    const file = await this.history.open(tx, account, access);
    const after = await this.say(tx, file, changeSituation(demand, this.deciding(file, access)), access);
    return this.shown(tx, account, { changes: after.changes, on: demand.from, knownOn: this.context.clock.today() });
  }

  async activities(account: AccountNumber, access: Access): Promise<ShownActivity[]> {
    return this.shownActivities(await this.history.read(account, access));
  }

  /** Another activity: one affiliation unites them, and the main one decides the group from the next 1 January. Refused for one that was said already. */
  async startActivity(tx: EntityManager, account: AccountNumber, demand: NewActivity, access: Access): Promise<ShownActivity[]> {
    const file = await this.history.open(tx, account, access);
    const { label, naf, register, startedOn, reason } = demand;
    checkNaf(naf);
    const { startedOn: begun, endedOn } = situationOn(file.changes, startedOn);
    if (startedOn.iso < begun) throw refuse('change-before-start', { startedOn: Day.of(begun).print() });
    if (endedOn !== null) throw refuse('activity-ended', { endedOn: Day.of(endedOn).print() });
    const activities = activitiesOf(file.changes);
    const isSaid = (one: Activity): boolean => one.label === label && one.register === register && one.startedOn === startedOn.iso;
    if (activities.some(isSaid)) throw refuse('nothing-changes');
    const id = activities.length + 1;
    const detail = { id, label, naf, register, startedOn: startedOn.iso };
    return this.sayOfActivities(tx, file, [{ subject: 'activity', change: 'started', effectiveOn: startedOn.iso, reason, detail }], access);
  }

  async endActivity(
    tx: EntityManager,
    account: AccountNumber,
    { id, on, reason }: { id: number; on: Day; reason: string },
    access: Access,
  ): Promise<ShownActivity[]> {
    const file = await this.history.open(tx, account, access);
    const going = activitiesOf(file.changes).filter(({ endedOn }) => endedOn === null);
    const activity = going.find((one) => one.id === id);
    if (!activity || on.iso < activity.startedOn) throw refuse('unknown-activity');
    if (going.length === 1) throw refuse('last-activity');
    const ended = { subject: 'activity', change: 'ended', effectiveOn: on.iso, reason, detail: { id, endedOn: on.iso } } as const;
    return this.sayOfActivities(tx, file, [ended], access);
  }

  /** The incomes of a year, activity by activity: where no craft decides, the higher one does. */
  async weighActivities(tx: EntityManager, account: AccountNumber, demand: DeclaredActivities, access: Access): Promise<ShownActivity[]> {
    const file = await this.history.open(tx, account, access);
    const known = new Set(activitiesOf(file.changes).map(({ id }) => id));
    if (demand.incomes.some(({ activity }) => !known.has(activity))) throw refuse('unknown-activity');
    const effectiveOn = this.context.clock.today().iso;
    const said = demand.incomes.map(({ activity, amount }): ChangeDraft => {
      const detail = { id: activity, income: { year: demand.year, amount } };
      return { subject: 'activity', change: 'income', effectiveOn, reason: demand.reason, detail };
    });
    return this.sayOfActivities(tx, file, said, access);
  }

  /** Keeps what is said, and lets the group follow the main activity from the next 1 January, when it is another (collection.md 1.3). */
  private async sayOfActivities(tx: EntityManager, file: OpenFile, said: readonly ChangeDraft[], access: Access): Promise<ShownActivity[]> {
    const today = this.context.clock.today();
    const kept = await this.history.keep(tx, file, said, access);
    const told = establishmentsChanged(file.account, kept.changes, today, access);
    const newYear = today.lastOfYear().plusDays(1);
    const main = mainActivity(activitiesOf(kept.changes), newYear);
    const group = main === null ? undefined : groupOf[main.register];
    if (group === undefined || group === situationOn(kept.changes, newYear).group) {
      await this.context.facts.publish(tx, [told]);
      return this.shownActivities(kept.changes);
    }
    const demand = { from: newYear, group, reason: `Activité principale : ${main?.label ?? groupWords[group]}` };
    const { changes, facts } = changeSituation(demand, this.deciding(kept, access));
    const after = await this.say(tx, kept, { changes, facts: [told, ...facts] }, access);
    return this.shownActivities(after.changes);
  }

  private async say(tx: EntityManager, file: OpenFile, { changes, facts }: Decided, access: Acting): Promise<OpenFile> {
    const after = await this.history.keep(tx, file, changes, access);
    await this.context.facts.publish(tx, facts);
    return after;
  }

  private deciding({ account, changes }: OpenFile, { correlation }: Acting) {
    return { account, changes, correlation, today: this.context.clock.today() };
  }

  private async shown(
    tx: Pick<EntityManager, 'query'>,
    account: AccountNumber,
    { changes, on, knownOn }: { changes: OpenFile['changes']; on: Day; knownOn: Day },
  ): Promise<ShownSituation> {
    const situation = situationOn(changes, on);
    const { taxedExOfficio, settledOn, declaredYears } = await heardOf(tx, account.toString(), situation.endedOn);
    return {
      ...situation,
      ...{ account: account.toString(), on: on.iso, knownOn: knownOn.iso, version: changes.length, taxedExOfficio, settledOn },
      fundName: fundOfCode(situation.fund)?.name ?? '',
      state: stateOn(situation, on, settledOn),
      lastIncomes: lastIncomesOf(situation, declaredYears),
      collaborations: await findCollaborations(tx, account.toString()),
    };
  }

  private shownActivities(changes: OpenFile['changes']): ShownActivity[] {
    const activities = activitiesOf(changes);
    const main = mainActivity(activities, this.context.clock.today());
    return activities.map((activity) => ({ ...activity, group: groupOf[activity.register], main: activity.id === main?.id }));
  }
}

/** An activity as it is shown: its group, and whether it is the one that decides the person's. */
export interface ShownActivity extends Activity {
  readonly group: Situation['group'];
  readonly main: boolean;
}

const groupWords: Readonly<Record<Situation['group'], string>> = {
  artisan: 'artisanale',
  commercant: 'commerciale',
  'profession-liberale': 'libérale',
};

function lastIncomesOf({ endedOn, ...situation }: Situation, declaredYears: readonly number[]): LastIncomes | null {
  if (endedOn === null) return null;
  const { incomesOf, incomesBy } = lastIncomesAfter({ ...situation, endedOn });
  return { incomesOf: incomesOf.filter((year) => !declaredYears.includes(year)), incomesBy };
}
