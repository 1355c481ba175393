import { Day, isLeapYear } from './day.js';
import { InvalidValue } from './invalid-value.js';

/** A civil year, the period that contributions are assessed on. */
export class Year {
  declare private readonly nominal: 'Year';

  private constructor(readonly number: number) {}

  static of(number: number): Year {
    if (!Number.isInteger(number) || number < 1 || number > 9999) {
      throw new InvalidValue('year-malformed', 'une année entre 1 et 9999, par exemple 2016');
    }
    return new Year(number);
  }

  static containing(day: Day): Year {
    return new Year(day.year);
  }

  get days(): 365 | 366 {
    return isLeapYear(this.number) ? 366 : 365;
  }

  get first(): Day {
    return Day.at(this.number, 1, 1);
  }

  get last(): Day {
    return Day.at(this.number, 12, 31);
  }

  get next(): Year {
    return Year.of(this.number + 1);
  }

  get previous(): Year {
    return Year.of(this.number - 1);
  }

  contains(day: Day): boolean {
    return day.year === this.number;
  }

  compare(other: Year): -1 | 0 | 1 {
    return this.first.compare(other.first);
  }

  equals(other: Year): boolean {
    return this.number === other.number;
  }

  toString(): string {
    return String(this.number).padStart(4, '0');
  }

  toJSON(): string {
    return this.toString();
  }

  print(): string {
    return String(this.number);
  }
}
