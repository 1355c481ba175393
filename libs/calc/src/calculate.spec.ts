import { Money } from '@isu/values';
import fc from 'fast-check';
import { price, rules } from './calculate.js';
import { lineCodes } from './owed.js';
import { readSituation } from './reading.js';
import { pricedYears } from './revisions.js';

const statuses = ['artisan', 'commercant', 'profession-liberale'];
const years = [...pricedYears];
const priced = (year: number, status: string, euros: number) =>
  price(readSituation({ year, status, stage: 'definitive', [year < 2025 ? 'income' : 'grossIncome']: `${euros}` }));
const amountOf = (year: number, euros: number, code: string) =>
  priced(year, 'commercant', euros).lines.find((line) => line.code === code)!.amount;
const income = fc.integer({ min: -50_000, max: 400_000 });
const drawn = { seed: 2016, numRuns: 300 };

describe('I2 — properties of a price, whatever the income', () => {
  it('the lines add up to the total, in whole euros, none below zero', () => {
    fc.assert(
      fc.property(fc.constantFrom(...years), fc.constantFrom(...statuses), income, (year, status, euros) => {
        const { lines, total } = priced(year, status, euros);
        expect(Money.sum(lines.map(({ amount }) => amount)).equals(total)).toBe(true);
        for (const { amount } of lines) expect([amount.isNegative, amount.cents % 100]).toEqual([false, 0]);
      }),
      drawn,
    );
  });

  it('one euro more of income never lowers the total', () => {
    fc.assert(
      fc.property(fc.constantFrom(...years), fc.constantFrom(...statuses), income, (year, status, euros) => {
        expect(priced(year, status, euros + 1).total.atLeast(priced(year, status, euros).total)).toBe(true);
      }),
      drawn,
    );
  });

  it('one euro more of income never lowers a line, nor makes it jump: by one euro where the rate is one, by 0.01 point of the income where it grows', () => {
    const growing = new Set(['maladie', 'allocations-familiales', 'indemnites-journalieres']);
    fc.assert(
      fc.property(fc.constantFrom(...years), fc.constantFrom(...statuses), income, (year, status, euros) => {
        const [before, after] = [priced(year, status, euros), priced(year, status, euros + 1)];
        const step = Math.max(0, euros + 1) * 0.0001;
        const faults = before.lines.flatMap(({ code, amount }) => {
          const more = (after.lines.find((line) => line.code === code)!.amount.cents - amount.cents) / 100;
          // CSG-CRDS follows the lines: 9.7 % of both steps at most.
          const most = growing.has(code) ? 1 + Math.ceil(step) : code === 'csg-crds' ? 1 + Math.ceil(3 * step * 0.097) : 1;
          return more >= 0 && more <= most ? [] : [`${year} ${status} ${euros} ${code}: ${more}`];
        });
        expect(faults).toEqual([]);
      }),
      { seed: 2016, numRuns: 3_000 },
    );
  });

  it('F75: floors hold: never less than 108, 784 and 58 in 2016', () => {
    fc.assert(
      fc.property(income, (euros) => {
        expect(amountOf(2016, euros, 'indemnites-journalieres').atLeast(Money.euros(108))).toBe(true);
        expect(amountOf(2016, euros, 'retraite-base').atLeast(Money.euros(784))).toBe(true);
        expect(amountOf(2016, euros, 'invalidite-deces').atLeast(Money.euros(58))).toBe(true);
      }),
      drawn,
    );
  });

  it('caps hold in 2016: never more than 1 352 (IJ at 5 PASS), 11 982 (RCI at 4 PASS) and 502 (disability-death at 1 PASS)', () => {
    fc.assert(
      fc.property(income, (euros) => {
        expect(amountOf(2016, euros, 'indemnites-journalieres').atMost(Money.euros(1352))).toBe(true);
        expect(amountOf(2016, euros, 'retraite-complementaire').atMost(Money.euros(11982))).toBe(true);
        expect(amountOf(2016, euros, 'invalidite-deces').atMost(Money.euros(502))).toBe(true);
      }),
      drawn,
    );
  });

  it('the same situation has the same price, whatever was priced before', () => {
    const before = JSON.stringify(priced(2016, 'artisan', 45_000));
    for (const year of years) priced(year, 'commercant', 12_345);
    expect(JSON.stringify(priced(2016, 'artisan', 45_000))).toBe(before);
  });
});

describe('F45 F77 — the answer as services and partners read it', () => {
  it('F77: the article’s example is this JSON, in this order', () => {
    expect(JSON.parse(JSON.stringify(priced(2016, 'commercant', 26_000)))).toEqual({
      year: 2016,
      status: 'commercant',
      lines: [
        { code: 'maladie', base: '26000', rate: '0.065', amount: '1690' },
        { code: 'indemnites-journalieres', base: '26000', rate: '0.007', amount: '182' },
        { code: 'allocations-familiales', base: '26000', rate: '0.0215', amount: '559' },
        { code: 'retraite-base', base: '26000', rate: '0.1765', amount: '4589' },
        { code: 'retraite-complementaire', base: '26000', rate: '0.07', amount: '1820' },
        { code: 'invalidite-deces', base: '26000', rate: '0.013', amount: '338' },
        { code: 'csg-crds', base: '35178', rate: '0.08', amount: '2814' },
        { code: 'cfp', base: '38040', rate: '0.0025', amount: '95' },
      ],
      total: '12087',
      rules: '2016.1',
    });
  });

  it('F45: two rates on two parts are given as parts; the rate of the line is their mean, 6 848 / 45 000 = 15.22 %', () => {
    const line = priced(2016, 'commercant', 45_000).lines.find(({ code }) => code === 'retraite-base');
    expect(JSON.parse(JSON.stringify(line))).toEqual({
      code: 'retraite-base',
      base: '45000',
      rate: '0.1522',
      amount: '6848',
      parts: [
        { base: '38616', rate: '0.1765' },
        { base: '6384', rate: '0.005' },
      ],
    });
  });

  it('every code of the stable surface has a rule', () => {
    expect(new Set(rules.map(({ code }) => code))).toEqual(new Set(lineCodes));
  });

  it('refuses a year without rules, even from a situation built by hand', () => {
    const situation = { ...readSituation({ year: 2018, status: 'artisan', stage: 'definitive', income: '1' }), year: 2027 };
    expect(() => price(situation)).toThrow(expect.objectContaining({ code: 'unknown-year', accepted: 'une année de 2012 à 2026' }));
  });
});
