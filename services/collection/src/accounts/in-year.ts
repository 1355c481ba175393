import type { SpouseOption } from '@isu/contracts';
import { Day, Year } from '@isu/values';
import type { ActivityPeriod, Insured, SpouseLink, StatusFrom } from './told.js';

/** Days on which somebody was insured under one regime, whatever group they changed to meanwhile. */
interface Run {
  readonly from: Day;
  readonly to: Day | null;
}

/**
 * The insured person as the law looks at them for a contribution year: the period of activity that the year belongs to, the regime and
 * the group in force on 1 January or at the start (a change of group counts from the next 1 January). In the year in which somebody
 * leaves or joins the micro scheme the days under the common one count; who passes to it begins there. Two periods in one year are one.
 */
export function inYear<T extends Insured>(insured: T, year: number): T {
  const { told } = insured;
  if (told.earlier.length === 0 && told.statuses.length === 0) return insured;
  const { startedOn, endedOn, endLearnedOn } = periodIn(insured, year);
  const { first } = Year.of(year);
  const common = runsOf(insured, 'common').findLast((run) => overlaps(run, year));
  const [from, to] = common ? [Day.max(common.from, startedOn), earliest(common.to, endedOn)] : [startedOn, endedOn];
  const status = statusOn(insured, Day.max(first, from));
  return {
    ...insured,
    ...{ startedOn: from, endedOn: to, group: status.group, regime: common ? 'common' : status.regime, told: { ...told, endLearnedOn } },
  };
}

/** The same person as a year's turnovers see them: the days under the micro scheme; null where the year has none. */
export function asMicroIn<T extends Insured>(insured: T, year: number): T | null {
  const run = runsOf(insured, 'micro-social').findLast((each) => overlaps(each, year));
  if (!run) return null;
  const { startedOn, endedOn } = periodIn(insured, year);
  const [from, to] = [Day.max(run.from, startedOn), earliest(run.to, endedOn)];
  return { ...insured, regime: 'micro-social', group: statusOn(insured, from).group, startedOn: from, endedOn: to };
}

/** The year in which somebody passes from one scheme to the other: it owes on turnovers and on an income. */
export const isMixed = (insured: Insured, year: number): boolean => isMicroIn(insured, year) && isCommonIn(insured, year);

/** Of the days of a year, those on which contributions are owed on an income. */
export function activeDaysIn(insured: Insured, year: number): number {
  const { first, last } = Year.of(year);
  const periods = periodsOf(insured).flatMap((period) =>
    runsOf(insured, 'common').map((run) => ({ from: Day.max(run.from, period.startedOn), to: earliest(run.to, period.endedOn) })),
  );
  return periods
    .map(({ from, to }) => [Day.max(from, first), earliest(to, last) ?? last] as const)
    .filter(([from, to]) => from.atMost(to))
    .reduce((days, [from, to]) => days + from.daysUntil(to) + 1, 0);
}

/** Whether turnovers are declared of some day of the year. */
export const isMicroIn = (insured: Insured, year: number): boolean => runsOf(insured, 'micro-social').some((run) => overlaps(run, year));

/** Whether an income is declared of some day of the year. */
export const isCommonIn = (insured: Insured, year: number): boolean => runsOf(insured, 'common').some((run) => overlaps(run, year));

export function statusOn({ group, regime, startedOn, told }: Insured, day: Day): StatusFrom {
  const only = { from: startedOn, group, regime, insuredElsewhere: false };
  return told.statuses.findLast(({ from }) => from.atMost(day)) ?? told.statuses[0] ?? only;
}

/** The collaborating spouse of some day of the year, and the base option in force on 1 January or at the entry. */
export function spouseIn({ told }: Insured, year: number): { readonly link: SpouseLink; readonly option: SpouseOption } | null {
  const { first } = Year.of(year);
  const link = told.spouses.findLast((each) => overlaps(each, year));
  if (!link) return null;
  const day = Day.max(first, link.from);
  const option = (link.options.findLast(({ from }) => from.atMost(day)) ?? link.options[0])?.option;
  return option === undefined ? null : { link, option };
}

const periodsOf = ({ startedOn, endedOn, told }: Insured): ActivityPeriod[] => [
  ...told.earlier,
  { startedOn, endedOn, endLearnedOn: told.endLearnedOn },
];

/** The periods of that year taken together; the last that began before it where there is none, else the first. */
function periodIn(insured: Insured, year: number): ActivityPeriod {
  const periods = periodsOf(insured);
  const inside = periods.filter(({ startedOn, endedOn }) => overlaps({ from: startedOn, to: endedOn }, year));
  const [first, last] = [inside[0], inside.at(-1)];
  if (first && last) return { ...last, startedOn: first.startedOn };
  return periods.findLast(({ startedOn }) => startedOn.year <= year) ?? (periods[0] as ActivityPeriod);
}

function runsOf(insured: Insured, regime: Insured['regime']): Run[] {
  const { statuses } = insured.told;
  if (statuses.length === 0) return insured.regime === regime ? [{ from: insured.startedOn, to: null }] : [];
  const runs: { from: Day; to: Day | null }[] = [];
  statuses.forEach((status, rank) => {
    if (status.regime !== regime) return;
    const next = statuses[rank + 1];
    const before = statuses[rank - 1]?.regime === regime ? runs.at(-1) : undefined;
    const to = next ? next.from.minusDays(1) : null;
    if (before) before.to = to;
    else runs.push({ from: status.from, to });
  });
  return runs;
}

const overlaps = ({ from, to }: { readonly from: Day; readonly to: Day | null }, year: number): boolean =>
  from.year <= year && (to === null || to.year >= year);

const earliest = (one: Day | null, other: Day | null): Day | null => (one && other ? Day.min(one, other) : (one ?? other));
