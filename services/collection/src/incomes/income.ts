import { pricedYears } from '@isu/calc';
import type { ExOfficioBase, IncomeKind } from '@isu/contracts';
import { Day, Money } from '@isu/values';
import { hasEndedBefore, mustGoOn, type Account } from '../accounts/account.js';
import { inYear, isCommonIn, isMicroIn } from '../accounts/in-year.js';
import { refuse } from '../refusals.js';

/** A professional income of a year, as it was said to us. */
export interface Income {
  /** Id of the fact that recorded it. */
  readonly fact: string;
  readonly account: string;
  readonly year: number;
  readonly kind: IncomeKind;
  /** Negative for a loss. */
  readonly amount: Money;
  readonly source: string;
  readonly declaredOn: Day;
  /** The fact that this one corrects. */
  readonly corrects: string | null;
  /** How the base of an ex-officio assessment was found; null for what somebody said. */
  readonly grounds: ExOfficioGrounds | null;
}

/** The penal base before its increase, which the years after it look at, and the arithmetic that gave it (CSS R. 242-14). */
export interface ExOfficioGrounds {
  readonly retained: ExOfficioBase;
  readonly beforeIncrease: string;
  readonly consecutiveYears: number;
  readonly expression: string;
}

export interface DeclareIncome {
  readonly year: number;
  readonly kind: IncomeKind;
  readonly amount: Money;
  readonly source: string;
  readonly declaredOn: Day;
}

/**
 * Incomes are declared net of social contributions up to this year; from the next on the law retains the gross income (single
 * base, CSS art. L. 131-6 as of 2025), which another declaration asks for.
 */
export const lastNetIncomeYear = 2024;
export const declarableYears: readonly number[] = pricedYears.filter((year) => year <= lastNetIncomeYear);

/** Nobody self-employed earns as much; a slip of the keyboard does. */
export const largestIncome = Money.euros(999_999_999);

/**
 * Whether an income may be declared on this account. Refused, with what to do instead, for a micro-entrepreneur, for a year that is not
 * over (but the last one of an activity that has ended: it is declared within ninety days), that the activity did not see, or whose
 * rules are not known.
 */
export function checkDeclaration(known: Account, { year, amount, declaredOn }: DeclareIncome, today: Day): void {
  mustGoOn(known);
  const account = inYear(known, year);
  if (isMicroIn(known, year) && !isCommonIn(known, year)) throw refuse('income-of-micro-entrepreneur');
  if (account.endedOn && account.endedOn.year < year) throw refuse('income-after-end', { endedOn: account.endedOn });
  const isLastYear = account.endedOn?.year === year && hasEndedBefore(account, today);
  if (year >= today.year && !isLastYear) throw refuse('income-year-not-over', { latest: today.year - 1 });
  if (year < account.startedOn.year) throw refuse('income-before-start', { startedOn: account.startedOn });
  if (!declarableYears.includes(year))
    throw refuse('income-year-not-priced', { earliest: Math.min(...declarableYears), latest: lastNetIncomeYear });
  const isOver = isLastYear ? declaredOn.isAfter(account.endedOn as Day) : declaredOn.year > year;
  if (declaredOn.isAfter(today) || !isOver) throw refuse('declaration-day-impossible', { year, today });
  if (amount.abs().compare(largestIncome) > 0) throw refuse('income-out-of-proportion');
}

/** The same income said again, by another door or by the same: there is nothing to record. */
export const saysTheSame = (earlier: Income, declared: DeclareIncome): boolean =>
  earlier.kind === declared.kind && earlier.amount.equals(declared.amount);
