import { price } from '../calculate.js';
import { readSituation } from '../reading.js';

const lineFor = (income: string, more: object = {}) => {
  const situation = readSituation({ year: 2016, status: 'commercant', stage: 'definitive', income, ...more });
  const line = price(situation).lines.find(({ code }) => code === 'retraite-base')!;
  return [line.base.toString(), line.amount.toString()];
};

describe('CSS D. 633-2 and D. 633-3 — retraite de base 2016: 17.65 % to one PASS (38 616), 0.50 % above, from 4 441 (11.5 %)', () => {
  it.each([
    ['F75: owes 784 on no income: 4 441 × 17.65 % = 783.84', '0', ['4441', '784']],
    ['F75: owes 784 on a loss', '-5000', ['4441', '784']],
    ['one euro under the floor', '4440', ['4441', '784']],
    ['on the floor', '4441', ['4441', '784']],
    ['one euro above: 784.01', '4442', ['4442', '784']],
    ['F77: owes 4 589 on 26 000', '26000', ['26000', '4589']],
    ['one euro under the PASS: 6 815.55', '38615', ['38615', '6816']],
    ['on the PASS: 6 815.72', '38616', ['38616', '6816']],
    ['one euro above: 6 815.72 + 0.005', '38617', ['38617', '6816']],
    ['199 above: 6 815.724 + 0.995 = 6 816.72', '38815', ['38815', '6817']],
    ['has no cap on the uncapped part: 6 815.72 + 806.92', '200000', ['200000', '7623']],
  ])('%s', (_, income, line) => expect(lineFor(income)).toEqual(line));

  it('does not bind an RSA holder: 3 000 × 17.65 % = 529.50', () => {
    expect(lineFor('3000', { rsa: true })).toEqual(['3000', '530']);
  });
});

describe('CSS D. 633-2, al. 2 — the floor in an incomplete year', () => {
  it('holds in full from 90 days of membership: 3 October to 31 December', () => {
    expect(lineFor('1000', { startedOn: '2016-10-03' })).toEqual(['4441', '784']);
  });

  it('does not apply under 90 days: 1 000 × 17.65 % = 176.50', () => {
    expect(lineFor('1000', { startedOn: '2016-10-04' })).toEqual(['1000', '177']);
  });

  it('the ceiling follows the days: 38 616 × 184 / 366 = 19 413.77; 19 414 × 17.65 % + 586 × 0.50 % = 3 429.50', () => {
    expect(lineFor('20000', { startedOn: '2016-07-01' })).toEqual(['20000', '3430']);
  });
});
