import { Day } from './day.js';
import { InvalidValue, textOfForm } from './invalid-value.js';

const refusal = { code: 'quarter-malformed', accepted: 'un trimestre au format AAAA-Q suivi de 1 à 4, par exemple « 2016-Q1 »' };
const form = /^(\d{4})-Q([1-4])$/;

/** A calendar quarter, what the pension counts rights in. */
export class Quarter {
  declare private readonly nominal: 'Quarter';

  private constructor(
    readonly year: number,
    readonly number: number,
  ) {}

  static of(year: number, number: number): Quarter {
    const isYear = Number.isInteger(year) && year >= 1 && year <= 9999;
    if (!isYear || ![1, 2, 3, 4].includes(number)) throw new InvalidValue('quarter-malformed', refusal.accepted);
    return new Quarter(year, number);
  }

  static ofText(text: string): Quarter {
    const [, year, number] = form.exec(textOfForm(text, form, refusal)) ?? [];
    return Quarter.of(Number(year), Number(number));
  }

  static containing(day: Day): Quarter {
    return new Quarter(day.year, Math.ceil(day.month / 3));
  }

  get first(): Day {
    return Day.at(this.year, this.number * 3 - 2, 1);
  }

  get last(): Day {
    return Day.at(this.year, this.number * 3, 1).lastOfMonth();
  }

  /** How many days it lasts. */
  get days(): number {
    return this.first.daysUntil(this.last) + 1;
  }

  get next(): Quarter {
    return this.number === 4 ? Quarter.of(this.year + 1, 1) : Quarter.of(this.year, this.number + 1);
  }

  get previous(): Quarter {
    return this.number === 1 ? Quarter.of(this.year - 1, 4) : Quarter.of(this.year, this.number - 1);
  }

  contains(day: Day): boolean {
    return Quarter.containing(day).equals(this);
  }

  compare(other: Quarter): -1 | 0 | 1 {
    return this.first.compare(other.first);
  }

  equals(other: Quarter): boolean {
    return this.year === other.year && this.number === other.number;
  }

  toString(): string {
    return `${String(this.year).padStart(4, '0')}-Q${this.number}`;
  }

  toJSON(): string {
    return this.toString();
  }

  /** `1er trimestre 2016`. */
  print(): string {
    return `${this.number === 1 ? '1er' : `${this.number}e`} trimestre ${this.year}`;
  }
}
