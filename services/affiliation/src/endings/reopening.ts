import { draft, type FactDraft, type Group, type Regime } from '@isu/contracts';
import { Day } from '@isu/values';
import { fundFor } from '../funds/fund.js';
import type { ChangeDraft, PersonChange } from '../history/person-change.js';
import { refuse } from '../refusals.js';
import { activitiesOf, groupOf, type Register } from '../situations/activity.js';
import type { Decided } from '../situations/situation.js';
import { periodOf } from './ending.js';

export interface ReopeningDemand {
  readonly startedOn: Day;
  readonly register: Register;
  readonly regime: Regime;
  readonly department: string;
  /** In the person's own words. */
  readonly activity: string;
  readonly reason: string;
}

interface Known {
  readonly account: string;
  readonly changes: readonly PersonChange[];
  readonly today: Day;
  readonly correlation: string;
  readonly birthYear: number;
  readonly bankDetailsVersion: number | null;
}

const farthestYears = 1;

/** A new start after an end: another period on the same account. Refused while the last one goes on, and before it ended. */
export function reopen(demand: ReopeningDemand, known: Known): Decided {
  const { startedOn, register, regime, department, activity, reason } = demand;
  const { changes, today } = known;
  const { endedOn } = periodOf(changes);
  if (endedOn === null) throw refuse('activity-going-on');
  if (startedOn.iso <= endedOn) throw refuse('start-before-end', { endedOn: Day.of(endedOn).print() });
  const latest = today.plusYears(farthestYears);
  if (startedOn.isAfter(latest)) throw refuse('start-too-far', { latest: latest.print() });
  const group = groupOf[register];
  const fund = fundFor(group, department)?.code;
  if (fund === undefined) throw refuse('unknown-department');

  const said = { effectiveOn: startedOn.iso, reason };
  const detail = { group, regime, fund, department, startedOn: startedOn.iso };
  const id = activitiesOf(changes).length + 1;
  const begun = { id, label: activity, naf: null, register, startedOn: startedOn.iso };
  return {
    changes: [
      { subject: 'situation', change: 'reopened', ...said, detail },
      { subject: 'activity', change: 'started', ...said, detail: begun } satisfies ChangeDraft,
    ],
    facts: registeredAgain({ group, regime, fund, startedOn: startedOn.iso }, known),
  };
}

/** Registered again, the person starts afresh: what still holds of the bank details is said again. */
function registeredAgain(
  data: { group: Group; regime: Regime; fund: string; startedOn: string },
  { account, today, correlation, birthYear, bankDetailsVersion }: Known,
): FactDraft[] {
  const registered = draft({
    ...{ stream: account, type: 'affiliation.registered.v1', effectiveOn: data.startedOn, correlation },
    data: { ...data, birthYear },
  });
  if (bankDetailsVersion === null) return [registered];
  const told = { stream: account, type: 'affiliation.bank-details-changed.v1', effectiveOn: today.iso, correlation } as const;
  return [registered, draft({ ...told, data: { version: bankDetailsVersion } })];
}
