import { assert } from './assert.js';
import { Fraction } from './fraction.js';
import { textOfForm } from './invalid-value.js';
import { printedDecimal } from './printed-decimal.js';
import { NO_BREAK_SPACE } from './typography.js';

const refusal = { code: 'rate-malformed', accepted: 'un taux en écriture décimale avec un point, par exemple « 0.0215 » pour 2,15 %' };
// Wide enough for any rate that was computed and written: a derivation must read back what it stored.
const form = /^(?!-0(?:\.0*)?$)-?(?:0|[1-9]\d{0,29})(?:\.\d{1,60})?$|^-?[1-9]\d{0,59}\/[1-9]\d{0,59}$/;

const percentRefusal = { code: 'rate-malformed', accepted: 'un pourcentage en écriture décimale avec un point, par exemple « 2.15 »' };
const percentForm = /^(?!-0(?:\.0*)?$)-?(?:0|[1-9]\d{0,8})(?:\.\d{1,13})?(?:[ \u00a0\u202f]?%)?$/;

/** Anything measured in exact euros: a `Money`, or an amount on its way to one. */
export interface ExactAmount {
  /** In cents, nothing rounded. */
  readonly exactCents: Fraction;
}

/**
 * A rate, a coefficient or a proportion, exact however it came about: `0.0215`, or 91/366. Always in lowest terms.
 * Only `roundedTo` rounds, where a text says so.
 */
export class Rate {
  static readonly zero = new Rate(Fraction.zero);
  static readonly one = new Rate(Fraction.whole(1));
  declare private readonly nominal: 'Rate';

  private constructor(readonly exact: Fraction) {}

  /** From `0.0215`, or from the quotient that `toString` writes when the decimals never end (`1/3`). */
  static of(text: string): Rate {
    return new Rate(Fraction.ofText(textOfForm(text, form, refusal)));
  }

  /** From percentage points as the law writes them: `2.15`, or `2.15 %`. */
  static percent(text: string): Rate {
    const points = textOfForm(text, percentForm, percentRefusal).replace(/[^\d.-]/g, '');
    return new Rate(Fraction.ofText(points).times(Fraction.of(1, 100)).reduced());
  }

  /** The part that one amount is of another; the second is not zero. */
  static between(numerator: ExactAmount, denominator: ExactAmount): Rate {
    return new Rate(numerator.exactCents.over(denominator.exactCents).reduced());
  }

  /** A proportion of counts: 91 days of 366. */
  static ratio(part: number, whole: number): Rate {
    return new Rate(Fraction.of(part, whole).reduced());
  }

  static min(a: Rate, b: Rate): Rate {
    return a.compare(b) <= 0 ? a : b;
  }

  static max(a: Rate, b: Rate): Rate {
    return a.compare(b) >= 0 ? a : b;
  }

  plus(other: Rate): Rate {
    return new Rate(this.exact.plus(other.exact).reduced());
  }

  minus(other: Rate): Rate {
    return new Rate(this.exact.minus(other.exact).reduced());
  }

  times(other: Rate): Rate {
    return new Rate(this.exact.times(other.exact).reduced());
  }

  over(other: Rate): Rate {
    return new Rate(this.exact.over(other.exact).reduced());
  }

  /** To the nearest multiple of the step (`Rate.percent('0.01')`), half up on the absolute value. */
  roundedTo(step: Rate): Rate {
    assert(step.isPositive, 'a rate is rounded to a positive step');
    return new Rate(step.exact.times(Fraction.whole(this.exact.over(step.exact).roundedHalfUp())).reduced());
  }

  /** To the multiple of the step on the side of zero: what « truncated to three decimals » means. */
  truncatedTo(step: Rate): Rate {
    assert(step.isPositive, 'a rate is truncated to a positive step');
    return new Rate(step.exact.times(Fraction.whole(this.exact.over(step.exact).truncated())).reduced());
  }

  compare(other: Rate): -1 | 0 | 1 {
    return this.exact.compare(other.exact);
  }

  equals(other: Rate): boolean {
    return this.compare(other) === 0;
  }

  atLeast(other: Rate): boolean {
    return this.compare(other) >= 0;
  }

  atMost(other: Rate): boolean {
    return this.compare(other) <= 0;
  }

  get isZero(): boolean {
    return this.exact.isZero;
  }

  get isNegative(): boolean {
    return this.exact.isNegative;
  }

  get isPositive(): boolean {
    return !this.isZero && !this.isNegative;
  }

  toString(): string {
    return this.exact.toString();
  }

  toJSON(): string {
    return this.toString();
  }

  /** `2,15 %`; a quotient without end is shown to six decimals after `≈`. */
  print(): string {
    return `${printedDecimal(this.exact.times(Fraction.whole(100)))}${NO_BREAK_SPACE}%`;
  }

  /** Comparing with `<` would compare texts: it fails loudly instead. */
  valueOf(): never {
    throw new TypeError('Rates are compared with compare, atLeast and atMost.');
  }
}
