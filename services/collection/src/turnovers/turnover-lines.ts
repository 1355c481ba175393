import type { EntityManager } from 'typeorm';
import type { Account } from '../accounts/account.js';
import type { AssessmentLine } from '../assessments/pricing.js';
import { asMicroIn } from '../accounts/in-year.js';
import { choiceOf, firstDayOf, linesOfPeriods, linesOfYear, type MissingTurnover, type PeriodLine } from './turnover.js';
import { choicesOf, missingTurnovers, turnoversInForce } from './turnover.table.js';

type Reading = Pick<EntityManager, 'query'>;

/** What the periods of a year owe, by account: what was declared, and what stands in the place of what was not. */
export async function periodLinesOf(tx: Reading, accounts: readonly Account[], year: number): Promise<Map<string, PeriodLine[]>> {
  const numbers = accounts.map(({ account }) => account);
  const [turnovers, missing] = [await turnoversInForce(tx, numbers, year), await missingTurnovers(tx, numbers, year)];
  const choices = await choicesOf(tx, numbers);
  return new Map(
    accounts.map((of) => {
      const { account, told } = of;
      const { acreFrom } = told;
      const declared = { turnovers: turnovers.get(account) ?? [], missing: awaited(of, missing.get(account) ?? [], year) };
      const { incomeTaxOption } = choiceOf(choices.get(account) ?? [], year);
      return [account, linesOfPeriods({ ...declared, incomeTaxOption, acreFrom })];
    }),
  );
}

/** Nothing stands in the place of a period that began after the end of the activity, however late the end was learned. */
function awaited(account: Account, missing: readonly MissingTurnover[], year: number): MissingTurnover[] {
  const { endedOn } = asMicroIn(account, year) ?? account;
  return missing.filter(({ period }) => endedOn === null || firstDayOf(period).atMost(endedOn));
}

/** By account and year, the lines of an assessment that turnovers make. */
export async function turnoverLinesOf(
  tx: Reading,
  wanted: readonly { readonly account: Account; readonly year: number }[],
): Promise<Map<string, AssessmentLine[]>> {
  const found = new Map<string, AssessmentLine[]>();
  for (const year of new Set(wanted.map((each) => each.year))) {
    const accounts = wanted.filter((each) => each.year === year).map(({ account }) => account);
    for (const [account, lines] of await periodLinesOf(tx, accounts, year)) found.set(`${account} ${year}`, linesOfYear(lines));
  }
  return found;
}
