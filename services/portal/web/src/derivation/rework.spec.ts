import { explain, readSituation } from '@isu/calc';
import { reworked } from './rework.js';

const incomes = ['-500', '0', '1', '4441', '15446', '26000', '37546', '38616', '45000', '193080', '250000'];

describe('N2 — the printed operation, worked out again alone, gives the amount to the cent', () => {
  it.each(['artisan', 'commercant', 'profession-liberale'])('of each line of %s from a loss to 250 000 €, from 2013 to 2024', (status) => {
    for (const year of [2013, 2015, 2016, 2017, 2018, 2020, 2024]) {
      for (const income of incomes) {
        for (const line of explain(readSituation({ year, status, stage: 'definitive', income })).lines) {
          expect({ year, income, code: line.code, amount: reworked(line.derivation.expression) }).toEqual({
            year,
            income,
            code: line.code,
            amount: line.amount.toString(),
          });
        }
      }
    }
  });

  it('by hand: 26 000 × 6,5 % is 1 690', () => {
    expect(reworked('round(26000 * 0.065)')).toBe('1690');
  });

  it('half a euro counts for one, and nothing under zero is owed', () => {
    expect(reworked('round(0.5)')).toBe('1');
    expect(reworked('max(0, 3 - 5) + min(2, 7) * (1 + 1)')).toBe('4');
    expect(reworked('round(0.02154, 0.0001) * 100')).toBe('2.15');
  });

  it.each(['', 'round(26000', '26000 € * 2', 'eval(1)', '1 2', '1 / 3'])('« %s » is not worked out', (text) => {
    expect(reworked(text)).toBeNull();
  });
});
