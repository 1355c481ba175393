import { draft, type FactDraft, type Group, type Regime } from '@isu/contracts';
import { Day } from '@isu/values';
import { fundFor } from '../funds/fund.js';
import type { ChangeDraft, PersonChange } from '../history/person-change.js';
import { refuse } from '../refusals.js';

/** How a person stands on a day: group and regime apart, the caisse, the period of activity. */
export interface Situation {
  readonly group: Group;
  readonly regime: Regime;
  readonly fund: string;
  readonly department: string;
  readonly startedOn: string;
  readonly endedOn: string | null;
  readonly endCause: string | null;
  readonly pensioner: boolean;
  readonly otherScheme: boolean;
}

/** Said before the activity begins; at work; struck off; struck off and settled. */
export const states = ['pending', 'active', 'ended', 'settled'] as const;
export type State = (typeof states)[number];

type Said = Partial<Situation> & { readonly on?: string; readonly cause?: string };

/** What a person registered anew has not said yet. */
const fresh = { endedOn: null, endCause: null, pensioner: false, otherScheme: false };

/**
 * The situation on a day, by what is known: changes count in the order of the days they took effect, and the registration always, so
 * that a person who has not begun yet has one too.
 */
export function situationOn(changes: readonly PersonChange[], day: Day): Situation {
  const said = changes.filter(({ subject }) => subject === 'situation');
  const [first, ...later] = said;
  if (first === undefined) throw new Error('A person’s history begins with their registration.');
  const counting = later
    .filter(({ effectiveOn }) => effectiveOn <= day.iso)
    .sort((a, b) => (a.effectiveOn === b.effectiveOn ? a.version - b.version : a.effectiveOn < b.effectiveOn ? -1 : 1));
  return [first, ...counting].reduce<Situation>((situation, { change, detail }) => {
    const { on = null, cause = null, ...rest } = detail as Said;
    if (change === 'registered' || change === 'reopened') return { ...situation, ...fresh, ...rest };
    return change === 'ended' ? { ...situation, endedOn: on, endCause: cause } : { ...situation, ...rest };
  }, {} as Situation);
}

/** The next day on which the situation will be another by what was already said; null when there is none. */
export const comingChange = (changes: readonly PersonChange[], today: Day): string | null =>
  changes
    .filter(({ subject, effectiveOn }) => subject === 'situation' && effectiveOn > today.iso)
    .map(({ effectiveOn }) => effectiveOn)
    .sort()[0] ?? null;

/** The last day of activity is still one of work: the person is struck off from the day after. */
export function stateOn({ startedOn, endedOn }: Situation, day: Day, settledOn: string | null): State {
  if (endedOn !== null && day.iso > endedOn) return settledOn !== null && day.iso >= settledOn ? 'settled' : 'ended';
  return day.iso < startedOn ? 'pending' : 'active';
}

export interface SituationDemand {
  readonly from: Day;
  readonly group?: Group;
  readonly regime?: Regime;
  readonly department?: string;
  readonly pensioner?: boolean;
  readonly otherScheme?: boolean;
  readonly reason: string;
}

/** What is said and to whom: the changes to keep, and the facts for the other services. */
export interface Decided {
  readonly changes: readonly ChangeDraft[];
  readonly facts: readonly FactDraft[];
}

interface Deciding {
  readonly account: string;
  readonly changes: readonly PersonChange[];
  readonly today: Day;
  readonly correlation: string;
  /** Two agents have agreed to a transfer to another caisse. */
  readonly transferAgreed?: boolean;
}

const farthestYears = 1;

/**
 * Another group, regime, department or flag from a day on. Refused when nothing changes, before the activity or after its end, and
 * before a change already said: history is corrected forwards. Another group may carry the person to another caisse, as the law has it;
 * another department does so only when two agents agree.
 */
export function changeSituation(demand: SituationDemand, { account, changes, today, correlation, transferAgreed }: Deciding): Decided {
  const { from, reason, ...wanted } = demand;
  const before = situationOn(changes, from);
  const asked = Object.fromEntries(
    Object.entries(wanted).filter(([field, value]) => value !== undefined && before[field as keyof Situation] !== value),
  ) as Partial<Situation>;
  if (Object.keys(asked).length === 0) throw refuse('nothing-changes');
  checkDay(from, before, { changes, today });

  const { group, department } = { ...before, ...asked };
  const fund = fundFor(group, department);
  if (!fund) throw refuse('unknown-department');
  const moves = fund.code !== before.fund;
  if (moves && asked.group === undefined && !transferAgreed) throw refuse('transfer-needs-two', { fund: `${fund.code} (${fund.name})` });

  const detail = { ...asked, ...(moves && { fund: fund.code }) };
  const after: Situation = { ...before, ...detail };
  const fact = { stream: account, effectiveOn: from.iso, correlation };
  const { pensioner, otherScheme, regime } = after;
  const isStatus = asked.group ?? asked.regime ?? asked.pensioner ?? asked.otherScheme;
  return {
    changes: [{ subject: 'situation', change: moves ? 'moved' : 'changed', effectiveOn: from.iso, reason, detail }],
    facts: [
      ...(isStatus === undefined
        ? []
        : [draft({ ...fact, type: 'affiliation.status-changed.v1', data: { group, regime, from: from.iso, pensioner, otherScheme } })]),
      ...(moves ? [draft({ ...fact, type: 'affiliation.fund-changed.v1', data: { fund: fund.code, from: from.iso } })] : []),
    ],
  };
}

function checkDay(from: Day, { startedOn, endedOn }: Situation, { changes, today }: Pick<Deciding, 'changes' | 'today'>): void {
  if (from.iso < startedOn) throw refuse('change-before-start', { startedOn: Day.of(startedOn).print() });
  if (endedOn !== null) throw refuse('activity-ended', { endedOn: Day.of(endedOn).print() });
  const latest = today.plusYears(farthestYears);
  if (from.isAfter(latest)) throw refuse('change-too-far', { latest: latest.print() });
  const [, ...later] = changes.filter(({ subject }) => subject === 'situation').map(({ effectiveOn }) => effectiveOn);
  const last = later.sort().at(-1);
  if (last !== undefined && from.iso < last) throw refuse('later-change-known', { last: Day.of(last).print() });
}
