import type { Day } from '@isu/values';
import { Money } from '@isu/values';
import { hasEndedBefore, mustGoOn, type Account } from '../accounts/account.js';
import { inYear, isCommonIn, isMicroIn } from '../accounts/in-year.js';
import type { DecidedAssessment } from '../assessments/assessment.js';
import type { ExplainedYear } from '../assessments/pricing.js';
import { declarableYears, largestIncome, lastNetIncomeYear } from '../incomes/income.js';
import type { KnownIncomes } from '../incomes/known-incomes.js';
import { refuse } from '../refusals.js';
import type { DebtLine, Instalment } from '../schedules/schedule.js';
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

/** Asked for before the estimate and after it, and what is paid of it. */
interface Changed {
  readonly before: Money;
  readonly after: Money;
  readonly paid: Money;
}

/** A due date before the estimate and after it, with its share of each contribution. */
export interface ChangedInstalment extends Changed {
  readonly id: string;
  readonly dueOn: Day;
  readonly lines: readonly ChangedLine[];
}

export interface ChangedLine extends Changed {
  readonly year: number;
  readonly code: string;
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

/** What would be, with the derivation of the year's lines on the income that is only supposed (I6): no fact says them yet. */
export interface EstimatePreview extends EstimateEffect {
  readonly explanation: ExplainedYear | null;
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
  const [was, is] = [byId(before), byId(after)];
  return [...new Map([...was, ...is])]
    .map(([id, { dueOn }]) => {
      const lines = changedLines(was.get(id)?.lines ?? [], is.get(id)?.lines ?? []);
      const sum = (what: keyof Changed): Money => Money.sum(lines.map((line) => line[what]));
      return { id, dueOn, before: sum('before'), after: sum('after'), paid: sum('paid'), lines };
    })
    .sort((a, b) => a.dueOn.compare(b.dueOn) || (a.id < b.id ? -1 : 1));
}

const byId = (instalments: readonly Instalment[]) => new Map(instalments.map((instalment) => [instalment.id, instalment]));

function changedLines(before: readonly DebtLine[], after: readonly DebtLine[]): ChangedLine[] {
  const key = ({ year, code }: Pick<DebtLine, 'year' | 'code'>): string => `${String(year)}/${code}`;
  const [was, is] = [new Map(before.map((line) => [key(line), line])), new Map(after.map((line) => [key(line), line]))];
  return [...new Map([...is, ...was])].map(([place, { year, code }]) => ({
    ...{ year, code },
    before: was.get(place)?.amount ?? Money.zero,
    after: is.get(place)?.amount ?? Money.zero,
    paid: is.get(place)?.paid ?? Money.zero,
  }));
}
