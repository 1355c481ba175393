import { penalBase, undeclaredEndBase, type UndeclaredIncome } from '@isu/calc';
import { Money, type Day } from '@isu/values';
import { hasEndedBefore, mustGoOn, type Account } from '../accounts/account.js';
import { inYear, isCommonIn, isMicroIn } from '../accounts/in-year.js';
import { declaredInTimeBy } from '../assessments/assessment.js';
import { declarableYears, lastNetIncomeYear, type ExOfficioGrounds, type Income } from '../incomes/income.js';
import type { KnownIncomes } from '../incomes/known-incomes.js';
import { refuse } from '../refusals.js';

/** Why nobody can be taxed ex officio now: a declaration may exist that we do not hold (S7, I5). */
export type Hold = 'flow-incomplete' | 'fact-set-aside' | 'declaration-not-retained';

export interface Undeclared {
  readonly account: Account;
  readonly incomes: KnownIncomes;
  readonly year: number;
  readonly hold: Hold | null;
}

/** Refused for whom no income is awaited from, before the deadline, once a declaration is here, and while one may be on its way. */
export function checkUndeclared({ account: known, incomes, year, hold }: Undeclared, today: Day): void {
  mustGoOn(known);
  const account = inYear(known, year);
  if (isMicroIn(known, year) && !isCommonIn(known, year)) throw refuse('ex-officio-of-micro-entrepreneur');
  if (year < account.startedOn.year) throw refuse('income-before-start', { startedOn: account.startedOn });
  if (account.endedOn && account.endedOn.year < year) throw refuse('ex-officio-after-end', { endedOn: account.endedOn });
  if (!declarableYears.includes(year))
    throw refuse('income-year-not-priced', { earliest: Math.min(...declarableYears), latest: lastNetIncomeYear });
  const deadline = declaredInTimeBy(account, year);
  if (today.atMost(deadline)) throw refuse('ex-officio-before-deadline', { year, deadline });
  if (incomes.last('declared', year)) throw refuse('ex-officio-of-declared-year', { year });
  if (hold) throw refuse('ex-officio-held', { hold });
}

/**
 * The base that stands for an income nobody declared (CSS R. 242-14, R. 131-2): the highest of three, increased by 25 % a year in a row.
 * The years before count for what was declared, or for the base used then **without** its increase, so that none is ever compounded (S8).
 */
export function exOfficioBase(
  { account: known, incomes, year }: Undeclared,
  today: Day,
): { readonly amount: Money; readonly grounds: ExOfficioGrounds } {
  const account = inYear(known, year);
  const before = [year - 1, year - 2].filter((earlier) => earlier >= account.startedOn.year);
  const earlierIncomes = before.flatMap((earlier) => incomes.settled(earlier) ?? []).map(incomeWithoutIncrease);
  const consecutiveYears = yearsInARow(incomes, year);
  const taxIncome = incomes.last('tax', year)?.amount ?? null;
  const undeclared = { noticeOn: today, earlierIncomes, taxIncome, consecutiveYears };
  if (!hasEndedBefore(account, today)) return fromPenal(undeclared);
  const lastKnownIncome = incomes.lastDeclared?.amount ?? null;
  const ended = undeclaredEndBase({ ...undeclared, lastKnownIncome });
  if (ended.kind === 'flat') throw refuse('ex-officio-flat-end');
  if (ended.kind === 'penal') return fromPenal(undeclared);
  const beforeIncrease = ended.base.toString();
  return { amount: ended.base, grounds: { retained: 'last-known', beforeIncrease, consecutiveYears, expression: beforeIncrease } };
}

function fromPenal(undeclared: UndeclaredIncome): { amount: Money; grounds: ExOfficioGrounds } {
  const penal = penalBase(undeclared);
  const { base: beforeIncrease } = penalBase({ ...undeclared, consecutiveYears: 0 });
  const { consecutiveYears } = undeclared;
  const grounds = { retained: penal.retained, beforeIncrease: beforeIncrease.toString(), consecutiveYears, expression: penal.expression };
  return { amount: penal.base, grounds };
}

const incomeWithoutIncrease = ({ amount, grounds }: Income): Money => (grounds ? Money.of(grounds.beforeIncrease) : amount);

/** The year itself, and those just before it that were taxed ex officio and never declared since. */
function yearsInARow(incomes: KnownIncomes, year: number): number {
  let count = 1;
  while (incomes.settled(year - count)?.kind === 'ex-officio') count += 1;
  return count;
}
