import { price } from '../calculate.js';
import { readSituation } from '../reading.js';

const lines = (year: number, income: string, insuredElsewhere: boolean) =>
  Object.fromEntries(
    price(readSituation({ year, status: 'commercant', stage: 'definitive', income, insuredElsewhere })).lines.map(({ code, amount }) => [
      code,
      amount.toString(),
    ]),
  );

describe('CSS L. 613-4 — employees and pensioners with a business of their own', () => {
  it('2015: owe no daily allowances, and sickness on the real income: 195 of 3 000, not 247 of 3 804', () => {
    const { maladie, 'indemnites-journalieres': daily } = lines(2015, '3000', true);
    expect([maladie, daily]).toEqual(['195', undefined]);
    expect(lines(2015, '3000', false)).toMatchObject({ maladie: '247', 'indemnites-journalieres': '107' });
  });

  it('2016: owe all that the others do, daily allowances included', () => {
    expect(lines(2016, '3000', true)).toEqual(lines(2016, '3000', false));
  });

  it('2018: the minimum of sickness, back that year, is theirs too', () => {
    expect(lines(2018, '3000', true)).toEqual(lines(2018, '3000', false));
  });
});
