import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { Fraction } from './fraction.js';

/** An independent referee: decimal arithmetic with far more digits than any amount here can need. */
const Referee = Decimal.clone({ precision: 400, toExpNeg: -1000, toExpPos: 1000, rounding: Decimal.ROUND_HALF_UP });

const safe = fc.oneof(
  fc.maxSafeInteger(),
  fc.integer({ min: -1_000_000, max: 1_000_000 }),
  fc.constantFrom(0, 1, -1, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER, 94_906_265, 94_906_267, 2 ** 52, 2 ** 31),
);
/** A decimal as people write it: up to 15 digits, up to 15 decimals, so that both forms of a fraction are met. */
const decimal = fc
  .tuple(safe, fc.integer({ min: 0, max: 15 }))
  .map(([digits, places]) => new Referee(digits).times(new Referee(10).pow(-places)).toFixed());

const same = (exact: Fraction, expected: Decimal) => expect(exact.toString()).toBe(expected.toFixed());

describe('I2 — exact quotients: the safe-integer path and the wide path give what decimal.js gives', () => {
  it('sums, differences and products of decimals', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        const [x, y] = [Fraction.ofText(a), Fraction.ofText(b)];
        same(x.plus(y), new Referee(a).plus(b));
        same(x.minus(y), new Referee(a).minus(b));
        same(x.times(y), new Referee(a).times(b));
        expect(x.compare(y)).toBe(new Referee(a).cmp(b));
      }),
      { numRuns: 2000 },
    );
  });

  it('long chains that leave the safe integers and come back', () => {
    fc.assert(
      fc.property(fc.array(decimal, { minLength: 2, maxLength: 8 }), (texts) => {
        const forth = texts.reduce((sum, text) => sum.plus(Fraction.ofText(text)), Fraction.zero);
        const back = texts.reduce((sum, text) => sum.minus(Fraction.ofText(text)), forth);
        same(
          forth,
          texts.reduce((sum, text) => sum.plus(text), new Referee(0)),
        );
        expect(back.isZero).toBe(true);
        same(
          texts.reduce((product, text) => product.times(Fraction.ofText(text)), Fraction.whole(1)),
          texts.reduce((product, text) => product.times(text), new Referee(1)),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('roundings of true quotients, half up on the absolute value, up, and towards zero', () => {
    fc.assert(
      fc.property(
        safe,
        safe.filter((bottom) => bottom !== 0),
        (top, bottom) => {
          const exact = Fraction.of(top, bottom);
          const referee = new Referee(top).div(bottom);
          expect(exact.roundedHalfUp()).toBe(referee.toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toNumber() + 0);
          expect(exact.roundedUp()).toBe(referee.toDecimalPlaces(0, Decimal.ROUND_UP).toNumber() + 0);
          expect(exact.truncated()).toBe(referee.toDecimalPlaces(0, Decimal.ROUND_DOWN).toNumber() + 0);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('roundings of quotients whose terms no safe integer can hold', () => {
    fc.assert(
      fc.property(
        safe,
        safe,
        safe.filter((bottom) => bottom !== 0),
        (a, b, c) => {
          const exact = Fraction.whole(a).times(Fraction.whole(b)).over(Fraction.whole(c)).times(Fraction.of(1, 94_906_267));
          const referee = new Referee(a).times(b).div(new Referee(c).times(94_906_267));
          fc.pre(referee.abs().lt(Number.MAX_SAFE_INTEGER - 1));
          expect(exact.roundedHalfUp()).toBe(referee.toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toNumber() + 0);
          expect(exact.roundedUp()).toBe(referee.toDecimalPlaces(0, Decimal.ROUND_UP).toNumber() + 0);
          expect(exact.truncated()).toBe(referee.toDecimalPlaces(0, Decimal.ROUND_DOWN).toNumber() + 0);
          expect(exact.isNegative).toBe(referee.isNegative() && !referee.isZero());
          expect(exact.negated().plus(exact).isZero).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('a quotient times its divisor is what was divided, though its decimals never end', () => {
    fc.assert(
      fc.property(
        decimal,
        decimal.filter((text) => Number(text) !== 0),
        decimal,
        (a, b, c) => {
          const quotient = Fraction.ofText(a).over(Fraction.ofText(b));
          expect(quotient.times(Fraction.ofText(b)).compare(Fraction.ofText(a))).toBe(0);
          const interpolated = quotient.plus(Fraction.ofText(c)).times(Fraction.ofText(b));
          expect(interpolated.compare(Fraction.ofText(a).plus(Fraction.ofText(c).times(Fraction.ofText(b))))).toBe(0);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('its text gives it back, decimals or quotient', () => {
    fc.assert(
      fc.property(
        safe,
        safe.filter((bottom) => bottom !== 0),
        (top, bottom) => {
          const exact = Fraction.of(top, bottom);
          expect(Fraction.ofText(exact.toString()).compare(exact)).toBe(0);
          expect(Fraction.ofText(exact.toString()).toString()).toBe(exact.toString());
        },
      ),
    );
  });
});

describe('exact quotients, by hand', () => {
  it.each([
    [1, 3, '1/3'],
    [-2, 6, '-1/3'],
    [2, -6, '-1/3'],
    [43, 2000, '0.0215'],
    [-1, 8, '-0.125'],
    [0, 7, '0'],
    [300, 3, '100'],
  ])('%d over %d is written %s', (top, bottom, text) => expect(Fraction.of(top, bottom).toString()).toBe(text));

  it('stays exact beyond the safe integers: (2^53 − 1)² is odd', () => {
    const largest = Fraction.whole(Number.MAX_SAFE_INTEGER);
    expect(largest.times(largest).toString()).toBe('81129638414606663681390495662081');
    expect(largest.times(largest).over(largest).roundedHalfUp()).toBe(Number.MAX_SAFE_INTEGER);
    expect(largest.plus(largest).toString()).toBe('18014398509481982');
    expect(largest.negated().times(largest).isNegative).toBe(true);
  });

  it('an integer that no safe integer can hold is a fault, not an approximation', () => {
    const largest = Fraction.whole(Number.MAX_SAFE_INTEGER);
    expect(() => largest.plus(Fraction.whole(1)).roundedHalfUp()).toThrow('safe integers');
    expect(() => Fraction.whole(2 ** 53)).toThrow('safe integer');
    expect(() => Fraction.of(0.1, 1)).toThrow('safe integers');
  });

  it('nothing is divided by zero', () => {
    expect(() => Fraction.of(1, 0)).toThrow('other than zero');
    expect(() => Fraction.whole(1).over(Fraction.zero)).toThrow('by zero');
  });

  it('never holds minus zero', () => {
    for (const zero of [Fraction.of(-0, 5), Fraction.of(0, -5), Fraction.zero.negated(), Fraction.of(-1, 3).times(Fraction.zero)]) {
      expect(Object.is(zero.roundedHalfUp(), 0)).toBe(true);
      expect(zero.toString()).toBe('0');
    }
    expect(Object.is(Fraction.of(-1, 3).roundedHalfUp(), 0)).toBe(true);
  });
});
