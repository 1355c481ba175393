import { assert } from './assert.js';
import { Day } from './day.js';

/**
 * Days on which the euro payment system settles (TARGET calendar of the European Central Bank, in force since 2002): not on Saturdays and
 * Sundays, 1 January, Good Friday, Easter Monday, 1 May, 25 and 26 December. French holidays such as 14 July are working days of the banks.
 */
export function isWorkingDay(day: Day): boolean {
  if (day.weekday >= 6) return false;
  const { month, dayOfMonth } = day;
  if (dayOfMonth === 1 && (month === 1 || month === 5)) return false;
  if (month === 12 && (dayOfMonth === 25 || dayOfMonth === 26)) return false;
  const daysFromEaster = easterSunday(day.year).daysUntil(day);
  return daysFromEaster !== -2 && daysFromEaster !== 1;
}

/** The day itself when banks work, else the first day on which they do: where a due date that falls on a closed day is carried. */
export function nextWorkingDay(day: Day): Day {
  return isWorkingDay(day) ? day : nextWorkingDay(day.plusDays(1));
}

/** So many working days later, or earlier when negative, the starting day not counted: −1 is the working day before. */
export function plusWorkingDays(day: Day, count: number): Day {
  assert(Number.isSafeInteger(count), 'working days are counted in whole numbers');
  const step = count < 0 ? -1 : 1;
  let reached = day;
  for (let left = Math.abs(count); left > 0;) {
    reached = reached.plusDays(step);
    if (isWorkingDay(reached)) left -= 1;
  }
  return reached;
}

/** Gregorian Easter, the « anonymous » algorithm (Meeus, Astronomical Algorithms, chapter 8); the letters are the book's. */
export function easterSunday(year: number): Day {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return Day.at(year, Math.floor(n / 31), (n % 31) + 1);
}
