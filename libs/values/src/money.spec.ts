import fc from 'fast-check';
import { Money, Rate, UnroundedMoney } from './index.js';

const cents = fc.integer({ min: -99_999_999_999_999, max: 99_999_999_999_999 });

describe('I2 — money is whole cents, from its text and back', () => {
  it.each([
    ['1690', 169_000, '1690'],
    ['1690.00', 169_000, '1690'],
    ['1234.5', 123_450, '1234.50'],
    ['-1234.56', -123_456, '-1234.56'],
    ['0.07', 7, '0.07'],
    ['-0.07', -7, '-0.07'],
    ['0', 0, '0'],
    ['0.00', 0, '0'],
    ['999999999999.99', 99_999_999_999_999, '999999999999.99'],
  ])('%s is %d cents, written %s', (text, expected, written) => {
    expect(Money.of(text).cents).toBe(expected);
    expect(Money.of(text).toString()).toBe(written);
    expect(JSON.stringify({ amount: Money.of(text) })).toBe(`{"amount":"${written}"}`);
  });

  it('every amount of at most 12 digits is its own text', () => {
    fc.assert(fc.property(cents, (count) => expect(Money.of(Money.cents(count).toString()).cents).toBe(count + 0)));
  });

  it.each([
    '-0', '-0.0', '-0.00', '1e3', '12,34', '1.234', '1 234', ' 12', '12 ', '12\n', '+12', '.5', '5.', '007', '00', '--1', '0x10',
    'NaN', 'Infinity', '1234567890123', '9007199254740993000', '12€', '1_000',
  ])('refuses « %s »', (text) => {
    expect(() => Money.of(text)).toThrow(expect.objectContaining({ code: 'money-malformed' }));
  }); // prettier-ignore

  it('2^53 + 1 euros is refused, not rounded to its even neighbour', () => {
    expect(() => Money.of('9007199254740993')).toThrow(expect.objectContaining({ code: 'money-malformed' }));
  });
});

describe('I2 — money never becomes approximate', () => {
  const largest = Money.cents(Number.MAX_SAFE_INTEGER);

  it('leaving the safe integers is a fault at birth and after each operation', () => {
    expect(() => Money.cents(0.5)).toThrow('whole number of cents');
    expect(() => Money.cents(2 ** 53)).toThrow('whole number of cents');
    expect(() => Money.cents(NaN)).toThrow('whole number of cents');
    expect(() => Money.euros(0.1)).toThrow('whole number of euros');
    expect(() => Money.euros(2 ** 50)).toThrow('whole number of cents');
    expect(() => largest.plus(Money.cents(1))).toThrow('whole number of cents');
    expect(() => largest.negated().minus(Money.cents(1))).toThrow('whole number of cents');
    expect(() => largest.repeated(2)).toThrow('whole number of cents');
    expect(() => Money.euros(1).repeated(1.5)).toThrow('whole number of times');
    expect(() => largest.times(Rate.of('1.5')).roundedToCent()).toThrow('safe integers');
  });

  it('a sum that passes over the edge and comes back is a fault too: its cents on the way were wrong', () => {
    expect(() => Money.sum([largest, Money.cents(2), Money.cents(-2)])).toThrow('safe integers at each step');
  });

  it('adding and taking away leaves the balance as before', () => {
    fc.assert(fc.property(cents, cents, (a, b) => expect(Money.cents(a).plus(Money.cents(b)).minus(Money.cents(b)).cents).toBe(a + 0)));
  });

  it('there is no minus zero', () => {
    for (const zero of [
      Money.zero.negated(),
      Money.cents(-0),
      Money.euros(-0),
      Money.zero.repeated(-1),
      Money.of('-0.01').times(Rate.zero).roundedToCent(),
    ]) {
      expect(Object.is(zero.cents, 0)).toBe(true);
    }
  });

  it('cannot be compared or added by mistake as a number or a text', () => {
    expect(() => Money.of('9') < Money.of('10')).toThrow('compare');
    expect(() => Number(Money.of('9'))).toThrow('compare');
    expect(`${Money.of('9')}`).toBe('9');
  });
});

describe('arithmetic of amounts', () => {
  const [ten, nine] = [Money.euros(10), Money.euros(9)];

  it('adds, takes away, repeats, compares', () => {
    expect(ten.plus(nine)).toEqual(Money.of('19'));
    expect(nine.minus(ten)).toEqual(Money.of('-1'));
    expect(nine.minus(ten).abs()).toEqual(Money.of('1'));
    expect(ten.abs()).toBe(ten);
    expect(Money.of('52.90').repeated(40)).toEqual(Money.of('2116'));
    expect(Money.sum([ten, nine, Money.of('0.01')])).toEqual(Money.of('19.01'));
    expect(Money.sum([])).toEqual(Money.zero);
    expect([ten.compare(nine), nine.compare(ten), ten.compare(Money.of('10'))]).toEqual([1, -1, 0]);
    expect([ten.atLeast(ten), ten.atMost(nine), nine.atLeast(ten), ten.equals(Money.of('10.00'))]).toEqual([true, false, false, true]);
    expect([Money.max(ten, nine), Money.min(ten, nine)]).toEqual([ten, nine]);
    expect([ten.isPositive, ten.isNegative, ten.isZero, Money.zero.isZero, ten.negated().isNegative]).toEqual([
      true,
      false,
      false,
      true,
      true,
    ]);
  });

  it('is compared with an unrounded threshold as it stands: 110 % of the PASS 2016 is 42 477,60', () => {
    const threshold = Money.euros(38_616).times(Rate.percent('110'));
    expect(Money.of('42477.60').equals(threshold)).toBe(true);
    expect(Money.of('42477.59').atLeast(threshold)).toBe(false);
    expect(Money.of('42477.61').atMost(threshold)).toBe(false);
    expect(Money.of('0.33').compare(Money.euros(1).dividedBy(3))).toBe(-1);
    expect(Money.of('0.33').equals(UnroundedMoney.of('0.33'))).toBe(true);
  });
});

describe('amounts as people read them', () => {
  it.each([
    ['1234.56', '1\u202f234,56\u00a0€'],
    ['1690', '1\u202f690,00\u00a0€'],
    ['-1234567.05', '-1\u202f234\u202f567,05\u00a0€'],
    ['999', '999,00\u00a0€'],
    ['0', '0,00\u00a0€'],
    ['-0.5', '-0,50\u00a0€'],
  ])('%s is printed as in French', (text, printed) => expect(Money.of(text).print()).toBe(printed));
});
