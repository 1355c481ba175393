import { isSurcharge } from '@isu/account';
import { underEstimateSurcharge, type UnderEstimate } from '@isu/calc';
import { Day, Money } from '@isu/values';
import type { Account } from '../accounts/account.js';
import { chargedApart } from '../assessments/assessment.js';
import { linesOf, type AssessmentLine } from '../assessments/pricing.js';
import type { KnownIncomes } from '../incomes/known-incomes.js';
import type { Payment } from '../payments/payment.js';

/**
 * The surcharge that the law gives for an estimate too low by more than a third (CSS R. 131-5), once the real income is declared; null
 * where there is none, or where the income of two years before, which the comparison asks for, is not known.
 */
export function underEstimateOf(
  account: Account,
  year: number,
  { incomes, payments }: { incomes: KnownIncomes; payments: readonly Payment[] },
): UnderEstimate | null {
  const [estimate, definitive, twoYearsBefore] = [
    incomes.last('estimated', year),
    incomes.last('declared', year),
    incomes.settled(year - 2),
  ];
  if (!estimate || !definitive || !twoYearsBefore) return null;
  const lines = linesOf(account, year, { stage: 'provisional', income: twoYearsBefore });
  const wouldHaveBeenPaid = Money.sum(lines.map(({ amount }) => Money.of(amount)));
  return underEstimateSurcharge({
    lawOn: Day.at(year, 1, 1),
    estimated: estimate.amount,
    definitive: definitive.amount,
    wouldHaveBeenPaid,
    paid: paidInYear(payments, year),
  });
}

/** What was received for the year's contributions before the year was over. */
function paidInYear(payments: readonly Payment[], year: number): Money {
  const counted = payments.filter(({ valueOn, reversedOn }) => valueOn.year <= year && reversedOn === null);
  const parts = counted.flatMap(({ allocations }) => allocations);
  return Money.sum(parts.filter((part) => part.year === year && !isSurcharge(part)).map(({ amount }) => amount));
}

export const surchargeLine = ({ base, rate, amount }: UnderEstimate): AssessmentLine => ({
  ...{ code: chargedApart.underEstimate, base: `${base}`, rate: `${rate}`, amount: `${amount}` },
});

/** What an agent decided: to apply the surcharge, or not to, for the person's papers justified the estimate. */
export interface UnderEstimateDecision {
  readonly account: string;
  readonly year: number;
  readonly applies: boolean;
  readonly line: AssessmentLine | null;
  readonly reason: string;
  readonly decidedOn: Day;
  readonly decidedBy: string;
}
