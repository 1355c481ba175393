import { plusWorkingDays, type Day } from '@isu/values';

/** How often a partner promises a batch, even an empty one. */
export const calendarNames = ['business-days', 'daily', 'nightly', 'monthly', 'yearly'] as const;
export type CalendarName = (typeof calendarNames)[number];

/** What a rhythm promises. */
interface Calendar {
  /** The day through which the flow should be complete on a given day; behind it, the flow is late. */
  awaitedThrough(today: Day): Day;
  /** Whether a batch may tell of this day. */
  holds(businessDate: Day): boolean;
}

const anyDay = (): boolean => true;
const twoDaysBack = (today: Day): Day => today.minusDays(2);

export const calendars: Readonly<Record<CalendarName, Calendar>> = {
  /** A batch for each day on which banks work (TARGET), two of them of patience. Money may be told of on the other days too. */
  'business-days': { awaitedThrough: (today) => plusWorkingDays(today, -2), holds: anyDay },
  /** A batch for each day of the year, two days of patience. */
  daily: { awaitedThrough: twoDaysBack, holds: anyDay },
  /** The books of each evening, sent in the night; the second night that brings nothing is late. */
  nightly: { awaitedThrough: twoDaysBack, holds: anyDay },
  /** A batch for each month, dated its last day; here before the next month ends. */
  monthly: {
    awaitedThrough: (today) => today.firstOfMonth().minusMonths(1).minusDays(1),
    holds: (day) => day.equals(day.lastOfMonth()),
  },
  /** A batch for each year, dated 31 December; here before the next year ends. */
  yearly: {
    awaitedThrough: (today) => today.firstOfYear().plusYears(-1).minusDays(1),
    holds: (day) => day.month === 12 && day.dayOfMonth === 31,
  },
};
