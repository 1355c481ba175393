import { Day } from '@isu/values';
import { missingDeclarations } from './micro-missing-declaration.js';

const due = (activity: 'vente' | 'services-commerciaux', rhythm: 'monthly' | 'quarterly', ...periods: string[]) =>
  missingDeclarations({ activity, rhythm, periods: periods.map((period) => Day.of(period)) });

describe('CSS R. 133-30-2-1 — a declaration of turnover that does not come, 2016', () => {
  it('one quarter of sales: 1.5 % of 3 218 rounded up is 49; 82 200 / 4 × 1.15 × 13.4 % is 3 166.76', () => {
    const [one] = due('vente', 'quarterly', '2016-01-01');
    expect([one?.penalty.toString(), one?.provisional.toString()]).toEqual(['49', '3167']);
    expect(one?.expressions).toEqual({ penalty: 'ceil(3218 * 0.015)', provisional: 'round(82200 / 4 * 1.15 * 0.134)' });
  });

  it('two quarters of services: each on 32 900 / 4 × 1.30 × 23.1 %, 2 469.97, and 49 each', () => {
    const both = due('services-commerciaux', 'quarterly', '2016-01-01', '2016-04-01');
    expect(both.map(({ penalty, provisional }) => [penalty.toString(), provisional.toString()])).toEqual([
      ['49', '2470'],
      ['49', '2470'],
    ]);
  });

  it('the four quarters of a year of sales: each on 82 200 / 4 × 1.60 × 13.4 %, 4 405.92', () => {
    const all = due('vente', 'quarterly', '2016-01-01', '2016-04-01', '2016-07-01', '2016-10-01');
    expect(all.map(({ provisional }) => provisional.toString())).toEqual(['4406', '4406', '4406', '4406']);
  });

  it('one month of sales: 82 200 / 12 × 1.05 × 13.4 % is 963.80', () => {
    expect(due('vente', 'monthly', '2016-03-01')[0]?.provisional.toString()).toBe('964');
  });

  it('January 2012, sales: 1.5 % of 3 031 rounded up is 46; 81 500 / 12 × 1.05 × 12 % is 855.75', () => {
    const [one] = due('vente', 'monthly', '2012-01-01');
    expect([one?.penalty.toString(), one?.provisional.toString()]).toEqual(['46', '856']);
  });

  it('names its parameters, with their dates and sources', () => {
    const [one] = due('vente', 'monthly', '2016-03-01');
    expect(one?.parameters.map(({ name, value }) => [name, value])).toEqual([
      ['pass-mensuel', '3218'],
      ['micro.declaration-manquante.penalite', '0.015'],
      ['micro.plafond.vente', '82200'],
      ['micro.declaration-manquante.mois', '0.05'],
      ['micro.vente', '0.134'],
    ]);
  });

  it.each([
    ['no period', []],
    ['two years', ['2016-10-01', '2017-01-01']],
    ['five quarters', ['2016-01-01', '2016-04-01', '2016-07-01', '2016-10-01', '2016-10-01']],
  ])('refuses %s', (_, periods) => {
    expect(() => due('vente', 'quarterly', ...periods)).toThrow(expect.objectContaining({ code: 'date-outside-year' }));
  });
});
