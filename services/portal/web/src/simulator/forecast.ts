import { cashCalendar, pricedYears, readSituation, type AssessedSituation, type CashCalendar, type Periodicity } from '@isu/calc';
import { Day, Money, Rate } from '@isu/values';
import { amountTyped } from '../ui/typed-amount.js';
import type { Answers } from './question.js';

/** The last year whose incomes are declared net of contributions: beyond, two incomes of two kinds would have to be asked for. */
const lastNetYear = 2024;

export const canForecast = ({ year, status }: Answers): boolean =>
  status !== null && status !== 'micro-entrepreneur' && pricedYears.includes(year - 1) && year + 1 <= lastNetYear;

export interface ForecastChoices {
  readonly periodicity: Periodicity;
  /** As typed. */
  readonly last: string;
  readonly beforeLast: string;
}

/** How far the income may be from what is expected: enough to show what a good and a bad year do. */
const scenarios = [
  { name: 'Revenu plus bas de 30 %', factor: Rate.percent('70') },
  { name: 'Revenu attendu', factor: Rate.one },
  { name: 'Revenu plus haut de 30 %', factor: Rate.percent('130') },
] as const;

/** Twenty-four months of payments by the functions that cut the real schedules; null while an income is being typed. */
export function forecastOf(answers: Answers, { periodicity, last, beforeLast }: ForecastChoices): CashCalendar[] | null {
  const { year, status } = answers;
  const texts = [answers.income, last, beforeLast].map(amountTyped);
  const [expected, lastYear, yearBefore] = texts;
  if (!expected || !lastYear || !yearBefore) return null;
  return cashCalendar({
    year,
    periodicity,
    declaredOn: Day.of(`${String(year)}-05-20`),
    incomes: { last: Money.of(lastYear), beforeLast: Money.of(yearBefore) },
    scenarios: scenarios.map(({ name, factor }) => ({ name, income: Money.of(expected).times(factor).roundedToEuro() })),
    situationOf: ({ year: of, stage, income }) =>
      readSituation({ year: of, status, stage, income: income.toString() }) as AssessedSituation,
  });
}

export interface MonthOfCash {
  /** `2016-05`. */
  readonly month: string;
  /** What leaves the account, net of refunds, in the three scenarios; for a picture only, hence numbers. */
  readonly euros: readonly number[];
}

/** The twenty-four months, each with what leaves in it. */
export function monthsOf(calendars: readonly CashCalendar[], year: number): MonthOfCash[] {
  return Array.from({ length: 24 }, (_, rank) => {
    const month = `${String(year + Math.floor(rank / 12))}-${String((rank % 12) + 1).padStart(2, '0')}`;
    const euros = calendars.map(
      ({ flows }) => Money.sum(flows.filter(({ on }) => on.iso.startsWith(month)).map(({ amount }) => amount)).cents / 100,
    );
    return { month, euros };
  });
}
