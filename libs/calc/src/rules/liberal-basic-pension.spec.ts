import { priceLiberalPension } from '../liberal-pension.js';
import { price } from '../calculate.js';
import { readSituation } from '../reading.js';
import type { LiberalSituation } from '../situation.js';

const liberal = (year: number, income: string, more: object = {}) =>
  readSituation({ year, status: 'profession-liberale', stage: 'definitive', income, ...more }) as LiberalSituation;
const pension = (year: number, income: string, more: object = {}) => priceLiberalPension(liberal(year, income, more)).total.toString();

describe('CSS D. 642-3 — basic pension of liberals, in two bands, each rounded', () => {
  it.each([
    ['2016: the published minimum, 365 and 83 on 4 441', 2016, '0', '448'],
    ['one euro under the minimum base', 2016, '4440', '448'],
    ['on the minimum base', 2016, '4441', '448'],
    ['4 450: 366.24 and 83.22', 2016, '4450', '449'],
    ['one euro under one PASS: 3 178.02 and 722.10', 2016, '38615', '3900'],
    ['on one PASS: 3 178.10 and 722.12', 2016, '38616', '3900'],
    ['one euro above, where only 1.87 % grows', 2016, '38617', '3900'],
    ['on five PASS: 3 178 and 3 610.60', 2016, '193080', '6789'],
    ['nothing more above', 2016, '300000', '6789'],
    ['2014, one band after the other: 3 223.52 on 31 916 and 338.17 on the rest', 2014, '50000', '3562'],
    ['2014, on 85 % of the PASS', 2014, '31916', '3224'],
    ['2013, 100 000: 85 % of the PASS is 31 477, 9.75 % of it 3 069.01; 1.81 % of the rest 1 240.27', 2013, '100000', '4309'],
    ['2013: 5.25 % of 37 032 is 1 944, which pays 9.75 %: 189.54', 2013, '0', '190'],
    ['2015: the floor is 7.7 % of the PASS, 2 929: 241.06 and 54.77', 2015, '0', '296'],
  ])('%s', (_, year, income, owed) => expect(pension(year, income)).toBe(owed));

  it('refuses 2012, whose minimum base is not known', () => {
    expect(() => pension(2012, '30000')).toThrow(expect.objectContaining({ code: 'not-in-force' }));
  });

  it('RSA: on the real income, 247 and 56 of 3 000', () => {
    expect(pension(2016, '3000', { rsa: true })).toBe('303');
  });

  it('a flat base has no minimum: 7 337 of 2016 pays 604 and 137', () => {
    expect(
      priceLiberalPension(
        readSituation({ year: 2016, status: 'profession-liberale', stage: 'flat-first-year' }) as LiberalSituation,
      ).total.toString(),
    ).toBe('741');
  });
});

describe('CIPAV called by Urssaf since 2023', () => {
  const lines = (json: object) => Object.fromEntries(price(readSituation(json)).lines.map(({ code, amount }) => [code, amount.toString()]));
  const cipav = { status: 'profession-liberale', stage: 'definitive', section: 'cipav' };

  it.each([
    ['no income: 450 hours at 11.27 € are 5 071.50: 417.38 and 94.84', '0', '512'],
    ['one euro under the floor', '5071', '512'],
    ['on one PASS: 3 620.54 and 822.65', '43992', '4444'],
    ['one euro above', '43993', '4444'],
    ['on five PASS: 3 621 and 4 113.25', '219960', '7734'],
    ['nothing more above', '250000', '7734'],
  ])('2023, basic pension: %s', (_, income, owed) => expect(lines({ ...cipav, year: 2023, income })['retraite-base']).toBe(owed));

  it('2025, 100 000 gross: 74 000 after the 26 %; 47 100 × 8.73 % = 4 111.83, 74 000 × 1.87 % = 1 383.80', () => {
    expect(lines({ ...cipav, year: 2025, grossIncome: '100000' })['retraite-base']).toBe('5496');
  });

  it('2022: the CIPAV calls its own: they are declared, and no line of ours', () => {
    expect(Object.keys(lines({ ...cipav, year: 2022, income: '30000', declaredPensionContributions: '4500' }))).toEqual([
      'maladie',
      'indemnites-journalieres',
      'allocations-familiales',
      'csg-crds',
      'cfp',
    ]);
  });

  it('2023: refuses declared contributions, which are priced', () => {
    expect(() => readSituation({ ...cipav, year: 2023, income: '30000', declaredPensionContributions: '4500' })).toThrow(
      expect.objectContaining({ code: 'field-not-of-year', field: 'declaredPensionContributions' }),
    );
  });
});
