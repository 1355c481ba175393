import { price } from '../calculate.js';
import { readSituation } from '../reading.js';

const lineFor = (income: string, more: object = {}) => {
  const situation = readSituation({ year: 2016, status: 'commercant', stage: 'definitive', income, ...more });
  const line = price(situation).lines.find(({ code }) => code === 'invalidite-deces')!;
  return [line.base.toString(), line.amount.toString()];
};

describe('CSS D. 635-12 — invalidité-décès 2016: 1.30 % from 4 441 (11.5 % of the PASS) to 38 616 (the PASS)', () => {
  it.each([
    ['F75: owes 58 on no income: 57.73', '0', ['4441', '58']],
    ['F75: owes 58 on a loss', '-5000', ['4441', '58']],
    ['one euro under the floor', '4440', ['4441', '58']],
    ['on the floor', '4441', ['4441', '58']],
    ['one euro above the floor', '4442', ['4442', '58']],
    ['F77: owes 338 on 26 000', '26000', ['26000', '338']],
    ['one euro under the cap: 501.995', '38615', ['38615', '502']],
    ['on the cap: 502.008', '38616', ['38616', '502']],
    ['one euro above the cap', '38617', ['38616', '502']],
  ])('%s', (_, income, line) => expect(lineFor(income)).toEqual(line));

  it.each([
    ['2014, craftsman, 26 000 × 1.60 %', 'artisan', '416'],
    ['2014, trader, 26 000 × 1.10 %', 'commercant', '286'],
  ])('%s', (_, status, owed) => expect(lineFor('26000', { year: 2014, status })).toEqual(['26000', owed]));
});
