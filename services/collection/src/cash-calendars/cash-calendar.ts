import { cashCalendar, declarationDeadline, readSituation, type AssessedSituation, type CashCalendar } from '@isu/calc';
import type { Day, Money } from '@isu/values';
import { hasEndedBefore, isMicroEntrepreneur, mustGoOn, type Account } from '../accounts/account.js';
import type { KnownIncomes } from '../incomes/known-incomes.js';
import { refuse } from '../refusals.js';

/** An income that the current year may bring. */
export interface Scenario {
  readonly name: string;
  readonly income: Money;
}

/**
 * The instalments, regularisations and refunds of this year and the next, for each income that this one may bring (N8): by the functions
 * that price and cut what is really called. The income of last year is forecast as the first scenario while it has not been declared, and
 * the declarations to come on the same day as the last one, or on the last day of the campaign.
 */
export function foresee(
  account: Account,
  { incomes, scenarios, today }: { incomes: KnownIncomes; scenarios: readonly Scenario[]; today: Day },
): CashCalendar[] {
  const { year } = today;
  mustGoOn(account);
  if (isMicroEntrepreneur(account) || hasEndedBefore(account, today)) throw refuse('forecast-without-schedule');
  const [beforeLast, last] = [incomes.settled(year - 2), incomes.settled(year - 1)];
  const [first] = scenarios;
  if (!beforeLast || !first) throw refuse('forecast-without-income', { year: year - 2 });
  return cashCalendar({
    year,
    periodicity: account.periodicity,
    incomes: { beforeLast: beforeLast.amount, last: last?.amount ?? first.income },
    declaredOn: last?.declaredOn ?? declarationDeadline(year - 1),
    scenarios,
    situationOf: ({ year: of, stage, income }) =>
      readSituation({ year: of, status: account.group, stage, income: income.toString() }) as AssessedSituation,
  });
}
