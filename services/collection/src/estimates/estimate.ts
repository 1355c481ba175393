import type { Day } from '@isu/values';
import { Money } from '@isu/values';
import { hasEndedBefore, mustGoOn, type Account } from '../accounts/account.js';
import { inYear, isCommonIn, isMicroIn } from '../accounts/in-year.js';
import type { DecidedAssessment } from '../assessments/assessment.js';
import { declarableYears, largestIncome, lastNetIncomeYear } from '../incomes/income.js';
import type { KnownIncomes } from '../incomes/known-incomes.js';
import { refuse } from '../refusals.js';
import { asked, type Instalment } from '../schedules/schedule.js';
import type { Called } from '../schedules/schedules.service.js';

/** What the person expects of the current year (CSS art. L. 131-6-2). */
export interface Estimate {
  readonly year: number;
  /** Negative for a loss. */
  readonly amount: Money;
  readonly source: string;
}

/**
 * Whether the year's contributions may be called on an estimate. Closed, each time with what to do instead, to a micro-entrepreneur, after
 * the striking off, and to who has been taxed ex officio.
 */
export function checkEstimate(known: Account, incomes: KnownIncomes, { year, amount }: Estimate, today: Day): void {
  mustGoOn(known);
  const account = inYear(known, year);
  if (isMicroIn(known, today.year) && !isCommonIn(known, today.year)) throw refuse('estimate-of-micro-entrepreneur');
  if (hasEndedBefore(account, today) && account.endedOn) throw refuse('estimate-after-end', { endedOn: account.endedOn });
  const taxed = incomes.yearsTaxedExOfficio;
  if (taxed.length > 0) throw refuse('estimate-taxed-ex-officio', { years: taxed });
  if (year !== today.year) throw refuse('estimate-year-not-current', { year: today.year });
  if (year < account.startedOn.year) throw refuse('income-before-start', { startedOn: account.startedOn });
  if (!declarableYears.includes(year))
    throw refuse('income-year-not-priced', { earliest: Math.min(...declarableYears), latest: lastNetIncomeYear });
  if (amount.abs().compare(largestIncome) > 0) throw refuse('income-out-of-proportion');
}

/** A due date before the estimate and after it. */
export interface ChangedInstalment {
  readonly id: string;
  readonly dueOn: Day;
  readonly before: Money;
  readonly after: Money;
  readonly paid: Money;
}

/** What an estimate makes of the year, due date by due date: the same before it is made and once it is made (F20). */
export interface EstimateEffect {
  readonly year: number;
  readonly amount: Money;
  /** What the year's contributions come to; null where nothing was known of the year before. */
  readonly total: { readonly before: Money | null; readonly after: Money };
  /** Paid of that year's contributions already. */
  readonly paid: Money;
  /** Paid beyond the new total: kept until the real income is known (CSS R. 131-5), neither refunded nor set on anything else. */
  readonly surplusKept: Money;
  readonly instalments: readonly ChangedInstalment[];
}

/** `standing`: the assessment of the year before the estimate, if there was one. */
export function effectOf({ year, amount }: Estimate, called: Called, standing: DecidedAssessment | undefined): EstimateEffect {
  const { before, after } = called.instalments;
  const assessed = called.assessments.find((assessment) => assessment.year === year) ?? standing;
  const total = assessed?.total ?? Money.zero;
  const paid = Money.sum(after.flatMap(({ lines }) => lines.filter((line) => line.year === year).map((line) => line.paid)));
  return {
    year,
    amount,
    total: { before: standing?.total ?? null, after: total },
    paid,
    surplusKept: Money.max(Money.zero, paid.minus(total)),
    instalments: changes(before, after).filter(({ dueOn, before: was, after: is }) => dueOn.year >= year || !was.equals(is)),
  };
}

function changes(before: readonly Instalment[], after: readonly Instalment[]): ChangedInstalment[] {
  const dates = new Map([...before, ...after].map(({ id, dueOn }) => [id, dueOn]));
  const amountIn = (instalments: readonly Instalment[], id: string): Money => {
    const found = instalments.find((instalment) => instalment.id === id);
    return found ? asked(found) : Money.zero;
  };
  const paidOf = (id: string): Money =>
    Money.sum(after.filter((each) => each.id === id).flatMap(({ lines }) => lines.map(({ paid }) => paid)));
  return [...dates]
    .map(([id, dueOn]) => ({ id, dueOn, before: amountIn(before, id), after: amountIn(after, id), paid: paidOf(id) }))
    .sort((a, b) => a.dueOn.compare(b.dueOn) || (a.id < b.id ? -1 : 1));
}
