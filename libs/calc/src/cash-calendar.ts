import { Money } from '@isu/values';
import type { Day } from '@isu/values';
import { adjust } from './adjustment.js';
import type { Breakdown } from './breakdown.js';
import { price } from './calculate.js';
import { calendarOf, changeNoticeDays, singlePaymentSlot } from './instalments/calendar.js';
import type { Periodicity } from './instalments/calendar.js';
import { spreadAgain } from './instalments/cut.js';
import type { Instalment, OwedLine } from './instalments/cut.js';
import { inLegalOrder } from './instalments/legal-order.js';
import type { AssessedSituation } from './situation.js';

/** An overpayment is given back within thirty days of the declaration: a commitment; the law says « sans délai ». */
const refundDays = 30;

/** Twenty-four months of a person who is called on past incomes, for the incomes that the first of the two years may bring. */
export interface Forecast {
  /** The first of the two civil years. */
  readonly year: number;
  /** The person as priced for a year, at a stage, on an income: the caller knows status, membership and options. */
  readonly situationOf: (asked: { year: number; stage: 'provisional' | 'adjusted' | 'definitive'; income: Money }) => AssessedSituation;
  readonly periodicity: Periodicity;
  /** The income of the year before last, known in January, and that of last year, declared in the course of `year`. */
  readonly incomes: { readonly beforeLast: Money; readonly last: Money };
  /** The day of the declaration in `year`; the next one is forecast on the same day. */
  readonly declaredOn: Day;
  /** The incomes that `year` may bring, each under its name: low, expected, high. */
  readonly scenarios: readonly { readonly name: string; readonly income: Money }[];
}

export interface CashFlow {
  readonly on: Day;
  readonly kind: 'instalment' | 'refund';
  /** What leaves the account; negative for a refund. */
  readonly amount: Money;
  readonly lines: readonly OwedLine[];
}

export interface CashCalendar {
  readonly name: string;
  readonly income: Money;
  readonly flows: readonly CashFlow[];
  readonly total: Money;
}

/** The instalments, regularisations and refunds of two years, by the very functions that price and cut what is really called. */
export function cashCalendar(forecast: Forecast): CashCalendar[] {
  const { year, incomes, declaredOn } = forecast;
  const first = flowsOfYear(forecast, { year, ...incomes, declaredOn });
  return forecast.scenarios.map(({ name, income }) => {
    const next = { year: year + 1, beforeLast: incomes.last, last: income, declaredOn: declaredOn.plusYears(1) };
    const flows = [...first, ...flowsOfYear(forecast, next)].sort((a, b) => a.on.compare(b.on));
    return { name, income, flows, total: Money.sum(flows.map(({ amount }) => amount)) };
  });
}

interface YearAhead {
  readonly year: number;
  readonly beforeLast: Money;
  readonly last: Money;
  readonly declaredOn: Day;
}

/** Provisional on the income of N-2; once that of N-1 is declared, adjusted on it, with the regularisation of N-1. */
function flowsOfYear({ situationOf, periodicity }: Forecast, { year, beforeLast, last, declaredOn }: YearAhead): CashFlow[] {
  const priced = (of: number, stage: 'provisional' | 'adjusted' | 'definitive', income: Money) =>
    price(situationOf({ year: of, stage, income }));
  const provisional = priced(year, 'provisional', beforeLast);
  const adjusted = priced(year, 'adjusted', last);
  const settled = adjust(priced(year - 1, 'adjusted', beforeLast), priced(year - 1, 'definitive', last));

  const called = spreadAgain({ standing: [], open: calendarOf(year, periodicity), owed: linesOf(provisional) });
  const supplement = settled.total.isPositive
    ? settled.lines.map(({ code, difference }) => ({ year: settled.year, code, amount: difference }))
    : [];
  const instalments = calledAgain(called, { year, periodicity, declaredOn, owed: inLegalOrder([...supplement, ...linesOf(adjusted)]) });
  return [...instalments.map(paid), ...refunds(settled.total, declaredOn), ...refunds(overcalled(instalments, adjusted), declaredOn)];
}

/** From the first due date at least 15 days after the declaration; on one later date when the year has none left. */
function calledAgain(
  called: readonly Instalment[],
  { year, periodicity, declaredOn, owed }: { year: number; periodicity: Periodicity; declaredOn: Day; owed: readonly OwedLine[] },
): Instalment[] {
  const from = declaredOn.plusDays(changeNoticeDays);
  const standing = called.filter(({ dueOn }) => dueOn.isBefore(from));
  const open = called.filter(({ dueOn }) => dueOn.atLeast(from)).map(({ id, dueOn }) => ({ id, dueOn }));
  return spreadAgain({ standing, open: open.length > 0 ? open : [singlePaymentSlot(year, periodicity, from)], owed });
}

/** What the payments already fallen due have asked beyond the adjusted contributions: negative, as money that comes back. */
function overcalled(instalments: readonly Instalment[], adjusted: Breakdown): Money {
  const asked = instalments.flatMap(({ lines }) => lines).filter((line) => line.year === adjusted.year);
  return Money.min(Money.zero, adjusted.total.minus(Money.sum(asked.map(({ amount }) => amount))));
}

const linesOf = ({ year, lines }: Breakdown): OwedLine[] => inLegalOrder(lines.map(({ code, amount }) => ({ year, code, amount })));

const paid = ({ dueOn, lines }: Instalment): CashFlow => ({
  on: dueOn,
  kind: 'instalment',
  amount: Money.sum(lines.map(({ amount }) => amount)),
  lines,
});

const refunds = (amount: Money, declaredOn: Day): CashFlow[] =>
  amount.isNegative ? [{ on: declaredOn.plusDays(refundDays), kind: 'refund', amount, lines: [] }] : [];
