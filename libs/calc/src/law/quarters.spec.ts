import { quarterIncome } from './quarters.js';

describe('CSS R. 351-9 — revenu validant un trimestre (F100)', () => {
  it.each([
    [2013, '1886', '200 × 9.43 €'],
    [2014, '1429.50', '150 × 9.53 €'],
    [2015, '1441.50', '150 × 9.61 €'],
    [2016, '1450.50', '150 × 9.67 €'],
    [2026, '1803', '150 × 12.02 €'],
  ])('is in %i %s €: %s', (year, income) => {
    expect(quarterIncome(year).toString()).toBe(income);
  });

  it('refuses a year before the joint account', () => {
    expect(() => quarterIncome(2007)).toThrow();
  });
});
