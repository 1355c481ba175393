import fc from 'fast-check';
import { Money, Rate } from './index.js';

const decimal = fc.tuple(fc.integer({ min: -999_999_999, max: 999_999_999 }), fc.integer({ min: 0, max: 8 }));
const hundredthOfAPoint = Rate.percent('0.01');

describe('I2 — rates are exact', () => {
  it.each([
    ['0.0215', '0.0215', '2,15\u00a0%'],
    ['0.02150', '0.0215', '2,15\u00a0%'],
    ['1.10', '1.1', '110\u00a0%'],
    ['0', '0', '0\u00a0%'],
    ['-0.05', '-0.05', '-5\u00a0%'],
    ['0.00000001', '0.00000001', '0,000001\u00a0%'],
    ['12.5', '12.5', '1\u202f250\u00a0%'],
    ['1/3', '1/3', '≈\u00a033,333333\u00a0%'],
    ['-2/4', '-0.5', '-50\u00a0%'],
  ])('%s is written %s and printed %s', (text, written, printed) => {
    expect(Rate.of(text).toString()).toBe(written);
    expect(JSON.stringify([Rate.of(text)])).toBe(`["${written}"]`);
    expect(Rate.of(text).print()).toBe(printed);
  });

  it.each(['-0', '-0.00', '2,15', '2.15 %', '1e-3', '.5', '5.', '01.5', '1/0', '0/3', '1/-3', '1/3/5', ' 0.1', `0.${'1'.repeat(61)}`])(
    'refuses « %s »',
    (text) => expect(() => Rate.of(text)).toThrow(expect.objectContaining({ code: 'rate-malformed' })),
  );

  it('reads percentage points as the law writes them', () => {
    expect(Rate.percent('2.15')).toEqual(Rate.of('0.0215'));
    expect(Rate.percent('2.15 %')).toEqual(Rate.of('0.0215'));
    expect(Rate.percent('3.10%')).toEqual(Rate.of('0.031'));
    expect(Rate.percent('-1')).toEqual(Rate.of('-0.01'));
    expect(() => Rate.percent('2,15')).toThrow(expect.objectContaining({ code: 'rate-malformed' }));
  });

  it('equal rates are equal however they came about, and their text gives them back', () => {
    fc.assert(
      fc.property(decimal, decimal, ([a, p], [b, q]) => {
        const [x, y] = [Rate.ratio(a, 10 ** p), Rate.ratio(b, 10 ** q)];
        expect(x.plus(y).minus(y)).toEqual(x);
        expect(Rate.of(x.times(y).plus(x).toString())).toEqual(x.times(y.plus(Rate.one)));
        if (!y.isZero) expect(x.over(y).times(y)).toEqual(x);
      }),
    );
  });

  it('compares quotients exactly: 1/3 is more than fifteen threes', () => {
    expect(Rate.ratio(1, 3).compare(Rate.of('0.333333333333333'))).toBe(1);
    expect(Rate.ratio(1, 3).atMost(Rate.of('0.333333333333334'))).toBe(true);
    expect(Rate.ratio(2, 6).equals(Rate.ratio(1, 3))).toBe(true);
    expect([Rate.one.atLeast(Rate.one), Rate.zero.atLeast(Rate.one)]).toEqual([true, false]);
    expect(Rate.min(Rate.one, Rate.zero)).toBe(Rate.zero);
    expect(Rate.max(Rate.one, Rate.zero)).toBe(Rate.one);
    expect([Rate.zero.isZero, Rate.of('-1').isNegative, Rate.one.isPositive]).toEqual([true, true, true]);
    expect(() => Rate.one < Rate.zero).toThrow('compare');
  });

  it('a rate between amounts is their quotient, and none is taken of zero', () => {
    expect(Rate.between(Money.of('10'), Money.of('30')).toString()).toBe('1/3');
    expect(Money.of('10').over(Money.of('40')).toString()).toBe('0.25');
    expect(() => Rate.between(Money.of('10'), Money.zero)).toThrow('by zero');
    expect(() => Rate.ratio(91, 0)).toThrow('other than zero');
  });
});

describe('rounding of a rate', () => {
  it.each([
    ['0.02824', '0.0282'],
    ['0.02825', '0.0283'],
    ['-0.02825', '-0.0283'],
    ['0.028249999999999', '0.0282'],
    ['1/3', '0.3333'],
    ['2/3', '0.6667'],
  ])('%s to a hundredth of a point, half up, is %s', (text, rounded) => {
    expect(Rate.of(text).roundedTo(hundredthOfAPoint)).toEqual(Rate.of(rounded));
  });

  it('D. 613-1 — 45 000 € in 2016: 2,15 + 3,10 × (45 000 − 42 477,60) / 11 584,80 = 2,824973…, rounded to 2,82, gives 1 269 €', () => {
    const pass = Money.euros(38_616);
    const base = Money.euros(45_000);
    const floor = pass.times(Rate.percent('110'));
    const ceiling = pass.times(Rate.percent('140'));
    const rate = Rate.percent('2.15').plus(Rate.percent('3.10').times(base.unrounded().minus(floor).over(ceiling.minus(floor))));
    expect(rate.roundedTo(hundredthOfAPoint).print()).toBe('2,82\u00a0%');
    expect(base.times(rate.roundedTo(hundredthOfAPoint)).roundedToEuro()).toEqual(Money.euros(1269));
    // Unrounded: 45 000 × 2,824973 % = 1 271,24.
    expect(base.times(rate).roundedToEuro()).toEqual(Money.euros(1271));
  });

  it('is truncated where the text says so: 1,0389 to three decimals is 1,038', () => {
    expect(Rate.of('1.0389').truncatedTo(Rate.of('0.001'))).toEqual(Rate.of('1.038'));
    expect(Rate.of('-1.0389').truncatedTo(Rate.of('0.001'))).toEqual(Rate.of('-1.038'));
  });

  it('asks for a positive step', () => {
    expect(() => Rate.one.roundedTo(Rate.zero)).toThrow('positive step');
    expect(() => Rate.one.truncatedTo(Rate.of('-0.01'))).toThrow('positive step');
  });
});
