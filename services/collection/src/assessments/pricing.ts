import {
  explain,
  explainSpouse,
  inTheSpousesName,
  price,
  priceSpouse,
  PricingRefusal,
  readSituation,
  reliefOfStartersEndsOn,
  type ExplainedBreakdown,
  type ExplainedLine,
  type Line,
  type TraderSituation,
} from '@isu/calc';
import type { Stage } from '@isu/contracts';
import { Day, Money, Rate, Year } from '@isu/values';
import { activeDaysIn, inYear, spouseIn, statusOn } from '../accounts/in-year.js';
import type { Insured } from '../accounts/told.js';
import type { Income } from '../incomes/income.js';

/** One contribution of an assessment, in the texts of its fact. */
export interface AssessmentLine {
  readonly code: string;
  readonly base: string;
  readonly rate: string;
  readonly amount: string;
}

/** What prices a year: at which stage it is, on what income. */
export interface Basis {
  readonly stage: Stage;
  /** Absent for the flat base of a start of activity. */
  readonly income: Income | null;
}

/** Each line with its derivation, those of the collaborating spouse under their own names. */
export interface ExplainedYear extends Omit<ExplainedBreakdown, 'lines'> {
  readonly lines: readonly (Omit<ExplainedLine, 'code'> & { readonly code: string })[];
}

export const textsOf = (lines: readonly (Omit<Line, 'code'> & { readonly code: string })[]): AssessmentLine[] =>
  lines.map(({ code, base, rate, amount }) => ({ amount: `${amount}`, base: `${base}`, code, rate: `${rate}` }));

/** What a year owes, in the order of the law, then what is called for the collaborating spouse. */
export function linesOf(insured: Insured, year: number, basis: Basis): AssessmentLine[] {
  const spouse = spouseSituationOf(insured, year, basis);
  const lines = textsOf(price(situationOf(insured, year, basis)).lines);
  return spouse ? [...lines, ...textsOf(priceSpouse(spouse).lines.map(inTheSpousesName))] : lines;
}

/** The same figures with their derivation (I6). */
export function explanationOf(insured: Insured, year: number, basis: Basis): ExplainedYear {
  const spouse = spouseSituationOf(insured, year, basis);
  const own = explain(situationOf(insured, year, basis));
  if (!spouse) return own;
  const called = explainSpouse(spouse);
  return { ...own, lines: [...own.lines, ...called.lines.map(inTheSpousesName)], total: own.total.plus(called.total) };
}

export const linesWhereKnown = (insured: Insured, year: number, basis: Basis): AssessmentLine[] | null =>
  whereKnown(() => linesOf(insured, year, basis));

export const explanationWhereKnown = (insured: Insured, year: number, basis: Basis): ExplainedYear | null =>
  whereKnown(() => explanationOf(insured, year, basis));

/** From 2025 the law retains the gross income: a year that only the net one is known for waits for the declaration that says it. */
function whereKnown<T>(priced: () => T): T | null {
  try {
    return priced();
  } catch (fault) {
    if (fault instanceof PricingRefusal && fault.code === 'field-not-of-year') return null;
    throw fault;
  }
}

type Asked = Record<string, string | number | boolean>;

const situationOf = (account: Insured, year: number, basis: Basis) => readSituation(askedOf(account, year, basis));

function askedOf(account: Insured, year: number, { stage, income }: Basis): Asked {
  const insured = inYear(account, year);
  const { startedOn, endedOn, group } = insured;
  const isRelieved = income?.kind !== 'ex-officio' && hasRelief(insured, year);
  const startCounts = startedOn.year === year || stage === 'flat-second-year' || isRelieved;
  const isElsewhere = statusOn(account, Day.max(Year.of(year).first, startedOn)).insuredElsewhere;
  return {
    ...{ year, status: group, stage },
    ...(income === null ? {} : { income: retainedIncome(account, year, income).toString() }),
    ...(startCounts ? { startedOn: startedOn.iso } : {}),
    ...(endedOn?.year === year ? { endedOn: endedOn.iso } : {}),
    ...(isRelieved ? { acre: true } : {}),
    ...(isElsewhere ? { insuredElsewhere: true } : {}),
    ...spouseAsked(account, year, group),
  };
}

