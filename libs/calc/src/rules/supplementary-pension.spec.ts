import { price } from '../calculate.js';
import { readSituation } from '../reading.js';

const lineFor = (income: string, more: object = {}) => {
  const situation = readSituation({ year: 2016, status: 'artisan', stage: 'definitive', income, ...more });
  const line = price(situation).lines.find(({ code }) => code === 'retraite-complementaire')!;
  return [line.base.toString(), line.amount.toString()];
};

describe('CSS D. 635-2 — retraite complémentaire 2016: 7 % to 37 546, 8 % above, to 154 464 (4 PASS)', () => {
  it.each([
    ['F76: owes nothing on no income', '0', ['0', '0']],
    ['F76: owes nothing on a loss', '-5000', ['0', '0']],
    ['F77: owes 1 820 on 26 000', '26000', ['26000', '1820']],
    ['one euro under the ceiling of the scheme: 2 628.15', '37545', ['37545', '2628']],
    ['on the ceiling: 2 628.22', '37546', ['37546', '2628']],
    ['one euro above: 2 628.22 + 0.08', '37547', ['37547', '2628']],
    ['four euros above: 2 628.22 + 0.32', '37550', ['37550', '2629']],
    ['one euro under four PASS: 2 628.22 + 116 917 × 8 %', '154463', ['154463', '11982']],
    ['on four PASS: 2 628.22 + 9 353.44 = 11 981.66', '154464', ['154464', '11982']],
    ['one euro above four PASS', '154465', ['154464', '11982']],
  ])('%s', (_, income, line) => expect(lineFor(income)).toEqual(line));

  it.each([
    ['a trader, to three PASS, 109 116: 7 092.54', 'commercant', ['109116', '7093']],
    ['a craftsman, to four, 145 488: 2 583.07 on 35 876 and 8 330.51 on the rest', 'artisan', ['145488', '10914']],
  ])('2012, 200 000, %s', (_, status, line) => expect(lineFor('200000', { year: 2012, status })).toEqual(line));

  it('had a minimum in 2015, 5.25 % of 38 040 = 1 997.10: 139.79', () => {
    expect(lineFor('0', { year: 2015 })).toEqual(['1997', '140']);
  });

  it.each([
    [2013, '37032'],
    [2014, '37513'],
    [2015, '37513'],
    [2016, '37546'],
    [2017, '37546'],
    [2018, '37846'],
    [2019, '37960'],
    [2020, '38340'],
    [2021, '38493'],
    [2022, '38916'],
    [2023, '40784'],
    [2024, '42946'],
  ])('the first band of %s stops at %s', (year, ceiling) => {
    const { lines } = price(readSituation({ year, status: 'artisan', stage: 'definitive', income: '50000' }));
    expect(lines.find(({ code }) => code === 'retraite-complementaire')?.parts?.[0]?.base.toString()).toBe(ceiling);
  });
});
