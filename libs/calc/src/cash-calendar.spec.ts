import { Day, Money } from '@isu/values';
import { cashCalendar } from './cash-calendar.js';
import { readSituation } from './reading.js';
import type { AssessedSituation } from './situation.js';

/** A trader with 20 000 € in 2014 and 26 000 € in 2015, who declares on 20 May; 2016 may bring 20 000, 30 000 or 40 000. */
const forecast = {
  year: 2016,
  situationOf: ({ year, stage, income }: { year: number; stage: string; income: Money }) =>
    readSituation({ year, status: 'commercant', stage, income: income.toString() }) as AssessedSituation,
  periodicity: 'monthly-5' as const,
  incomes: { beforeLast: Money.euros(20000), last: Money.euros(26000) },
  declaredOn: Day.of('2016-05-20'),
  scenarios: [
    { name: 'low', income: Money.euros(20000) },
    { name: 'expected', income: Money.euros(30000) },
  ],
};
const [low, expected] = cashCalendar(forecast);
const of = (calendar: typeof low, year: number) =>
  calendar!.flows
    .filter(({ on }) => on.year === year)
    .map(({ on, kind, amount }) => `${on} ${kind === 'refund' ? 'refund ' : ''}${amount}`);

describe('N8 — the cash calendar of 24 months', () => {
  // 2015 was called on 20 000 (9 265: 1 300, 140, 430, 3 480, 1 400, 260; 27 010 × 8 %; 94) and cost 12 016 on 26 000.
  it('N8 F54 F72: 2016 is called on 20 000, then on 26 000 with what 2015 lacked, from 6 June on', () => {
    // Called: 9 225 over twelve, 768 and the training contribution in February. Adjusted: 8 152 over seven, 1 164 then 1 168.
    // 2015: 12 016 − 9 265 = 2 751 over seven: 393 exactly.
    expect(of(low, 2016)).toEqual([
      '2016-01-05 768',
      '2016-02-05 863',
      '2016-03-07 768',
      '2016-04-05 768',
      '2016-05-05 768',
      '2016-06-06 1557',
      '2016-07-05 1557',
      '2016-08-05 1557',
      '2016-09-05 1557',
      '2016-10-05 1557',
      '2016-11-07 1557',
      '2016-12-05 1561',
    ]);
  });

  it('N8: the first year does not depend on what it brings', () => expect(of(expected, 2016)).toEqual(of(low, 2016)));

  it('N8 F72: 30 000 in 2016 cost 13 932 − 12 087 = 1 845 more, over the seven payments left of 2017: 263 and 267', () => {
    const lines = expected!.flows.filter(({ on }) => on.year === 2017).map(({ lines: all }) => all.filter(({ year }) => year === 2016));
    expect(lines.map((of2016) => Money.sum(of2016.map(({ amount }) => amount)).toString())).toEqual([
      ...Array<string>(5).fill('0'),
      ...Array<string>(6).fill('263'),
      '267',
    ]);
  });

  it('N8: 20 000 in 2016 give back 12 087 − 9 320 = 2 767 a month after the declaration', () => {
    expect(of(low, 2017).filter((text) => text.includes('refund'))).toEqual(['2017-06-19 refund -2767']);
  });

  it('N8: over two years, all that is called is what the years cost, and the calendar adds up', () => {
    for (const { flows, total } of cashCalendar(forecast)) {
      expect(Money.sum(flows.map(({ amount }) => amount)).equals(total)).toBe(true);
    }
    const asked = (year: number) =>
      Money.sum(expected!.flows.flatMap(({ lines }) => lines.filter((line) => line.year === year)).map(({ amount }) => amount));
    // 2016: adjusted 12 087 and the supplement of 1 845.
    expect(asked(2016).toString()).toBe('13932');
  });
});
