import { Fraction } from './fraction.js';
import { textOfForm } from './invalid-value.js';
import { Money } from './money.js';
import { printedDecimal } from './printed-decimal.js';
import { Rate } from './rate.js';
import type { ExactAmount } from './rate.js';
import { NO_BREAK_SPACE } from './typography.js';

const refusal = {
  code: 'unrounded-money-malformed',
  accepted: 'un montant en euros avec un point, par exemple « 17.309 »',
};
// Wide enough for any amount that was computed and written: a derivation must read back what it stored.
const form = /^(?!-0(?:\.0*)?$)-?(?:0|[1-9]\d{0,29})(?:\.\d{1,60})?$|^-?[1-9]\d{0,59}\/[1-9]\d{0,59}$/;
const hundred = Fraction.whole(100);

/**
 * An amount between a formula and its rounding, or a price that is not a whole number of cents (the value of a pension point): exact.
 * It becomes Money only by a rounding that has a name, because rounding is a legal act that happens once, where a text says so.
 */
export class UnroundedMoney implements ExactAmount {
  static readonly zero = new UnroundedMoney(Fraction.zero);
  declare private readonly nominal: 'UnroundedMoney';

  private constructor(readonly exactCents: Fraction) {}

  /** From euros with any decimals (`17.309`), or the quotient that `toString` writes when they never end. */
  static of(text: string): UnroundedMoney {
    return new UnroundedMoney(Fraction.ofText(textOfForm(text, form, refusal)).times(hundred));
  }

  static ofExactCents(cents: Fraction): UnroundedMoney {
    return new UnroundedMoney(cents);
  }

  static sum(amounts: Iterable<ExactAmount>): UnroundedMoney {
    let total = Fraction.zero;
    for (const amount of amounts) total = total.plus(amount.exactCents);
    return new UnroundedMoney(total);
  }

  static min(a: ExactAmount, b: ExactAmount): UnroundedMoney {
    return new UnroundedMoney(a.exactCents.compare(b.exactCents) <= 0 ? a.exactCents : b.exactCents);
  }

  static max(a: ExactAmount, b: ExactAmount): UnroundedMoney {
    return new UnroundedMoney(a.exactCents.compare(b.exactCents) >= 0 ? a.exactCents : b.exactCents);
  }

  plus(other: ExactAmount): UnroundedMoney {
    return new UnroundedMoney(this.exactCents.plus(other.exactCents));
  }

  minus(other: ExactAmount): UnroundedMoney {
    return new UnroundedMoney(this.exactCents.minus(other.exactCents));
  }

  negated(): UnroundedMoney {
    return new UnroundedMoney(this.exactCents.negated());
  }

  times(rate: Rate): UnroundedMoney {
    return new UnroundedMoney(this.exactCents.times(rate.exact));
  }

  /** So many times the same amount: 120 points at 1,178. */
  repeated(count: number): UnroundedMoney {
    return new UnroundedMoney(this.exactCents.times(Fraction.whole(count)));
  }

  dividedBy(count: number): UnroundedMoney {
    return new UnroundedMoney(this.exactCents.times(Fraction.of(1, count)));
  }

  over(other: ExactAmount): Rate {
    return Rate.between(this, other);
  }

  /** To the nearest cent; a half cent goes up **on the absolute value**: 0,005 gives 0,01 and −0,005 gives −0,01. */
  roundedToCent(): Money {
    return Money.cents(this.exactCents.roundedHalfUp());
  }

  /** To the nearest euro; half a euro goes up **on the absolute value**, so that a reversal cancels what it reverses. */
  roundedToEuro(): Money {
    return Money.euros(this.inEuros().roundedHalfUp());
  }

  /** To the euro above (away from zero): thresholds « arrondis à l'euro supérieur ». */
  roundedUpToEuro(): Money {
    return Money.euros(this.inEuros().roundedUp());
  }

  /** To the euro below (towards zero): « arrondi à l'euro inférieur ». */
  roundedDownToEuro(): Money {
    return Money.euros(this.inEuros().truncated());
  }

  /** To the cent below (towards zero): equal parts of which one carries the rest. */
  roundedDownToCent(): Money {
    return Money.cents(this.exactCents.truncated());
  }

  compare(other: ExactAmount): -1 | 0 | 1 {
    return this.exactCents.compare(other.exactCents);
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
    return this.exactCents.isZero;
  }

  get isNegative(): boolean {
    return this.exactCents.isNegative;
  }

  get isPositive(): boolean {
    return !this.isZero && !this.isNegative;
  }

  /** Euros with every decimal (`42477.6`), or a quotient in lowest terms. */
  toString(): string {
    return this.inEuros().toString();
  }

  toJSON(): string {
    return this.toString();
  }

  /** `42 477,6 €`; a quotient without end is shown to six decimals after `≈`. */
  print(): string {
    return `${printedDecimal(this.inEuros())}${NO_BREAK_SPACE}€`;
  }

  /** Comparing with `<` would compare texts: it fails loudly instead. */
  valueOf(): never {
    throw new TypeError('Amounts are compared with compare, atLeast and atMost, and added with plus.');
  }

  private inEuros(): Fraction {
    return this.exactCents.over(hundred);
  }
}
