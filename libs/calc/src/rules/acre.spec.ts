import { explain, price } from '../calculate.js';
import { readSituation } from '../reading.js';

const starter = { year: 2017, status: 'commercant', stage: 'definitive', acre: true, startedOn: '2017-01-01' };
const pensionFor = (income: string, more: object = {}) => {
  const line = price(readSituation({ ...starter, income, ...more })).lines.find(({ code }) => code === 'retraite-base');
  return [line?.amount.toString(), line?.relief?.amount.toString()];
};

describe('CSS L. 131-6-4 — the relief of starters, PASS 2017 = 39 228 €', () => {
  it.each([
    ['one euro under 75 % of the PASS: all of 29 420 × 17.75 % = 5 222.05', '29420', ['0', '5222']],
    ['on it: 5 222.23', '29421', ['0', '5222']],
    ['one euro above: 5 222 × 9 806 / 9 807 = 5 221.47', '29422', ['1', '5221']],
    ['one euro under the PASS: 5 222 × 1 / 9 807 = 0.53', '39227', ['6962', '1']],
    ['on the PASS: nothing is relieved', '39228', ['6963', undefined]],
    ['above', '50000', ['7028', undefined]],
  ])('%s', (_, income, figures) => expect(pensionFor(income)).toEqual(figures));

  it.each([
    ['21 119 of 2016: 1.2 × 9.67 × 1 820 = 21 119.28', '21119', ['0', '3728']],
    ['one euro above: 3 727.68 − 3 727.50, both rounded', '21120', ['0', '3728']],
    ['ten euros above: 3 729.27 − 3 727.50', '21129', ['1', '3728']],
    ['a minimum contribution is relieved too: 784', '0', ['0', '784']],
  ])('before 2017: %s', (_, income, figures) => {
    expect(pensionFor(income, { year: 2016, startedOn: '2016-01-01' })).toEqual(figures);
  });

  it('lasts twelve months: of a start on 15 March 2017, 73 days of 2018 are left', () => {
    const { acre } = readSituation({ ...starter, year: 2018, income: '20000', startedOn: '2017-03-15' }) as {
      acre: { relievedDays: number };
    };
    expect(acre.relievedDays).toBe(73);
  });

  it('a liberal has it on sickness and family allowances: 26 000 of 2017 owes neither', () => {
    const { lines } = price(readSituation({ ...starter, status: 'profession-liberale', income: '26000' }));
    expect(lines.map(({ code, amount }) => [code, amount.toString()])).toEqual([
      ['maladie', '0'],
      ['allocations-familiales', '0'],
      ['csg-crds', '2080'],
      ['cfp', '97'],
    ]);
  });

  it('I6: the line keeps its rate, and tells the relief apart, with its expression', () => {
    const line = explain(readSituation({ ...starter, income: '32000' })).lines.find(({ code }) => code === 'allocations-familiales')!;
    expect([line.rate.toString(), line.amount.toString(), line.relief?.amount.toString()]).toEqual(['0.0215', '221', '467']);
    expect(line.derivation.expression).toBe(
      'round(32000 * 0.0215) - round(round(round(39228 * 0.75) * 0.0215) * 1 * (39228 - 32000) / (39228 - round(39228 * 0.75)))',
    );
    expect(line.derivation.sentence).toContain('exonération de début d’activité');
  });
});