/** Nobody taxed ex officio is relieved (the caller's affair); whose twelve months reach into the year is. */
function hasRelief({ startedOn, told }: Insured, year: number): boolean {
  const isGranted = told.acreFrom?.equals(startedOn) ?? false;
  return isGranted && startedOn.year <= year && reliefOfStartersEndsOn(startedOn).isAfter(Year.of(year).first);
}

function spouseAsked(account: Insured, year: number, group: Insured['group']): Asked {
  const spouse = spouseIn(account, year);
  if (!spouse) return {};
  return { collaboratingSpouse: true, ...(group === 'profession-liberale' ? {} : { spouseBase: spouse.option }) };
}

/** The spouse of a liberal pays pensions to the section of the profession: nothing of it is called here. */
function spouseSituationOf(account: Insured, year: number, basis: Basis): TraderSituation | null {
  const spouse = spouseIn(account, year);
  const insured = inYear(account, year);
  if (!spouse || insured.group === 'profession-liberale') return null;
  const { first, last } = Year.of(year);
  const from = Day.max(spouse.link.from, insured.startedOn);
  const to = [spouse.link.to, insured.endedOn].reduce<Day>((day, end) => (end ? Day.min(day, end) : day), last);
  if (to.isBefore(first) || to.isBefore(from)) return null;
  const { acre: _, startedOn: __, endedOn: ___, ...asked } = askedOf(account, year, basis);
  const start = basis.stage === 'flat-second-year' ? insured.startedOn : from;
  return readSituation({
    ...asked,
    ...(start.isAfter(first) || basis.stage === 'flat-second-year' ? { startedOn: start.iso } : {}),
    ...(to.isBefore(last) ? { endedOn: to.iso } : {}),
  }) as TraderSituation;
}

/**
 * What of an income counts in a year that is called on it. The income of an incomplete first year is first brought to a whole one
 * (contributions are called on a year's earnings): 9 200 € earned in 184 days of 366 make 18 300 €. A year in which the activity ends is
 * called, until its own income is declared, for its days alone: 26 000 € over 182 days of 366 make 12 929 €. To the nearest euro, as
 * bases are.
 */
export function retainedIncome(account: Insured, year: number, income: Income): Money {
  const [earned, called] = [partOfYearEarned(account, year, income), partOfYearCalled(account, year, income)];
  if (earned === null && called === null) return income.amount;
  const whole = earned === null ? Rate.one : Rate.ratio(earned.yearDays, earned.activeDays);
  const part = called === null ? Rate.one : Rate.ratio(called.activeDays, called.yearDays);
  return income.amount.times(whole.times(part)).roundedToEuro();
}

/** Over how many days the income was earned, where it is brought to a whole year; null where it counts as it is. */
export function partOfYearEarned(account: Insured, year: number, { year: earnedIn, kind }: Income): PartOfYear | null {
  const { startedOn } = inYear(account, earnedIn);
  if (earnedIn === year || earnedIn !== startedOn.year || kind === 'ex-officio') return null;
  const { days, last } = Year.of(earnedIn);
  return { activeDays: startedOn.daysUntil(last) + 1, yearDays: days };
}

/** For how many days of the year it is called, where they are not all those that the income is of; null where it counts whole. */
export function partOfYearCalled(account: Insured, year: number, { year: earnedIn, kind }: Income): PartOfYear | null {
  const isOfTheYear = earnedIn === year;
  if (kind === 'ex-officio' || (isOfTheYear && kind !== 'estimated')) return null;
  const { days, first, last } = Year.of(year);
  const expected = isOfTheYear ? Day.max(first, inYear(account, year).startedOn).daysUntil(last) + 1 : days;
  const activeDays = activeDaysIn(account, year);
  return activeDays === 0 || activeDays >= expected ? null : { activeDays, yearDays: expected };
}

export interface PartOfYear {
  readonly activeDays: number;
  readonly yearDays: number;
}
