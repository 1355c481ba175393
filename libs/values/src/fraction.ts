import { assert } from './assert.js';

interface WideTerms {
  readonly top: bigint;
  readonly bottom: bigint;
}

/**
 * An exact quotient of two integers: what rates and unrounded amounts are made of. Nothing is rounded before somebody asks for it.
 *
 * Two forms, which callers never see. Narrow: both terms are safe integers and every operation is a few machine instructions; this is the
 * form of all the everyday law. Wide: as soon as a product or a sum might leave the safe integers, the same operation is done on BigInt,
 * which has no precision to exhaust, and comes back to the narrow form when the reduced result fits.
 *
 * In the wide form `top` and `bottom` are NaN, so that a narrow shortcut that forgot to look can only fail over, never answer wrongly.
 */
export class Fraction {
  static readonly zero = new Fraction(0, 1, null);

  private constructor(
    private readonly top: number,
    private readonly bottom: number,
    private readonly wide: WideTerms | null,
  ) {}

  static whole(integer: number): Fraction {
    assert(Number.isSafeInteger(integer), 'a whole number is a safe integer');
    return new Fraction(integer + 0, 1, null);
  }

  static of(top: number, bottom: number): Fraction {
    assert(Number.isSafeInteger(top) && Number.isSafeInteger(bottom), 'both terms of a fraction are safe integers');
    assert(bottom !== 0, 'a quotient has a divisor other than zero');
    return bottom > 0 ? new Fraction(top + 0, bottom, null) : new Fraction(0 - top, -bottom, null);
  }

  /** From `-12.345` or `-7/3`; the caller has checked the form. */
  static ofText(text: string): Fraction {
    const slash = text.indexOf('/');
    if (slash >= 0) return reduced(BigInt(text.slice(0, slash)), BigInt(text.slice(slash + 1)));
    const point = text.indexOf('.');
    if (point < 0) return reduced(BigInt(text), 1n);
    return reduced(BigInt(text.replace('.', '')), 10n ** BigInt(text.length - point - 1));
  }

  /** For `reduced` only: terms without common divisor, divisor positive. */
  static ofReducedTerms(top: bigint, bottom: bigint): Fraction {
    return isSafe(top) && isSafe(bottom) ? new Fraction(Number(top), Number(bottom), null) : new Fraction(NaN, NaN, { top, bottom });
  }

  times(other: Fraction): Fraction {
    const top = this.top * other.top;
    const bottom = this.bottom * other.bottom;
    // A product of doubles that comes out as a safe integer is exact: an inexact one would have come out at 2^53 or above.
    if (Number.isSafeInteger(top) && bottom <= Number.MAX_SAFE_INTEGER) return new Fraction(top + 0, bottom, null);
    const [a, b] = [this.widened(), other.widened()];
    return reduced(a.top * b.top, a.bottom * b.bottom);
  }

  over(other: Fraction): Fraction {
    assert(!other.isZero, 'nothing is divided by zero');
    return this.times(other.inverted());
  }

  plus(other: Fraction): Fraction {
    if (this.bottom === other.bottom) {
      const top = this.top + other.top;
      if (Number.isSafeInteger(top)) return new Fraction(top, this.bottom, null);
    } else if (this.bottom % other.bottom === 0) {
      const top = this.top + safeProduct(other.top, this.bottom / other.bottom);
      if (Number.isSafeInteger(top)) return new Fraction(top, this.bottom, null);
    } else if (other.bottom % this.bottom === 0) {
      const top = safeProduct(this.top, other.bottom / this.bottom) + other.top;
      if (Number.isSafeInteger(top)) return new Fraction(top, other.bottom, null);
    }
    const top = safeProduct(this.top, other.bottom) + safeProduct(other.top, this.bottom);
    const bottom = this.bottom * other.bottom;
    if (Number.isSafeInteger(top) && bottom <= Number.MAX_SAFE_INTEGER) return new Fraction(top, bottom, null);
    const [a, b] = [this.widened(), other.widened()];
    return reduced(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom);
  }

  minus(other: Fraction): Fraction {
    return this.plus(other.negated());
  }

  negated(): Fraction {
    if (this.wide) return Fraction.ofReducedTerms(-this.wide.top, this.wide.bottom);
    return new Fraction(0 - this.top, this.bottom, null);
  }

  compare(other: Fraction): -1 | 0 | 1 {
    const left = safeProduct(this.top, other.bottom);
    const right = safeProduct(other.top, this.bottom);
    if (left < right) return -1;
    if (left > right) return 1;
    if (left === right) return 0;
    const [a, b] = [this.widened(), other.widened()];
    const difference = a.top * b.bottom - b.top * a.bottom;
    if (difference === 0n) return 0;
    return difference < 0n ? -1 : 1;
  }

  get isZero(): boolean {
    return this.top === 0;
  }

  get isNegative(): boolean {
    return this.wide ? this.wide.top < 0n : this.top < 0;
  }

  /** The nearest integer; a half goes away from zero, which is « half up » on the absolute value. */
  roundedHalfUp(): number {
    return this.rounded(
      (rest, bottom) => 2 * rest >= bottom,
      (rest, bottom) => 2n * rest >= bottom,
    );
  }

