import { Day, Money } from '@isu/values';
import { microExit } from './micro-exit.js';

const quarters = (activity: 'vente' | 'bnc', ...euros: number[]) =>
  euros.map((amount, rank) => ({
    begins: Day.of(`2016-${String(rank * 3 + 1).padStart(2, '0')}-01`),
    activity,
    amount: Money.euros(amount),
  }));
const exitOf = (periods: ReturnType<typeof quarters>, isFirstYear = false) => {
  const exit = microExit(periods, { isFirstYear });
  return exit && [exit.kind, exit.on.iso, exit.turnover.toString(), exit.passed.toString()];
};

describe('CSS L. 133-6-8 — the regime is lost above the ceilings of 2016: 82 200 / 90 300 sales, 32 900 / 34 900 services', () => {
  it.each([
    ['at the ceiling itself nothing is passed', quarters('vente', 41_100, 41_100), null],
    [
      'a euro above it is tolerated, this year and the next',
      quarters('vente', 41_100, 41_101),
      ['tolerated', '2018-01-01', '82201', '82200'],
    ],
    ['at the tolerance still', quarters('vente', 45_150, 45_150), ['tolerated', '2018-01-01', '90300', '82200']],
    ['a euro above it is out, from the period of passing', quarters('vente', 45_150, 45_150, 1), ['exit', '2016-07-01', '90301', '90300']],
    ['services have their own: 34 901', quarters('bnc', 30_000, 4_901), ['exit', '2016-04-01', '34901', '34900']],
  ])('%s', (_, periods, expected) => expect(exitOf(periods)).toEqual(expected));

  it('has no tolerance in the first year of activity: out above 32 900', () => {
    expect(exitOf(quarters('bnc', 30_000, 2_901), true)).toEqual(['exit', '2016-04-01', '32901', '32900']);
  });

  it('counts sales and services each against its own ceiling', () => {
    expect(exitOf([...quarters('vente', 80_000), ...quarters('bnc', 30_000)])).toBeNull();
  });

  it('of two ceilings passed, tells the one that ends the regime first: services out in April, sales tolerated to 2018', () => {
    const both = [...quarters('vente', 82_201), ...quarters('bnc', 30_000, 4_901)];
    expect(exitOf(both)).toEqual(['exit', '2016-04-01', '34901', '34900']);
  });

  it('keeps the day of passing when more is declared afterwards: 90 301 in the first quarter, 95 301 in the second', () => {
    expect(exitOf(quarters('vente', 90_301, 5_000))).toEqual(['exit', '2016-01-01', '95301', '90300']);
  });

  it('says nothing of 2012, whose tolerance was not read', () => {
    expect(
      microExit([{ begins: Day.of('2012-01-01'), activity: 'vente', amount: Money.euros(95_000) }], { isFirstYear: false }),
    ).toBeNull();
  });

  it('passes nothing where nothing is declared', () => {
    expect(exitOf([])).toBeNull();
  });
});
