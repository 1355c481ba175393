import { assert } from './assert.js';
import { InvalidValue, textOfForm } from './invalid-value.js';

const refusal = { code: 'day-malformed', accepted: 'une date du calendrier au format AAAA-MM-JJ, par exemple « 2016-05-20 »' };
const form = /^(\d{4})-(\d{2})-(\d{2})$/;
const monthNames = 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' ');
const DAYS_IN_400_YEARS = 146_097;

/** Whether a text names a day of the calendar, for whoever asks before they read it: `2016-02-29`, and not `2015-02-29`. */
export function isDay(text: string): boolean {
  const [, year, month, day] = form.exec(text) ?? [];
  return year !== undefined && isInCalendar(Number(year), Number(month), Number(day));
}

/**
 * A day of the civil calendar, from 0001-01-01 to 9999-12-31, without hour or zone: no change of clocks can move it.
 * Counted as days since 1 March of year 0, by integers only.
 */
export class Day {
  declare private readonly nominal: 'Day';

  private constructor(
    readonly year: number,
    readonly month: number,
    readonly dayOfMonth: number,
  ) {}

  static of(iso: string): Day {
    const [, year, month, day] = form.exec(textOfForm(iso, form, refusal)) ?? [];
    const [y, m, d] = [Number(year), Number(month), Number(day)];
    if (!isInCalendar(y, m, d)) throw new InvalidValue('day-not-in-calendar', refusal.accepted);
    return new Day(y, m, d);
  }

  /** From numbers that our own code has computed; a wrong one is a fault. */
  static at(year: number, month: number, dayOfMonth: number): Day {
    assert(isInCalendar(year, month, dayOfMonth), 'a day built by the program exists in the calendar');
    return new Day(year, month, dayOfMonth);
  }

  static min(a: Day, b: Day): Day {
    return a.isAfter(b) ? b : a;
  }

  static max(a: Day, b: Day): Day {
    return a.isBefore(b) ? b : a;
  }

  get iso(): string {
    return `${padded(this.year, 4)}-${padded(this.month, 2)}-${padded(this.dayOfMonth, 2)}`;
  }

  /** 1 is Monday, 7 is Sunday, as in ISO 8601. */
  get weekday(): number {
    // Day 0 of the count, 1 March of year 0, was a Wednesday.
    return ((this.count() + 2) % 7) + 1;
  }

  plusDays(days: number): Day {
    assert(Number.isSafeInteger(days), 'a day moves by a whole number of days');
    return dayOfCount(this.count() + days);
  }

  minusDays(days: number): Day {
    return this.plusDays(-days);
  }

  /** Same day of the month so many months on, or the last of that month when it is shorter: 31 January plus one is 28 or 29 February. */
  plusMonths(months: number): Day {
    assert(Number.isSafeInteger(months), 'a day moves by a whole number of months');
    const monthsSinceYearZero = this.year * 12 + this.month - 1 + months;
    const year = Math.floor(monthsSinceYearZero / 12);
    const month = monthsSinceYearZero - year * 12 + 1;
    return Day.at(year, month, Math.min(this.dayOfMonth, daysInMonth(year, month)));
  }

  minusMonths(months: number): Day {
    return this.plusMonths(-months);
  }

  plusYears(years: number): Day {
    return this.plusMonths(12 * years);
  }

  firstOfMonth(): Day {
    return new Day(this.year, this.month, 1);
  }

  lastOfMonth(): Day {
    return new Day(this.year, this.month, daysInMonth(this.year, this.month));
  }

  firstOfYear(): Day {
    return new Day(this.year, 1, 1);
  }

  lastOfYear(): Day {
    return new Day(this.year, 12, 31);
  }

  /** How many days from this one to the other: 1 from today to tomorrow, negative towards the past. */
  daysUntil(other: Day): number {
    return other.count() - this.count();
  }

  compare(other: Day): -1 | 0 | 1 {
    const difference = this.year - other.year || this.month - other.month || this.dayOfMonth - other.dayOfMonth;
    if (difference === 0) return 0;
    return difference < 0 ? -1 : 1;
  }

  equals(other: Day): boolean {
    return this.compare(other) === 0;
  }

  isBefore(other: Day): boolean {
    return this.compare(other) < 0;
  }

  isAfter(other: Day): boolean {
    return this.compare(other) > 0;
  }

  atLeast(other: Day): boolean {
    return this.compare(other) >= 0;
  }

  atMost(other: Day): boolean {
    return this.compare(other) <= 0;
  }

  toString(): string {
    return this.iso;
  }

  toJSON(): string {
    return this.iso;
  }

  /** `20 mai 2016`, `1er janvier 2016`. */
  print(): string {
    return `${this.dayOfMonth === 1 ? '1er' : this.dayOfMonth} ${monthNames[this.month - 1]} ${this.year}`;
  }

  /** Days since 1 March of year 0: with the year begun in March, the leap day comes last and months have a regular rhythm (153 days in 5). */
  private count(): number {
    const year = this.month > 2 ? this.year : this.year - 1;
    const monthFromMarch = (this.month + 9) % 12;
    return 365 * year + leapDaysBefore(year) + Math.floor((153 * monthFromMarch + 2) / 5) + this.dayOfMonth - 1;
  }
}

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** The inverse of the count; H. Hinnant, « chrono-compatible low-level date algorithms ». */
function dayOfCount(count: number): Day {
  const era = Math.floor(count / DAYS_IN_400_YEARS);
  const dayOfEra = count - era * DAYS_IN_400_YEARS;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + leapDaysBefore(yearOfEra));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
  return Day.at(year, month, dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1);
}

function leapDaysBefore(year: number): number {
  return Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function isInCalendar(year: number, month: number, dayOfMonth: number): boolean {
  const inRange = year >= 1 && year <= 9999 && month >= 1 && month <= 12 && dayOfMonth >= 1;
  return inRange && Number.isInteger(year + month + dayOfMonth) && dayOfMonth <= daysInMonth(year, month);
}

function padded(number: number, length: number): string {
  return String(number).padStart(length, '0');
}
