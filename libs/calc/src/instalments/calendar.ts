import { Day, nextWorkingDay } from '@isu/values';

/** Monthly on the 5th (the default), monthly on the 20th, quarterly by option. */
export type Periodicity = 'monthly-5' | 'monthly-20' | 'quarterly';

/** A due date of the calendar, before anything is asked on it. */
export interface Slot {
  /** `2016-05` (monthly), `2016-Q2` (quarterly), `2016-R1` (a single payment after the last due date of its year). */
  readonly id: string;
  readonly dueOn: Day;
}

// Monthly payments a year. CSS R. 133-26: January to December since 2015, January to October before.
const monthlyCount = [
  { fromYear: 2015, count: 12, source: 'Décret 2014-1690; CSS R. 133-26' },
  { fromYear: 2012, count: 10, source: 'CSS R. 133-26, version of 21 December 2008' },
];

// Quarterly due dates. CSS R. 133-27.
const quarterlyDates = ['02-05', '05-05', '08-05', '11-05'];

/** The first payment of a starter falls at least this many days after the start. CSS D. 131-2; RSI, début d'activité. */
export const firstPaymentDelayDays = 90;
/** A changed amount is asked for from the first due date at least this many days after the declaration. CSS R. 131-5. */
export const changeNoticeDays = 15;

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** What is left of an activity that has ended is due so many days after the notice. The texts are silent: by default. */
const finalSettlementDays = 30;

/** The due date of a final settlement announced on a day; on a closed banking day, the next open one. */
export const finalSettlementDay = (announcedOn: Day): Day => nextWorkingDay(announcedOn.plusDays(finalSettlementDays));

/** Three a civil year: each account called asks for one of them, and for those of the year after. */
const calendars = new Map<string, readonly Slot[]>();

/** The due dates of a civil year; a due date on a closed banking day moves to the next open one (TARGET). */
export function calendarOf(year: number, periodicity: Periodicity): Slot[] {
  const key = `${year} ${periodicity}`;
  const known = calendars.get(key) ?? slotsOf(year, periodicity);
  calendars.set(key, known);
  return [...known];
}

function slotsOf(year: number, periodicity: Periodicity): Slot[] {
  if (periodicity === 'quarterly') {
    return quarterlyDates.map((date, index) => ({ id: `${year}-Q${index + 1}`, dueOn: nextWorkingDay(Day.of(`${year}-${date}`)) }));
  }
  const count = monthlyCount.find((rule) => year >= rule.fromYear)?.count;
  if (count === undefined) throw new RangeError('The calendar of monthly payments is known from 2012 on.');
  const dayOfMonth = periodicity === 'monthly-5' ? '05' : '20';
  return Array.from({ length: count }, (_, index) => {
    const month = twoDigits(index + 1);
    return { id: `${year}-${month}`, dueOn: nextWorkingDay(Day.of(`${year}-${month}-${dayOfMonth}`)) };
  });
}

/** The single due date of a year's money when none is left in that year: the next regular one from `notBefore` on. */
export function singlePaymentSlot(year: number, periodicity: Periodicity, notBefore: Day): Slot {
  const later = [notBefore.year, notBefore.year + 1].flatMap((civilYear) => calendarOf(civilYear, periodicity));
  const next = later.find((slot) => slot.dueOn.atLeast(notBefore));
  if (!next) throw new Error('A calendar of two years always holds a later due date.');
  return { id: `${year}-R1`, dueOn: next.dueOn };
}
