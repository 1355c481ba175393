import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { Money, Rate, UnroundedMoney } from './index.js';

const Referee = Decimal.clone({ precision: 200, rounding: Decimal.ROUND_HALF_UP });
const pass2016 = Money.euros(38_616);

describe('I2 — an amount is exact until the one rounding that the text orders', () => {
  it.each([
    ['40', '15446.4', '15446'],
    ['11.5', '4440.84', '4441'],
    ['19', '7337.04', '7337'],
    ['110', '42477.6', '42478'],
    ['140', '54062.4', '54062'],
  ])('%s %% of the PASS 2016 (38 616) is %s, %s to the nearest euro', (points, exact, rounded) => {
    const amount = pass2016.times(Rate.percent(points));
    expect(amount.toString()).toBe(exact);
    expect(amount.roundedToEuro()).toEqual(Money.of(rounded));
  });

  it.each([
    ['0.5', '1', '0.50'],
    ['0.4999', '0', '0.50'],
    ['-0.5', '-1', '-0.50'],
    ['-0.4999', '0', '-0.50'],
    ['2.5', '3', '2.50'],
    ['0.005', '0', '0.01'],
    ['-0.005', '0', '-0.01'],
    ['0.00499999', '0', '0'],
    ['1.005', '1', '1.01'],
  ])('%s gives %s to the euro and %s to the cent: half up on the absolute value', (text, toEuro, toCent) => {
    expect(UnroundedMoney.of(text).roundedToEuro()).toEqual(Money.of(toEuro));
    expect(UnroundedMoney.of(text).roundedToCent()).toEqual(Money.of(toCent));
  });

  it('3 218 × 1,27 % = 40,8686 is 41 to the euro above; a whole euro stays', () => {
    expect(Money.euros(3218).times(Rate.percent('1.27')).roundedUpToEuro()).toEqual(Money.euros(41));
    expect(Money.euros(3218).times(Rate.percent('1.5')).roundedUpToEuro()).toEqual(Money.euros(49));
    expect(UnroundedMoney.of('41').roundedUpToEuro()).toEqual(Money.euros(41));
    expect(UnroundedMoney.of('-40.01').roundedUpToEuro()).toEqual(Money.euros(-41));
  });

  it('to the euro or the cent below, towards zero', () => {
    expect(UnroundedMoney.of('40.99').roundedDownToEuro()).toEqual(Money.euros(40));
    expect(UnroundedMoney.of('-40.99').roundedDownToEuro()).toEqual(Money.euros(-40));
    expect(UnroundedMoney.of('40.999').roundedDownToCent()).toEqual(Money.of('40.99'));
  });

  it('38 616 / 730 = 52,8986… is 52,90 a day', () => {
    const daily = pass2016.dividedBy(730);
    expect(daily.toString()).toBe('19308/365');
    expect(daily.print()).toBe('≈\u00a052,89863\u00a0€');
    expect(daily.roundedToCent()).toEqual(Money.of('52.90'));
    expect(daily.repeated(730).equals(pass2016)).toBe(true);
    expect(UnroundedMoney.of(daily.toString()).equals(daily)).toBe(true);
  });

  it('one hundred points at 17,309 cost 1 730,90', () => {
    expect(UnroundedMoney.of('17.309').repeated(100).roundedToCent()).toEqual(Money.of('1730.90'));
    expect(UnroundedMoney.of('17.309').print()).toBe('17,309\u00a0€');
  });

  it('a line in two parts is rounded once: 17,65 % × 38 616 + 0,50 % × 1 384 = 6 815,724 + 6,92 = 6 822,644', () => {
    const line = pass2016.times(Rate.percent('17.65')).plus(Money.euros(1384).times(Rate.percent('0.50')));
    expect(line.toString()).toBe('6822.644');
    expect(line.roundedToEuro()).toEqual(Money.euros(6823));
  });

  it('the same as decimal.js for any amount, rates and division', () => {
    const cents = fc.integer({ min: -99_999_999_999, max: 99_999_999_999 });
    const rate = fc.integer({ min: 0, max: 999_999_999 });
    fc.assert(
      fc.property(cents, rate, rate, fc.integer({ min: 1, max: 1000 }), (amount, first, second, parts) => {
        const [a, b] = [Rate.ratio(first, 1e8), Rate.ratio(second, 1e8)];
        const exact = Money.cents(amount).times(a).times(b).plus(Money.cents(amount).times(a)).dividedBy(parts);
        const [x, y] = [new Referee(first).div(1e8), new Referee(second).div(1e8)];
        const referee = new Referee(amount).times(x).times(y).plus(new Referee(amount).times(x)).div(parts);
        expect(exact.roundedToCent().cents).toBe(referee.toDecimalPlaces(0).toNumber() + 0);
        expect(exact.roundedToEuro().cents).toBe(referee.div(100).toDecimalPlaces(0).times(100).toNumber() + 0);
      }),
      { numRuns: 2000 },
    );
  });

  it('what is reversed cancels what it reverses, rounding included', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 9999 }), (cents, parts) => {
        const exact = Money.cents(cents).dividedBy(parts);
        expect(exact.negated().roundedToCent().plus(exact.roundedToCent()).isZero).toBe(true);
        expect(exact.negated().roundedToEuro().plus(exact.roundedToEuro()).isZero).toBe(true);
      }),
    );
  });

  it('adds and compares with money, rounded or not', () => {
    const third = Money.euros(1).dividedBy(3);
    expect(UnroundedMoney.sum([third, third, third]).equals(Money.euros(1))).toBe(true);
    expect(UnroundedMoney.sum([]).isZero).toBe(true);
    expect(third.minus(Money.euros(1)).isNegative).toBe(true);
    expect([third.atLeast(Money.of('0.33')), third.atMost(Money.of('0.33')), third.isPositive]).toEqual([true, false, true]);
    expect(UnroundedMoney.max(third, Money.of('0.34')).toString()).toBe('0.34');
    expect(UnroundedMoney.min(third, Money.of('0.34')).toString()).toBe('1/3');
    expect(third.over(Money.euros(2)).toString()).toBe('1/6');
    expect(UnroundedMoney.zero.toJSON()).toBe('0');
    expect(() => third < UnroundedMoney.zero).toThrow('compare');
  });

  it.each(['-0', '17,309', '1e3', '', '1/0', ' 1'])('refuses « %s »', (text) => {
    expect(() => UnroundedMoney.of(text)).toThrow(expect.objectContaining({ code: 'unrounded-money-malformed' }));
  });
});
