import { calendarOf, finalSettlementDay, singlePaymentSlot, type OwedLine, type Slot } from '@isu/calc';
import { draft, isFact, type FactDraft } from '@isu/contracts';
import { together, type FactStore } from '@isu/messaging';
import { clockOf, Day, Money, type BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { DecidedAssessment } from '../assessments/assessment.js';
import { hasEndedBefore } from '../accounts/account.js';
import { standingAfter, type AssessmentsService, type Decision, type Occasion } from '../assessments/assessments.service.js';
import type { CreditsService } from '../accounting/credits.service.js';
import type { ReleasesService } from '../payments/releases.service.js';
import { takeBackOverpaid } from './overpaid.js';
import { replan, totalAsked } from './replan.js';
import { isSettled, meansUnder, sameInstalments, type Instalment, type Schedule } from './schedule.js';
import { instalmentsInForce, replaceSchedules, schedulesInForce } from './schedule.table.js';

/** An account whose contributions are called again. */
export interface Call extends Occasion {
  /** The civil year whose calendar asks for what is owed. */
  readonly civilYear: number;
  /** Payments due before this day stand as they are. */
  readonly from: Day;
  /** Another periodicity from `from` on: all that is still to come is cut again. */
  readonly newCalendar?: boolean;
  /** A period of activity begins: it has its own due dates, whatever the calendar of an earlier one asked. */
  readonly begins?: boolean;
  /** The activity has ended: nothing is due on the calendar any more from `from` on; what is left is one payment. */
  readonly settles?: boolean;
}

export interface IssuedSchedule {
  readonly schedule: Schedule;
  readonly instalments: readonly Instalment[];
}

/** What a call makes of an account: nothing of both when all stands as it was. */
export interface Called {
  readonly assessments: readonly DecidedAssessment[];
  readonly schedules: readonly IssuedSchedule[];
  /** Everything that is asked, of whatever civil year, before the call and after it. */
  readonly instalments: { readonly before: readonly Instalment[]; readonly after: readonly Instalment[] };
}

/** A call that has been decided and not carried out yet. */
export interface Planned {
  readonly call: Call;
  readonly decision: Decision;
  readonly before: readonly Instalment[];
  readonly after: readonly Instalment[];
  readonly issued: readonly (IssuedSchedule & { readonly replaces: string | undefined; readonly was: readonly Instalment[] })[];
}

/**
 * Calls contributions (the notice is one document, CSS R. 131-1): what is owed is assessed again, the calendar is cut again, and
 * both are told in one breath. The accounts are locked by the caller; any number of them, in sets.
 */
export class SchedulesService {
  constructor(
    private readonly assessments: AssessmentsService,
    private readonly facts: FactStore,
    private readonly clock: BusinessClock,
    private readonly overpaid: { readonly releases: ReleasesService; readonly credits: Pick<CreditsService, 'place'> },
  ) {}

  async call(tx: EntityManager, calls: readonly Call[]): Promise<Map<string, Called>> {
    if (calls.length === 0) return new Map();
    return this.carryOut(tx, await this.plan(tx, calls));
  }

  /** Books what was decided, keeps it, and tells it. */
  async carryOut(tx: EntityManager, planned: readonly Planned[]): Promise<Map<string, Called>> {
    await this.issue(tx, planned);
    return new Map(planned.map((each) => [each.call.account.account, calledBy(each)]));
  }

  /** What a call would make of an account: the same decision, and nothing is written. */
  async foresee(tx: Pick<EntityManager, 'query'>, call: Call): Promise<Called> {
    const [planned] = await this.plan(tx, [call]);
    if (!planned) throw new Error('Every account called has a plan.');
    return calledBy(planned);
  }

  private async plan(tx: Pick<EntityManager, 'query'>, calls: readonly Call[]): Promise<Planned[]> {
    const numbers = calls.map(({ account }) => account.account);
    const [decisions, schedules, instalments] = await together(
      this.assessments.decide(tx, calls),
      schedulesInForce(tx, numbers),
      instalmentsInForce(tx, numbers),
    );
    return calls.map((call, rank) => {
      const [number, decision] = [call.account.account, decisions[rank]];
      if (!decision) throw new Error('Every account called has been decided.');
      const before = { schedules: schedules.get(number) ?? new Map<number, Schedule>(), instalments: instalments.get(number) ?? [] };
      return { call, decision, before: before.instalments, ...plan(call, { decision, before, today: clockOf(tx, this.clock).today() }) };
    });
  }

  /** The facts first: a calendar in force knows which fact issued it. */
  private async issue(tx: EntityManager, planned: readonly Planned[]): Promise<void> {
    const today = clockOf(tx, this.clock).today().iso;
    // Before the notice is issued, so that it says what is paid as it stands.
    const freed = await this.overpaid.releases.followCalendars(
      tx,
      planned.map(({ call: { account, cause, correlation }, before, after }) => ({
        account: account.account,
        cause,
        correlation,
        before,
        after,
      })),
    );
    const assessed = await this.assessments.carryOut(
      tx,
      planned.map(({ decision }) => decision),
    );
    const drafts = planned.flatMap(({ call, issued }) => [
      ...(assessed.get(call.account.account) ?? []),
      ...issued.map((each) => scheduleIssued(call, each, today)),
    ]);
    const facts = await this.facts.publish(tx, drafts);
    const factOf = new Map(
      facts.flatMap((fact) => (isFact(fact, 'collection.schedule-issued.v1') ? [[`${fact.subject}/${fact.data.year}`, fact.id]] : [])),
    );
    await replaceSchedules(
      tx,
      planned.flatMap(({ issued }) =>
        issued.map(({ schedule, was, instalments }) => {
          const fact = factOf.get(`${schedule.account}/${schedule.year}`);
          if (fact === undefined) throw new Error('Every calendar issued has its fact.');
          return { schedule: { ...schedule, fact }, was, instalments };
        }),
      ),
    );
    // Own debts first, the oldest first (CSS R. 613-1-3).
    await this.overpaid.credits.place(tx, freed, clockOf(tx, this.clock).today());
  }
}

const calledBy = ({ decision, issued, before, after }: Planned): Called => ({
  assessments: decision.fresh,
  schedules: issued,
  instalments: { before, after },
});

interface InForce {
  readonly schedules: ReadonlyMap<number, Schedule>;
  readonly instalments: readonly Instalment[];
}

/** The calendars that come out changed, of the civil year called and of those after it that have been issued already. */
function plan(
  call: Call,
  { decision, before, today }: { decision: Decision; before: InForce; today: Day },
): Pick<Planned, 'issued' | 'after'> {
  const [changed, inForce] = [new Set(decision.fresh.map(({ year }) => year)), standingAfter(decision)];
  const later = [...before.schedules.keys()].filter((year) => year > call.civilYear);
  let instalments = [...before.instalments];
  const everythingOwed = owedUpTo(Math.max(call.civilYear, ...later), inForce);
  for (const year of [call.civilYear, ...later]) {
    const owed = everythingOwed.filter((line) => line.year <= year);
    const slots = slotsFor(call, { year, schedule: before.schedules.get(year), today });
    if (call.newCalendar && slots?.length === 0) continue;
    const standing = instalments;
    const planned = replan({
      ...{ year, instalments, owed, from: call.from, changed, slots },
      afterwards: () => afterwards(call, { year, instalments: standing, today }),
    });
    instalments = planned.map((each) => underMandate(call, each, year));
  }
  instalments = takeBackOverpaid(instalments, { owed: everythingOwed, kept: decision.estimated });
  const years = new Set([...before.schedules.keys(), ...instalments.map(({ schedule }) => schedule)]);
  const issued = [...years].sort().flatMap((year): Planned['issued'] => {
    const [was, is] = [before.instalments, instalments].map((list) => list.filter(({ schedule }) => schedule === year)) as [
      Instalment[],
      Instalment[],
    ];
    const earlier = before.schedules.get(year);
    if (sameInstalments(was, is) || (!earlier && totalAsked(is).isZero)) return [];
    const periodicity = earlier && !call.newCalendar ? earlier.periodicity : call.account.periodicity;
    const schedule = { account: call.account.account, year, version: (earlier?.version ?? 0) + 1, periodicity, fact: '' };
    return [{ schedule, was, instalments: is, replaces: earlier?.fact }];
  });
  return { issued, after: instalments };
}

const owedUpTo = (civilYear: number, inForce: ReadonlyMap<number, DecidedAssessment>): OwedLine[] =>
  [...inForce.values()].filter(({ year }) => year <= civilYear).flatMap(owedIn);

/** What one contribution owes is one debt, also in a year that has it at two rates or under two schemes. */
function owedIn({ year, lines }: DecidedAssessment): OwedLine[] {
  const byCode = new Map<string, Money>();
  for (const { code, amount } of lines) byCode.set(code, (byCode.get(code) ?? Money.zero).plus(Money.of(amount)));
  return [...byCode].map(([code, amount]) => ({ year, code, amount }));
}

interface OfYear {
  readonly year: number;
  readonly today: Day;
}

/** Null: the due dates already announced are kept. An activity that has ended gets none. */
function slotsFor(
  { account, from, newCalendar, begins, settles }: Call,
  { year, schedule, today }: OfYear & { readonly schedule: Schedule | undefined },
): Slot[] | null {
  if (settles) return [];
  if (schedule && !newCalendar && !begins) return null;
  if (hasEndedBefore(account, today)) return [];
  return calendarOf(year, account.periodicity).filter(({ dueOn }) => dueOn.atLeast(from));
}

/**
 * The single payment of what the year's calendar can ask no more: `R1`, or the next one where it has fallen due. On the next regular
 * date, or within thirty days where the activity has ended.
 */
function afterwards(
  { account, from }: Pick<Call, 'account' | 'from'>,
  { year, instalments, today }: OfYear & { readonly instalments: readonly Instalment[] },
): Slot {
  const regular = (): Day => singlePaymentSlot(year, account.periodicity, from).dueOn;
  const dueOn = hasEndedBefore(account, today) ? finalSettlementDay(today) : regular();
  const rank = [1, 2, 3, 4, 5, 6, 7, 8, 9].find((each) => !instalments.some(({ id }) => id === `${year}-R${each}`));
  if (rank === undefined) throw new Error('A civil year has at most nine payments after its calendar.');
  return { id: `${year}-R${rank}`, dueOn };
}

/** What is still to come is debited or sent by what the person has said of debits; turnovers are paid on line. */
function underMandate({ account, from }: Call, instalment: Instalment, year: number): Instalment {
  const { mandate } = account.told;
  const isToCome = instalment.schedule === year && instalment.dueOn.atLeast(from) && !isSettled(instalment);
  if (mandate === null || !isToCome || instalment.means === 'online') return instalment;
  const means = meansUnder(mandate, instalment.id);
  return means === instalment.means ? instalment : { ...instalment, means };
}

function scheduleIssued(
  { cause, correlation }: Call,
  { schedule, instalments, replaces }: Planned['issued'][number],
  today: string,
): FactDraft {
  const { account, year, version, periodicity } = schedule;
  return draft({
    ...{ stream: account, type: 'collection.schedule-issued.v1', effectiveOn: today, cause, correlation },
    data: {
      instalments: instalments.map(({ id, dueOn, means, lines }) => ({
        dueOn: dueOn.iso,
        id,
        lines: lines.map((line) => ({ amount: line.amount.toString(), code: line.code, year: line.year })),
        means,
      })),
      ...{ periodicity, ...(replaces === undefined ? {} : { replaces }), version, year },
    },
  });
}
