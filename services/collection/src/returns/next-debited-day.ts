import { calendarOf } from '@isu/calc';
import type { Day } from '@isu/values';
import type { Account } from '../accounts/account.js';
import { meansUnder } from '../schedules/schedule.js';

/** The next due date of the person's calendar that is still to be presented, when it is debited: there what failed may be carried. Null when nothing more is. */
export function nextDebitedDay({ periodicity, told, endedOn }: Account, after: Day, today: Day): Day | null {
  if (endedOn !== null) return null;
  const slots = [after.year, after.year + 1].flatMap((year) => calendarOf(year, periodicity));
  const next = slots.find(({ dueOn }) => dueOn.isAfter(after) && dueOn.isAfter(today));
  return next && meansUnder(told.mandate, next.id) === 'direct-debit' ? next.dueOn : null;
}
