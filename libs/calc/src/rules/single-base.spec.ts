import { explain, price } from '../calculate.js';
import { readSituation } from '../reading.js';

const trader = { year: 2026, status: 'commercant', stage: 'definitive' };
const baseFor = (grossIncome: string, more: object = {}) =>
  price(readSituation({ ...trader, ...more, grossIncome }))
    .lines.find(({ code }) => code === 'csg-crds')
    ?.base.toString();

describe('CSS L. 136-3, D. 136-5 — the single base, PASS 2026 = 48 060 €', () => {
  it.each([
    ['40 000 less 26 % (10 400)', '40000', '29600'],
    ['a loss counts for nothing', '-5000', '0'],
    ['845 is less than the smallest abatement, 1.76 % of the PASS (845.86, so 846)', '845', '0'],
    ['846 too', '846', '0'],
    ['847 leaves one euro', '847', '1'],
    ['3 253: 26 % is 845.78, the floor of 846 holds', '3253', '2407'],
    ['3 254: 26 % is 846.04, the rate takes over', '3254', '2407.96'],
    ['240 300: 26 % is 62 478, the cap of 1.3 PASS, on it', '240300', '177822'],
    ['240 301: 26 % would be 62 478.26, the cap holds', '240301', '177823'],
  ])('%s', (_, grossIncome, base) => expect(baseFor(grossIncome)).toBe(base));

  it('the definitive contributions of 2025 bear on it: 40 000 less 10 400', () => {
    expect(baseFor('40000', { year: 2025 })).toBe('29600');
  });

  it('the calls of 2025 bear on the income, at the rates of 2024: pension 17.75 %, and 0.5 % of daily allowances', () => {
    const { lines } = price(readSituation({ year: 2025, status: 'commercant', stage: 'adjusted', income: '10000' }));
    expect(lines.filter(({ code }) => /retraite-base|indemnites/.test(code)).map(({ rate }) => rate.toString())).toEqual([
      '0.005',
      '0.1775',
    ]);
  });

  it('I6: the derivation gives the gross income, its abatement and where 26 % comes from', () => {
    const line = explain(readSituation({ ...trader, grossIncome: '40000' })).lines.find(({ code }) => code === 'csg-crds')!;
    expect(line.derivation.expression).toBe(
      'round(max(0, 40000 - min(round(48060 * 1.3), max(round(48060 * 0.0176), round(40000 * 0.26, 0.01)))) * 0.097)',
    );
    expect(line.derivation.facts.map(({ fact }) => fact)).toEqual(['grossIncome']);
    expect(line.derivation.parameters.map(({ name }) => name)).toContain('assiette-unique.abattement');
    expect(line.derivation.sentence).toContain('revenu brut de');
  });
});
