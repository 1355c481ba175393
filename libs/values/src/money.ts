import { assert } from './assert.js';
import { Fraction } from './fraction.js';
import { textOfForm } from './invalid-value.js';
import { frenchDecimal } from './printed-decimal.js';
import { Rate } from './rate.js';
import type { ExactAmount } from './rate.js';
import { NO_BREAK_SPACE } from './typography.js';
import { UnroundedMoney } from './unrounded-money.js';

const refusal = {
  code: 'money-malformed',
  accepted: 'un montant en euros avec un point et deux décimales au plus, par exemple « 1690 » ou « 1234.50 »',
};
const form = /^(?!-0(?:\.0+)?$)(-?)(0|[1-9]\d{0,11})(?:\.(\d{1,2}))?$/;

/** The cents of `1690`, `1234.5` or `1234.50`, read digit by digit, as hundreds of amounts an account are; −1 for whatever else it may be. */
function plainCents(text: string): number {
  const { length } = text;
  if (length === 0 || length > 15 || (length > 1 && text.charCodeAt(0) === zero && text.charCodeAt(1) !== point)) return -1;
  let [cents, decimals] = [0, -1];
  for (let place = 0; place < length; place += 1) {
    const code = text.charCodeAt(place);
    if (code === point && decimals < 0 && place > 0 && place <= 12) decimals = 0;
    else if (code < zero || code > nine || decimals === 2) return -1;
    else {
      cents = cents * 10 + code - zero;
      if (decimals >= 0) decimals += 1;
    }
  }
  if (decimals === 0 || (decimals < 0 && length > 12)) return -1;
  return decimals === 2 ? cents : cents * (decimals === 1 ? 10 : 100);
}

const [zero, nine, point] = [48, 57, 46];

/**
 * Euros and cents, as integer cents within the safe integers, checked at birth: an amount that left them is a fault that rises, never a
 * rounded figure. Immutable. There is no way from a JavaScript decimal number to a Money.
 */
export class Money implements ExactAmount {
  static readonly zero = new Money(0);
  declare private readonly nominal: 'Money';

  readonly cents: number;

  private constructor(cents: number) {
    assert(Number.isSafeInteger(cents), 'an amount of money is a whole number of cents that a safe integer can hold');
    // Minus zero would print as « -0 » in some places and compare as zero in others.
    this.cents = cents + 0;
  }

  /** From its text on the wire or in SQL: `1690`, `1234.5`, `-1234.50`; at most 12 digits of euros, as `numeric(14,2)` holds. */
  static of(text: string): Money {
    const plain = typeof text === 'string' ? plainCents(text) : -1;
    if (plain >= 0) return new Money(plain);
    // One look where the text is an amount, as it nearly always is; otherwise the refusal.
    const [, sign, euros = '', decimals = ''] =
      (typeof text === 'string' && form.exec(text)) || form.exec(textOfForm(text, form, refusal)) || [];
    const cents = Number(euros) * 100 + Number(decimals.padEnd(2, '0'));
    return new Money(sign === '-' ? -cents : cents);
  }

  static euros(whole: number): Money {
    assert(Number.isSafeInteger(whole), 'an amount given in euros is a whole number of euros');
    return new Money(whole * 100);
  }

  static cents(cents: number): Money {
    return new Money(cents);
  }

  static sum(amounts: Iterable<Money>): Money {
    let total = 0;
    for (const amount of amounts) {
      total += amount.cents;
      assert(Number.isSafeInteger(total), 'a sum of money stays within the safe integers at each step');
    }
    return new Money(total);
  }

  static max(a: Money, b: Money): Money {
    return a.cents >= b.cents ? a : b;
  }

  static min(a: Money, b: Money): Money {
    return a.cents <= b.cents ? a : b;
  }

  plus(other: Money): Money {
    return new Money(this.cents + other.cents);
  }

  minus(other: Money): Money {
    return new Money(this.cents - other.cents);
  }

  negated(): Money {
    return new Money(-this.cents);
  }

  abs(): Money {
    return this.cents < 0 ? this.negated() : this;
  }

  /** So many times the same amount: 40 days at 52,90. */
  repeated(count: number): Money {
    assert(Number.isSafeInteger(count), 'an amount is repeated a whole number of times');
    return new Money(this.cents * count);
  }

  times(rate: Rate): UnroundedMoney {
    return UnroundedMoney.ofExactCents(this.exactCents.times(rate.exact));
  }

  /** An equal part, not rounded; to share out without losing a cent, see `shareEqually`. */
  dividedBy(count: number): UnroundedMoney {
    return UnroundedMoney.ofExactCents(Fraction.of(this.cents, count));
  }

  /** The part that this amount is of the other, which is not zero. */
  over(other: ExactAmount): Rate {
    return Rate.between(this, other);
  }

  unrounded(): UnroundedMoney {
    return UnroundedMoney.ofExactCents(this.exactCents);
  }

  get exactCents(): Fraction {
    return Fraction.whole(this.cents);
  }

  /** Also against an unrounded threshold: 110 % of a ceiling is compared as it is. */
  compare(other: ExactAmount): -1 | 0 | 1 {
    if (!(other instanceof Money)) return this.exactCents.compare(other.exactCents);
    if (this.cents === other.cents) return 0;
    return this.cents < other.cents ? -1 : 1;
  }

  equals(other: ExactAmount): boolean {
    return this.compare(other) === 0;
  }

  atLeast(other: ExactAmount): boolean {
    return this.compare(other) >= 0;
  }

  atMost(other: ExactAmount): boolean {
    return this.compare(other) <= 0;
  }

  get isZero(): boolean {
    return this.cents === 0;
  }

  get isNegative(): boolean {
    return this.cents < 0;
  }

  get isPositive(): boolean {
    return this.cents > 0;
  }

  /** The one text of the amount: whole euros without decimals (`1690`), else exactly two (`1234.50`). */
  toString(): string {
    const size = Math.abs(this.cents);
    const decimals = size % 100;
    const whole = `${this.cents < 0 ? '-' : ''}${(size - decimals) / 100}`;
    return decimals === 0 ? whole : `${whole}.${String(decimals).padStart(2, '0')}`;
  }

  toJSON(): string {
    return this.toString();
  }

  /** `1 234,56 €`, always with two decimals. */
  print(): string {
    const text = this.toString();
    return `${frenchDecimal(text.includes('.') ? text : `${text}.00`)}${NO_BREAK_SPACE}€`;
  }

  /** Comparing with `<` would compare texts (« 9 » after « 10 »): it fails loudly instead. */
  valueOf(): never {
    throw new TypeError('Amounts are compared with compare, atLeast and atMost, and added with plus.');
  }
}