  /** The nearest integer away from zero. */
  roundedUp(): number {
    return this.rounded(
      (rest) => rest > 0,
      (rest) => rest > 0n,
    );
  }

  /** The integer that is left when the decimals are struck off. */
  truncated(): number {
    return this.rounded(
      () => false,
      () => false,
    );
  }

  /** Lowest terms, so that equal quotients have equal fields. */
  reduced(): Fraction {
    if (this.wide) return this;
    const divisor = greatestCommonDivisor(Math.abs(this.top), this.bottom);
    return divisor === 1 ? this : new Fraction(this.top / divisor, this.bottom / divisor, null);
  }

  terms(): { readonly top: bigint; readonly bottom: bigint } {
    return this.reduced().widened();
  }

  /** The decimals when they come to an end (`0.0215`), else the quotient in lowest terms (`1/3`). `Fraction.ofText` reads both. */
  toString(): string {
    return this.reduced().narrowText() ?? this.exactText();
  }

  /** The decimals by machine arithmetic, which the law's own figures never leave; nothing where BigInt is needed to write them. */
  private narrowText(): string | null {
    if (this.bottom === 1) return String(this.top);
    const size = Math.abs(this.top);
    let unit = 10;
    for (let places = 1; places <= 6; places += 1, unit *= 10) {
      if (unit % this.bottom !== 0) continue;
      const digits = safeProduct(size, unit / this.bottom);
      return Number.isNaN(digits) ? null : decimalText(digits, places, this.top < 0);
    }
    return null;
  }

  private exactText(): string {
    const { top, bottom } = this.terms();
    const places = decimalPlaces(bottom);
    if (places === null) return `${top}/${bottom}`;
    const digits = ((top < 0n ? -top : top) * 10n ** BigInt(places)) / bottom;
    const text = digits.toString().padStart(places + 1, '0');
    const sign = top < 0n ? '-' : '';
    return places === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -places)}.${text.slice(-places)}`;
  }

  private inverted(): Fraction {
    const { wide } = this;
    if (wide) return wide.top < 0n ? Fraction.ofReducedTerms(-wide.bottom, -wide.top) : Fraction.ofReducedTerms(wide.bottom, wide.top);
    return this.top < 0 ? new Fraction(-this.bottom, -this.top, null) : new Fraction(this.bottom, this.top, null);
  }

  private widened(): WideTerms {
    return this.wide ?? { top: BigInt(this.top), bottom: BigInt(this.bottom) };
  }

  private rounded(goesAway: (rest: number, bottom: number) => boolean, goesAwayWide: (rest: bigint, bottom: bigint) => boolean): number {
    if (this.wide) return roundedWide(this.wide, goesAwayWide);
    const size = Math.abs(this.top);
    // The remainder of doubles is exact, hence so are the difference and its division; twice a safe integer is exact too.
    const rest = size % this.bottom;
    const whole = (size - rest) / this.bottom + (goesAway(rest, this.bottom) ? 1 : 0);
    return this.top < 0 ? 0 - whole : whole;
  }
}

function reduced(top: bigint, bottom: bigint): Fraction {
  assert(bottom !== 0n, 'a quotient has a divisor other than zero');
  let [divisor, rest] = [top < 0n ? -top : top, bottom < 0n ? -bottom : bottom];
  while (rest !== 0n) [divisor, rest] = [rest, divisor % rest];
  if (bottom < 0n) divisor = -divisor;
  return Fraction.ofReducedTerms(top / divisor, bottom / divisor);
}

function roundedWide({ top, bottom }: WideTerms, goesAway: (rest: bigint, bottom: bigint) => boolean): number {
  const size = top < 0n ? -top : top;
  const whole = size / bottom + (goesAway(size % bottom, bottom) ? 1n : 0n);
  assert(isSafe(whole), 'a rounded quantity stays within the safe integers');
  return Number(top < 0n ? -whole : whole);
}

function greatestCommonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

function decimalText(digits: number, places: number, isNegative: boolean): string {
  const text = String(digits).padStart(places + 1, '0');
  return `${isNegative ? '-' : ''}${text.slice(0, -places)}.${text.slice(-places)}`;
}

/** NaN instead of a product that may have been rounded: NaN makes every shortcut above give way to BigInt. */
function safeProduct(a: number, b: number): number {
  const product = a * b;
  return Number.isSafeInteger(product) ? product : NaN;
}

function isSafe(integer: bigint): boolean {
  return integer <= BigInt(Number.MAX_SAFE_INTEGER) && integer >= -BigInt(Number.MAX_SAFE_INTEGER);
}

/** How many decimals `1/bottom` has, or null when they never end (a prime divisor other than 2 and 5). */
function decimalPlaces(bottom: bigint): number | null {
  let [twos, fives, rest] = [0, 0, bottom];
  for (; rest % 2n === 0n; rest /= 2n) twos += 1;
  for (; rest % 5n === 0n; rest /= 5n) fives += 1;
  return rest === 1n ? Math.max(twos, fives) : null;
}
