import { Day, Money } from '@isu/values';
import { offlineSurcharge, onlineDuty } from './online-declaration.js';

const duty = (income: string, declaredOn: string) => {
  const { isObliged, limit } = onlineDuty(Money.of(income), Day.of(declaredOn));
  return [isObliged, limit?.toString() ?? null];
};

describe('CSS L. 133-6-7-2, L. 613-5 — who declares online', () => {
  it.each([
    ['nobody is obliged in 2014', '100000', '2014-05-01', [false, null]],
    ['2015, on half the PASS: 38 040 / 2', '19020', '2015-05-01', [false, '19020']],
    ['2015, one cent above', '19020.01', '2015-05-01', [true, '19020']],
    ['2016, on 20 % of 38 616, 7 723.20 to the euro', '7723', '2016-06-09', [false, '7723']],
    ['2016, one cent above', '7723.01', '2016-06-09', [true, '7723']],
    ['2017: 20 % of 39 228 is 7 845.60, published as 7 846', '7846', '2017-06-09', [false, '7846']],
    ['2018: 10 % of 39 732 is 3 973.20', '3973.01', '2018-06-08', [true, '3973']],
    ['2019: everybody, even on a loss', '-5000', '2019-06-07', [true, '0']],
  ])('%s', (_, income, declaredOn, answer) => expect(duty(income, declaredOn)).toEqual(answer));

  it('I6: names the PASS of the year and the share', () => {
    expect(onlineDuty(Money.euros(8000), Day.of('2016-06-09')).parameters.map(({ name, value }) => [name, value])).toEqual([
      ['pass', '38616'],
      ['declaration-en-ligne.seuil', '0.2'],
    ]);
  });
});

describe('the surcharge of who declares or pays on paper', () => {
  it('0.20 % of 12 087 € is 24.17', () => {
    const { amount, expression, parameter } = offlineSurcharge(Money.euros(12087), Day.of('2016-05-19'));
    expect([amount.toString(), expression]).toEqual(['24', 'round(12087 * 0.002)']);
    expect(parameter.status).toBe('unsure');
  });

  it('refuses before 2015', () => {
    expect(() => offlineSurcharge(Money.euros(12087), Day.of('2014-12-31'))).toThrow(expect.objectContaining({ code: 'not-in-force' }));
  });
});
