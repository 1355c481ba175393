import { price } from '../calculate.js';
import { readSituation } from '../reading.js';

const lineFor = (income: string, more: object = {}) => {
  const situation = readSituation({ year: 2016, status: 'artisan', stage: 'definitive', income, ...more });
  const line = price(situation).lines.find(({ code }) => code === 'indemnites-journalieres')!;
  return [line.base.toString(), line.amount.toString()];
};

describe('CSS D. 612-9 — indemnités journalières 2016, 0.70 % from 15 446 (40 % of the PASS) to 193 080 (5 PASS)', () => {
  it.each([
    ['F75: owes 108 on no income: 15 446 × 0.70 % = 108.12', '0', ['15446', '108']],
    ['F75: owes 108 on a loss', '-5000', ['15446', '108']],
    ['one euro under the floor', '15445', ['15446', '108']],
    ['on the floor', '15446', ['15446', '108']],
    ['one euro above the floor', '15447', ['15447', '108']],
    ['F77: owes 182 on 26 000', '26000', ['26000', '182']],
    ['one euro under the cap: 1 351.55', '193079', ['193079', '1352']],
    ['on the cap: 1 351.56', '193080', ['193080', '1352']],
    ['one euro above the cap', '193081', ['193080', '1352']],
  ])('%s', (_, income, line) => expect(lineFor(income)).toEqual(line));

  it('F76: an RSA holder pays on the real income: 3 000 × 0.70 %', () => {
    expect(lineFor('3000', { rsa: true })).toEqual(['3000', '21']);
  });

  it('the floor is not reduced in an incomplete year', () => {
    expect(lineFor('0', { startedOn: '2016-07-01' })).toEqual(['15446', '108']);
  });

  it.each([
    ['on three PASS, 123 408: 0.3 % of it, 370.22', '123408', ['123408', '370']],
    ['nothing more above', '200000', ['123408', '370']],
  ])('liberals in 2022: %s', (_, income, line) => expect(lineFor(income, { year: 2022, status: 'profession-liberale' })).toEqual(line));

  it('is not owed by a liberal before July 2021', () => {
    const { lines } = price(readSituation({ year: 2016, status: 'profession-liberale', stage: 'definitive', income: '26000' }));
    expect(lines.map(({ code }) => code)).not.toContain('indemnites-journalieres');
  });
});
