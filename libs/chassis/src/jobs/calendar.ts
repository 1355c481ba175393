import { isWorkingDay, type Day } from '@isu/values';

/** The dates for which a job is owed. A date that banks do not work on is a date all the same: what it means to carry it is the job's to know. */
export interface Calendar {
  /** In French, as it stands in lists: « le 5 de chaque mois ». */
  readonly label: string;
  includes(day: Day): boolean;
}

/** Never by itself: an operator asks for it. */
export const onDemand: Calendar = { label: 'à la demande', includes: () => false };

export const daily: Calendar = { label: 'chaque jour', includes: () => true };

/** The days on which banks settle. */
export const businessDays: Calendar = { label: 'chaque jour ouvré', includes: isWorkingDay };

export const monthlyOn = (dayOfMonth: number): Calendar => ({
  label: `le ${dayName(dayOfMonth)} de chaque mois`,
  includes: (day) => day.dayOfMonth === Math.min(dayOfMonth, day.lastOfMonth().dayOfMonth),
});

/** Every third month from the one given: `quarterlyOn(5, { from: 2 })` is 5 February, May, August and November. */
export const quarterlyOn = (dayOfMonth: number, { from }: { from: 1 | 2 | 3 }): Calendar => ({
  label: `le ${dayName(dayOfMonth)} de ${[0, 3, 6, 9].map((more) => monthNames[from - 1 + more] ?? '').join(', ')}`,
  includes: (day) => day.month % 3 === from % 3 && monthlyOn(dayOfMonth).includes(day),
});

export const yearlyOn = ({ month, dayOfMonth }: { month: number; dayOfMonth: number }): Calendar => ({
  label: `le ${dayName(dayOfMonth)} ${monthNames[month - 1] ?? ''} de chaque année`,
  includes: (day) => day.month === month && monthlyOn(dayOfMonth).includes(day),
});

/** The first of a month is said in French as no other day is. */
const dayName = (dayOfMonth: number): string => (dayOfMonth === 1 ? '1er' : String(dayOfMonth));

const monthNames = 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' ');

/** The last date of the calendar after one day, through another. */
export function lastDate({ includes }: Calendar, { after, through }: { after: Day; through: Day }): Day | undefined {
  for (let day = through; day.isAfter(after); day = day.minusDays(1)) if (includes(day)) return day;
  return undefined;
}

/** Further than this nobody looks: every calendar but `onDemand` has a date within a year and a day. */
const horizonInDays = 367;

/** The first date of the calendar after this day, none beyond the limit. */
export function nextDate({ includes }: Calendar, after: Day, limit: Day = after.plusDays(horizonInDays)): Day | undefined {
  for (let day = after.plusDays(1); day.atMost(limit); day = day.plusDays(1)) if (includes(day)) return day;
  return undefined;
}
