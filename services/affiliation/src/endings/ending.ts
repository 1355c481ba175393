import { draft, type FactDraft } from '@isu/contracts';
import { Day } from '@isu/values';
import { establishmentsOf } from '../businesses/establishment.js';
import { changesOf, type ChangeDraft, type PersonChange } from '../history/person-change.js';
import { refuse } from '../refusals.js';
import { activitiesOf } from '../situations/activity.js';
import { situationOn, type Decided, type Situation } from '../situations/situation.js';

/** Why an activity ends, as the person declares it. */
export const endCauses = ['cessation', 'dissolution', 'sale', 'retirement', 'death'] as const;
export type EndCause = (typeof endCauses)[number];

export interface EndDemand {
  /** Last day of activity (sole trader) or day of the dissolution (company). */
  readonly on: Day;
  readonly cause: EndCause;
  readonly reason: string;
}

/** What was decided of an end of activity, and what the person must do next, by when (collection.md 1.6). */
export interface EndOfActivity {
  readonly account: string;
  readonly declaredOn: string;
  /** Day of effect: what is due stops there. */
  readonly on: string;
  readonly cause: string;
  /** Begun and ended the same day: nothing was ever due. */
  readonly nothingDue: boolean;
  /** Declared more than thirty days after. */
  readonly late: boolean;
  /** The caisse strikes off within a month of learning it. */
  readonly struckOffBy: string;
  /** The incomes of these years are to be declared, by this day: ninety days after the end. None of a micro-entrepreneur. */
  readonly incomesOf: readonly number[];
  readonly incomesBy: string;
}

/** Begun and ended on the same day. */
const notBegun = 'not-begun';
const declaredWithinDays = 30;
const incomesWithinDays = 90;

/**
 * The end of an activity. One on 1 January counts on 31 December; one on the very day of the start leaves nothing due. Refused in
 * advance, before the start, and for an activity that has ended.
 */
export function endActivity(
  { on, cause, reason }: EndDemand,
  { account, changes, today, correlation }: { account: string; changes: readonly PersonChange[]; today: Day; correlation: string },
): Decided & { readonly ending: EndOfActivity } {
  const { startedOn, endedOn, regime } = periodOf(changes);
  if (endedOn !== null) throw refuse('activity-ended', { endedOn: Day.of(endedOn).print() });
  if (on.isAfter(today)) throw refuse('end-in-advance');
  if (on.iso < startedOn) throw refuse('end-before-start', { startedOn: Day.of(startedOn).print() });

  const nothingDue = on.iso === startedOn;
  const effect = !nothingDue && on.month === 1 && on.dayOfMonth === 1 ? on.minusDays(1) : on;
  const said = nothingDue ? notBegun : cause;
  return {
    ...endSaid({ account, changes, correlation, effect, cause: said, reason }),
    ending: {
      ...{ account, declaredOn: today.iso, on: effect.iso, cause: said, nothingDue },
      late: on.plusDays(declaredWithinDays).isBefore(today),
      struckOffBy: today.plusMonths(1).iso,
      ...lastIncomesAfter({ startedOn, endedOn: effect.iso, endCause: said, regime }),
    },
  };
}

/** The incomes that are still to be declared after an end, and by when. */
export type LastIncomes = Pick<EndOfActivity, 'incomesOf' | 'incomesBy'>;

/**
 * Of the year of the end and the one before, as far as there was an activity; of none where nothing was ever due, nor of a
 * micro-entrepreneur, who declares the turnover of the last period instead.
 */
export function lastIncomesAfter({ startedOn, endedOn, endCause, regime }: Ended): LastIncomes {
  const end = Day.of(endedOn);
  const years = endCause === notBegun || regime === 'micro-social' ? [] : [end.year - 1, end.year];
  return { incomesOf: years.filter((year) => year >= Day.of(startedOn).year), incomesBy: end.plusDays(incomesWithinDays).iso };
}

type Ended = Pick<Situation, 'startedOn' | 'endCause' | 'regime'> & { readonly endedOn: string };

interface Ending {
  readonly account: string;
  readonly changes: readonly PersonChange[];
  readonly correlation: string;
  readonly effect: Day;
  readonly cause: string;
  readonly reason: string;
}

/** The words of an end, declared or ex officio: the person, their activities and establishments, and the fact for the others. */
export function endSaid({ account, changes, correlation, effect, cause, reason }: Ending): Decided {
  const on = effect.iso;
  const said = { effectiveOn: on, reason };
  const closings = establishmentsOf(changes)
    .filter(({ closedOn }) => closedOn === null)
    .map(({ siret }): ChangeDraft => ({ subject: 'establishment', change: 'closed', ...said, detail: { siret, closedOn: on } }));
  const endings = activitiesOf(changes)
    .filter(({ endedOn }) => endedOn === null)
    .map(({ id }): ChangeDraft => ({ subject: 'activity', change: 'ended', ...said, detail: { id, endedOn: on } }));
  const fact: FactDraft = draft({
    ...{ stream: account, type: 'affiliation.ended.v1', effectiveOn: on, correlation },
    data: { on, cause },
  });
  return {
    changes: [{ subject: 'situation', change: 'ended', ...said, detail: { on, cause } }, ...closings, ...endings],
    facts: [fact],
  };
}

/** The period of activity that was said last, whatever the day it takes effect. */
export function periodOf(changes: readonly PersonChange[]): Situation {
  const latest = changesOf(changes, 'situation').reduce((day, { effectiveOn }) => (effectiveOn > day ? effectiveOn : day), '0001-01-01');
  return situationOn(changes, Day.of(latest));
}
