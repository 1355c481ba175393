import { calendarOf } from '@isu/calc';
import type { Periodicity } from '@isu/contracts';
import { Day } from '@isu/values';
import { isMicroEntrepreneur, mustGoOn, type Account } from '../accounts/account.js';
import { refuse } from '../refusals.js';

/** The quarterly option takes effect from the next quarterly date at least so many days after the request. CSS R. 133-27. */
const quarterlyNoticeDays = 30;

export interface ChangedPeriodicity {
  readonly account: Account;
  /** Payments due before this day stand as they are. */
  readonly from: Day;
}

/**
 * Another periodicity, and from when (CSS R. 133-26, R. 133-27). The day of monthly payments changes once a civil year, and counts
 * from the second month after the request; so does the way back from quarterly payments. Refused to micro-entrepreneurs.
 */
export function changePeriodicity(account: Account, periodicity: Periodicity, today: Day): ChangedPeriodicity {
  mustGoOn(account);
  if (isMicroEntrepreneur(account)) throw refuse('periodicity-of-micro-entrepreneur');
  if (periodicity === 'quarterly')
    return { account: { ...account, periodicity }, from: firstQuarterlyDate(today.plusDays(quarterlyNoticeDays)) };
  const changesTheDay = account.periodicity !== 'quarterly';
  if (changesTheDay && account.dayChangedIn === today.year) throw refuse('day-already-changed', { year: today.year });
  const dayChangedIn = changesTheDay ? today.year : account.dayChangedIn;
  return { account: { ...account, periodicity, dayChangedIn }, from: today.firstOfMonth().plusMonths(2) };
}

function firstQuarterlyDate(notBefore: Day): Day {
  const dates = [notBefore.year, notBefore.year + 1].flatMap((year) => calendarOf(year, 'quarterly').map(({ dueOn }) => dueOn));
  const first = dates.find((dueOn) => dueOn.atLeast(notBefore));
  if (!first) throw new Error('Two years always hold another quarterly date.');
  return first;
}
