import { explain, price } from '../calculate.js';
import { readSituation } from '../reading.js';

const starter = (json: object) => readSituation({ status: 'commercant', stage: 'definitive', overseas: true, ...json });
const amounts = (json: object) => Object.fromEntries(price(starter(json)).lines.map(({ code, amount }) => [code, amount.toString()]));
const relieved = (json: object) =>
  price(starter(json))
    .lines.find(({ code }) => code === 'maladie')
    ?.relief?.amount.toString();

describe('CSS L. 756-5 — starts overseas until 2016: twenty-four months without contributions', () => {
  it('26 000 of 2016 owes RCI and training only, whatever the income', () => {
    const nothing = {
      maladie: '0',
      'indemnites-journalieres': '0',
      'allocations-familiales': '0',
      'retraite-base': '0',
      'invalidite-deces': '0',
      'csg-crds': '0',
    };
    expect(amounts({ year: 2016, income: '26000', startedOn: '2015-01-01' })).toEqual({
      ...nothing,
      'retraite-complementaire': '1820',
      cfp: '95',
    });
    expect(amounts({ year: 2016, income: '200000', startedOn: '2015-01-01' })).toMatchObject(nothing);
  });

  it('an incomplete first year is relieved too', () => {
    expect(relieved({ year: 2016, income: '26000', startedOn: '2016-07-01' })).toBe('1690');
  });

  it.each(['2014-07-01', '2013-12-31', '2014-12-31'])(
    'refuses the year in which the months end, and those that follow: start of %s',
    (startedOn) => {
      expect(() => starter({ year: 2016, income: '26000', startedOn })).toThrow(expect.objectContaining({ code: 'figures-unknown' }));
    },
  );

  it('the refusal says what would be accepted', () => {
    expect(() => starter({ year: 2016, income: '26000', startedOn: '2013-12-31' })).toThrow(
      expect.objectContaining({ code: 'figures-unknown', field: 'overseas' }),
    );
  });
});

describe('CSS D. 756-4 — starts from 2017, PASS 2018 = 39 732 (110 % = 43 705, 150 % = 59 598, 250 % = 99 330)', () => {
  const of2018 = (income: string) => ({ year: 2018, income, startedOn: '2018-01-01' });

  it.each([
    ['all up to 110 %: 6.35 % of 43 705', '43705', '2775'],
    ['one euro above, no more: 2 775', '43706', '2775'],
    ['on 150 %', '59598', '2775'],
    ['one euro above it goes down: 2 775 × 39 731 / 39 732', '59599', '2775'],
    ['half of it half way, at two PASS: 1 387.50', '79464', '1388'],
    ['one euro under 250 %: 0.07', '99329', '0'],
  ])('relieves sickness of %s', (_, income, relief) => expect(relieved(of2018(income))).toBe(relief));

  it('relieves nothing at 250 %', () => {
    expect(relieved(of2018('99330'))).toBeUndefined();
  });

  it('50 000: each line less what it would be on 43 705, CSG-CRDS too', () => {
    // Sickness 3 175 − 2 775; allowances 425 − 371; family 1 550 − 1 355, at the full rate; pension 7 114 − 7 076; disability 517 − 517;
    // CSG-CRDS: 9.7 % of 54 309 is 5 268, less 9.7 % of 43 705 + 3 118 of RCI, 4 542.
    expect(amounts(of2018('50000'))).toEqual({
      maladie: '400',
      'indemnites-journalieres': '54',
      'allocations-familiales': '195',
      'retraite-base': '38',
      'retraite-complementaire': '3622',
      'invalidite-deces': '0',
      'csg-crds': '726',
      cfp: '99',
    });
  });

  it('2026: sickness at 8.5 % overseas, whatever the income: 60 000 owes 5 100 less 4 494 on 52 866', () => {
    // Gross 81 081 less 26 % is 59 999.94; 8.5 % of it is 5 100; 110 % of 48 060 is 52 866.
    const [line] = price(starter({ year: 2026, grossIncome: '81081', startedOn: '2026-01-01' })).lines;
    expect([line?.amount.toString(), line?.relief?.amount.toString()]).toEqual(['606', '4494']);
  });

  it('2026: CSG-CRDS on the single base alone, at the limit too: 8 614 on 88 800, less 31 350 / 48 060 of 5 128 on 52 866', () => {
    // Gross 120 000 less 26 % is 88 800, between 150 % (72 090) and 250 % (120 150) of 48 060; 5 128 × 0.652310 is 3 345.04.
    const { lines } = price(starter({ year: 2026, grossIncome: '120000', startedOn: '2026-01-01' }));
    const csg = lines.find(({ code }) => code === 'csg-crds');
    expect([csg?.amount.toString(), csg?.relief?.amount.toString()]).toEqual(['5269', '3345']);
  });

  it('says what was taken off, and why', () => {
    const [line] = explain(starter(of2018('50000'))).lines;
    expect(line?.relief?.code).toBe('outre-mer');
    expect(line?.derivation.sentence).toContain('outre-mer');
  });
});

describe('what is refused', () => {
  const base = { year: 2018, status: 'commercant', stage: 'definitive', income: '26000', overseas: true };
  it.each([
    ['no day of the start', base, 'missing-field', 'startedOn'],
    ['both reliefs', { ...base, startedOn: '2018-01-01', acre: true }, 'bad-value', 'acre'],
    ['a liberal', { ...base, status: 'profession-liberale', startedOn: '2018-01-01' }, 'field-not-of-status', 'overseas'],
  ])('%s', (_, json, code, field) => {
    expect(() => readSituation(json)).toThrow(expect.objectContaining({ code, field }));
  });
});
