import { draft, type SpouseOption } from '@isu/contracts';
import { Day } from '@isu/values';
import { changesOf, type ChangeDraft, type PersonChange } from '../history/person-change.js';
import { refuse } from '../refusals.js';
import type { Decided } from '../situations/situation.js';

/** A collaborating spouse as the head's file has them (conjoint collaborateur; collection.md 1.4). */
export interface Spouse {
  readonly spouseAccount: string;
  readonly from: string;
  /** Last day of the collaboration; null while it goes on. */
  readonly to: string | null;
  /** The option in force, and those chosen for later; the last one counts from its day on. */
  readonly options: readonly { readonly option: SpouseOption; readonly from: string }[];
}

/** Without a choice: a third of the PASS. */
export const defaultOption: SpouseOption = 'third-of-pass';
const mostEmployees = 20;
const choiceDays = 60;
const keptYears = 3;
/** In writing before 1 December for the next year. */
const lastMonthOfChoice = 11;

export const bonds = ['marriage', 'pacs'] as const;

export interface SpouseDemand {
  readonly spouseAccount: string;
  readonly bond: (typeof bonds)[number];
  /** Employees of the business, without the spouse. */
  readonly employees: number;
  readonly from: Day;
  readonly option: SpouseOption | null;
  readonly reason: string;
}

interface Head {
  readonly account: string;
  readonly changes: readonly PersonChange[];
  readonly today: Day;
  readonly correlation: string;
}

export function spousesOf(changes: readonly PersonChange[]): Spouse[] {
  const spouses: Spouse[] = [];
  for (const { change, effectiveOn, detail } of changesOf(changes, 'spouse')) {
    const { spouseAccount, option } = detail as { spouseAccount: string; option: SpouseOption };
    const last = spouses.at(-1);
    if (change === 'linked') spouses.push({ spouseAccount, from: effectiveOn, to: null, options: [{ option, from: effectiveOn }] });
    else if (last && change === 'option')
      spouses[spouses.length - 1] = {
        ...last,
        options: [...last.options.filter(({ from }) => from < effectiveOn), { option, from: effectiveOn }],
      };
    else if (last && change === 'ended') spouses[spouses.length - 1] = { ...last, to: effectiveOn };
  }
  return spouses;
}

/** The spouse enters the business. Refused from twenty employees on, and beside another one. */
export function linkSpouse(demand: SpouseDemand, head: Head): Decided {
  const { spouseAccount, employees, from, reason } = demand;
  if (spouseAccount === head.account) throw refuse('spouse-is-head');
  if (employees >= mostEmployees) throw refuse('too-many-employees');
  if (spousesOf(head.changes).some(({ to }) => to === null || to >= from.iso)) throw refuse('spouse-linked');
  const option = demand.option ?? defaultOption;
  return said(head, { change: 'linked', from, reason, spouseAccount, option });
}

/**
 * Another base. Within sixty days of the entry it counts from the entry; afterwards, in writing before 1 December, from the next
 * 1 January, and each option is kept three years (by default: collection.md leaves the renewal open).
 */
export function chooseOption({ option, reason }: { option: SpouseOption; reason: string }, head: Head): Decided {
  const { spouse, today } = { spouse: mustGoOn(head.changes), today: head.today };
  const last = spouse.options.at(-1) ?? { option: defaultOption, from: spouse.from };
  if (last.option === option) throw refuse('nothing-changes');
  const entered = Day.of(spouse.from);
  if (today.atMost(entered.plusDays(choiceDays))) {
    return said(head, { change: 'option', from: entered, reason, spouseAccount: spouse.spouseAccount, option });
  }
  const from = Day.at(today.month <= lastMonthOfChoice ? today.year + 1 : today.year + 2, 1, 1);
  const free = Day.of(last.from).plusYears(keptYears);
  if (from.isBefore(free)) throw refuse('option-kept', { until: free.print() });
  return said(head, { change: 'option', from, reason, spouseAccount: spouse.spouseAccount, option });
}

export function endSpouse({ on, reason }: { on: Day; reason: string }, head: Head): Decided {
  const { spouseAccount, from, options } = mustGoOn(head.changes);
  if (on.iso < from) throw refuse('end-before-start', { startedOn: Day.of(from).print() });
  const option = options.at(-1)?.option ?? defaultOption;
  return said(head, { change: 'ended', from: on, reason, spouseAccount, option }, { since: from, to: on.iso });
}

function mustGoOn(changes: readonly PersonChange[]): Spouse {
  const spouse = spousesOf(changes).find(({ to }) => to === null);
  if (!spouse) throw refuse('no-spouse');
  return spouse;
}

interface Said {
  readonly change: string;
  readonly from: Day;
  readonly reason: string;
  readonly spouseAccount: string;
  readonly option: SpouseOption;
}

function said(
  { account, correlation }: Head,
  { change, from, reason, spouseAccount, option }: Said,
  end?: { since: string; to: string },
): Decided {
  const kept: ChangeDraft = { subject: 'spouse', change, effectiveOn: from.iso, reason, detail: { spouseAccount, option } };
  const data = { spouseAccount, option, from: end?.since ?? from.iso, ...(end && { to: end.to }) };
  const fact = draft({ stream: account, type: 'affiliation.spouse-linked.v1', effectiveOn: from.iso, correlation, data });
  return { changes: [kept], facts: [fact] };
}
