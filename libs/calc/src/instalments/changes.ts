import type { Day } from '@isu/values';
import { calendarOf, changeNoticeDays, firstPaymentDelayDays } from './calendar.js';
import type { Periodicity, Slot } from './calendar.js';
import { spreadAgain } from './cut.js';
import type { Instalment, OwedLine } from './cut.js';

/** The quarterly option takes effect from the next quarterly date at least so many days after the request. CSS, art. R. 133-27. */
export const quarterlyNoticeDays = 30;

/** The due dates of a civil year from a day on. */
export const slotsFrom = (year: number, periodicity: Periodicity, notBefore: Day): Slot[] =>
  calendarOf(year, periodicity).filter(({ dueOn }) => dueOn.atLeast(notBefore));

/** The due dates of a starter's first year: none in the first ninety days. CSS, art. D. 131-2. */
export const firstYearSlots = (startedOn: Day, periodicity: Periodicity): Slot[] =>
  slotsFrom(startedOn.year, periodicity, startedOn.plusDays(firstPaymentDelayDays));

/**
 * From when another periodicity counts: quarterly payments from the next quarterly date at least 30 days after the request; another
 * day of the month, or the way back to monthly payments, from the second month after it. CSS, art. R. 133-26 and R. 133-27.
 */
export function periodicityCountsFrom(to: Periodicity, requestedOn: Day): Day {
  if (to !== 'quarterly') return requestedOn.firstOfMonth().plusMonths(2);
  const notBefore = requestedOn.plusDays(quarterlyNoticeDays);
  const [next] = [notBefore.year, notBefore.year + 1].flatMap((year) => slotsFrom(year, 'quarterly', notBefore));
  if (!next) throw new Error('Two years always hold another quarterly date.');
  return next.dueOn;
}

/**
 * The year's payments under another periodicity: those due before it counts stand as they are, and what remains due is cut in equal
 * parts over the due dates of the new calendar. The total of the year is unchanged to the cent. A change that counts only from the
 * next year leaves this one as it is.
 */
export function changePeriodicity(change: {
  readonly instalments: readonly Instalment[];
  readonly owed: readonly OwedLine[];
  readonly to: Periodicity;
  readonly requestedOn: Day;
}): Instalment[] {
  const { instalments, owed, to, requestedOn } = change;
  const from = periodicityCountsFrom(to, requestedOn);
  const open = slotsFrom(requestedOn.year, to, from);
  if (from.year > requestedOn.year || open.length === 0) return [...instalments];
  return spreadAgain({ standing: instalments.filter(({ dueOn }) => dueOn.isBefore(from)), open, owed });
}

/**
 * The year's payments once its income is estimated anew: those due within fifteen days of the request stand as they are, the rest of
 * what the estimate owes is cut in equal parts over the others. When less is owed than what stands, nothing more is asked, and the
 * surplus waits for the real income. CSS, art. R. 131-5.
 */
export function changeEstimate(change: {
  readonly instalments: readonly Instalment[];
  /** What the year owes on the new estimate. */
  readonly owed: readonly OwedLine[];
  readonly periodicity: Periodicity;
  readonly requestedOn: Day;
}): Instalment[] {
  const { instalments, owed, periodicity, requestedOn } = change;
  const from = requestedOn.plusDays(changeNoticeDays);
  const open = slotsFrom(requestedOn.year, periodicity, from);
  if (open.length === 0) return [...instalments];
  return spreadAgain({ standing: instalments.filter(({ dueOn }) => dueOn.isBefore(from)), open, owed });
}
