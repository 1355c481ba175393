import { explain, price } from '../calculate.js';
import { readSituation } from '../reading.js';

const lineFor = (json: object) => {
  const line = price(readSituation({ year: 2016, status: 'commercant', stage: 'definitive', ...json })).lines.find(
    ({ code }) => code === 'csg-crds',
  )!;
  return [line.base.toString(), line.amount.toString()];
};

describe('CSS L. 136-3 — CSG-CRDS 2016: 8 % of the income and of the compulsory contributions', () => {
  it.each([
    ['F78: 26 000 + 9 178 = 35 178; 2 814.24', { income: '26000' }, ['35178', '2814']],
    ['no income: the minimums alone, 950; 76', { income: '0' }, ['950', '76']],
    ['a loss equal to the contributions: nothing is left', { income: '-950' }, ['0', '0']],
    ['one euro less of loss: 1 × 8 % = 0.08', { income: '-949' }, ['1', '0']],
    ['12 × 8 % = 0.96', { income: '-938' }, ['12', '1']],
    ['a greater loss never makes a credit', { income: '-5000' }, ['0', '0']],
    ['the provisional call uses the rates of its own year: 20 000 + 7 060', { stage: 'provisional', income: '20000' }, ['27060', '2165']],
    [
      'a liberal adds the pension contributions declared: 26 000 + 2 249 + 3 000',
      { status: 'profession-liberale', income: '26000', declaredPensionContributions: '3000' },
      ['31249', '2500'],
    ],
    ['F73: a flat base bears alone, contributions not added: 7 337 × 8 % = 586.96', { stage: 'flat-first-year' }, ['7337', '587']],
    ['2018: 9.70 % of 34 117 = 3 309.35', { year: 2018, income: '26000' }, ['34117', '3309']],
  ])('%s', (_, json, line) => expect(lineFor(json)).toEqual(line));

  it('I6: parts of the amount add up to it, whatever the rounding', () => {
    for (const income of ['0', '1', '777', '26000', '199999']) {
      const line = explain(readSituation({ year: 2016, status: 'artisan', stage: 'definitive', income })).lines.find(
        ({ code }) => code === 'csg-crds',
      )!;
      expect(line.derivation.shares?.reduce((sum, { amount }) => sum + amount.cents, 0)).toBe(line.amount.cents);
    }
  });
});
