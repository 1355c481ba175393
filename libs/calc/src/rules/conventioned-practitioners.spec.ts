import { explain, price } from '../calculate.js';
import { readSituation } from '../reading.js';

const practitioner = (year: number, income: string, conventionedIncome: string) =>
  readSituation({ year, status: 'profession-liberale', stage: 'definitive', curps: 'autres', income, conventionedIncome });
const sickness = (year: number, income: string, conventioned: string) =>
  price(practitioner(year, income, conventioned)).lines.find(({ code }) => code === 'maladie');

describe('CSS L. 722-4 — sickness of conventioned practitioners', () => {
  it.each([
    ['2016, all conventioned: 0.11 % of 60 000', 2016, '60000', '60000', '66'],
    ['2016, nothing conventioned: 9.81 % of 60 000', 2016, '60000', '0', '5886'],
    ['2016, 50 000 of 60 000: 55 and 981', 2016, '60000', '50000', '1036'],
    ['2016, no income', 2016, '0', '0', '0'],
    ['2016, a loss', 2016, '-5000', '0', '0'],
    ['2017, the first year of the scale: 0.1 % is 50; 6.5 % and 3.25 % of 10 000', 2017, '60000', '50000', '1025'],
    ['2018, 50 000 of 60 000: 0.1 % is 50; 6.5 % and 3.25 % of 10 000', 2018, '60000', '50000', '1025'],
    ['2018, 20 000, all conventioned: 0.1 %', 2018, '20000', '20000', '20'],
    ['2022, under 40 % of the PASS the scale is nil, and the sickness fund pays nothing', 2022, '15000', '15000', '0'],
    ['2022, 12 000 of 15 000: 3.25 % of 3 000 is 97.50', 2022, '15000', '12000', '98'],
  ])('%s', (...[, year, income, conventioned, owed]) => expect(sickness(year, income, conventioned)?.amount.toString()).toBe(owed));

  it('the CSG-CRDS base holds what the practitioner pays: 60 000 + 1 036 + 3 150 of family allowances', () => {
    const csg = price(practitioner(2016, '60000', '50000')).lines.find(({ code }) => code === 'csg-crds');
    expect(csg?.base.toString()).toBe('64186');
  });

  it('tells both parts of the income', () => {
    const [line] = explain(practitioner(2016, '60000', '50000')).lines;
    expect(line?.derivation.facts.map(({ fact, amount }) => [fact, amount.toString()])).toEqual([
      ['conventionedIncome', '50000'],
      ['income', '60000'],
    ]);
    expect(line?.derivation.sentence.replace(/\s/gu, ' ')).toContain('(revenu 60 000 € − part conventionnée 50 000 €)');
  });

  it('refuses 2012, whose rate is not known', () => {
    expect(() => sickness(2012, '60000', '60000')).toThrow(expect.objectContaining({ code: 'not-in-force' }));
  });

  it.each([
    ['more than the income', { year: 2016, stage: 'definitive', income: '60000', conventionedIncome: '60001' }, 'bad-value'],
    ['a part of a loss', { year: 2016, stage: 'definitive', income: '-10', conventionedIncome: '1' }, 'bad-value'],
    ['a negative part', { year: 2016, stage: 'definitive', income: '10', conventionedIncome: '-1' }, 'bad-amount'],
    ['a part of a flat base', { year: 2016, stage: 'flat-first-year', conventionedIncome: '1000' }, 'figures-unknown'],
    ['a part of the single base', { year: 2026, stage: 'definitive', grossIncome: '60000', conventionedIncome: '1' }, 'figures-unknown'],
  ])('refuses %s', (_, json, code) => {
    expect(() => readSituation({ status: 'profession-liberale', ...json })).toThrow(
      expect.objectContaining({ code, field: 'conventionedIncome' }),
    );
  });
});
