import { Day, Money } from '@isu/values';
import { calendarOf } from './calendar.js';
import { changeEstimate, changePeriodicity, firstYearSlots, periodicityCountsFrom } from './changes.js';
import { spreadAgain } from './cut.js';
import type { Instalment } from './cut.js';

const owed = [{ year: 2016, code: 'maladie', amount: Money.euros(11992) }];
const monthly = spreadAgain({ standing: [], open: calendarOf(2016, 'monthly-5'), owed });
const amounts = (instalments: readonly Instalment[]) =>
  instalments.map(({ id, lines }) => `${id} ${Money.sum(lines.map(({ amount }) => amount))}`);

describe('CSS R. 133-26, R. 133-27 — another periodicity in the course of the year', () => {
  it('F33: quarterly from 5 August, asked on 20 June: seven payments of 999 stand, 4 999 is cut in two', () => {
    const changed = changePeriodicity({ instalments: monthly, owed, to: 'quarterly', requestedOn: Day.of('2016-06-20') });
    expect(amounts(changed)).toEqual([
      ...['01', '02', '03', '04', '05', '06', '07'].map((month) => `2016-${month} 999`),
      '2016-Q3 2499',
      '2016-Q4 2500',
    ]);
  });

  it('F33: the 20th instead of the 5th, asked on 20 May: from July, 5 payments stand, and June too', () => {
    const changed = changePeriodicity({ instalments: monthly, owed, to: 'monthly-20', requestedOn: Day.of('2016-05-20') });
    expect(changed.map(({ dueOn }) => dueOn.iso).slice(4, 8)).toEqual(['2016-05-05', '2016-06-06', '2016-07-20', '2016-08-22']);
    expect(Money.sum(changed.flatMap(({ lines }) => lines.map(({ amount }) => amount))).toString()).toBe('11992');
  });

  it.each([
    ['exactly 30 days before 5 August 2016', '2016-07-06', '2016-08-05'],
    ['29 days before it: the next one, 7 November (the 5th is a Saturday)', '2016-07-07', '2016-11-07'],
    ['after the last one: the next year', '2016-10-20', '2017-02-06'],
  ])('the quarterly option counts: %s', (_, requestedOn, from) => {
    expect(periodicityCountsFrom('quarterly', Day.of(requestedOn)).iso).toBe(from);
  });

  it('a change that counts only next year leaves this year as it is', () => {
    expect(changePeriodicity({ instalments: monthly, owed, to: 'quarterly', requestedOn: Day.of('2016-11-20') })).toEqual(monthly);
    expect(changePeriodicity({ instalments: monthly, owed, to: 'monthly-20', requestedOn: Day.of('2016-12-01') })).toEqual(monthly);
  });
});

describe('CSS R. 131-5 — another estimate in the course of the year', () => {
  const estimate = (euros: number, requestedOn: string) =>
    changeEstimate({
      instalments: monthly,
      owed: [{ year: 2016, code: 'maladie', amount: Money.euros(euros) }],
      periodicity: 'monthly-5',
      requestedOn: Day.of(requestedOn),
    });

  it('F19: 7 000 instead of 11 992, asked on 20 May: 5 × 999 stand, 2 005 is left for seven payments, 6 × 286 and 289', () => {
    const rest = ['06', '07', '08', '09', '10', '11'].map((month) => `2016-${month} 286`);
    expect(amounts(estimate(7000, '2016-05-20'))).toEqual([
      ...['01', '02', '03', '04', '05'].map((month) => `2016-${month} 999`),
      ...rest,
      '2016-12 289',
    ]);
  });

  it('a due date exactly fifteen days after the request is changed, one under them stands', () => {
    expect(amounts(estimate(24000, '2016-05-22'))[5]).not.toBe('2016-06 999');
    expect(amounts(estimate(24000, '2016-05-23'))[5]).toBe('2016-06 999');
  });

  it('less than what stands: nothing more is asked, and nothing is taken back yet', () => {
    const changed = estimate(4000, '2016-05-20');
    expect(Money.sum(changed.flatMap(({ lines }) => lines.map(({ amount }) => amount))).toString()).toBe('4995');
  });

  it('with no due date left, the year stays as it is', () => {
    expect(estimate(24000, '2016-12-01')).toEqual(monthly);
  });
});

describe('CSS D. 131-2 — the first payment of a starter', () => {
  it.each([
    ['1 March 2016, monthly: 90 days lead to 30 May, so 6 June', '2016-03-01', 'monthly-5', ['2016-06-06', 7]],
    ['7 March 2016: 90 days lead to 5 June, a Sunday: 6 June still', '2016-03-07', 'monthly-5', ['2016-06-06', 7]],
    ['9 March 2016: 7 June, so 5 July', '2016-03-09', 'monthly-5', ['2016-07-05', 6]],
    ['1 July 2016, quarterly: 29 September, so 7 November', '2016-07-01', 'quarterly', ['2016-11-07', 1]],
    ['15 November 2016: none this year', '2016-11-15', 'monthly-5', [undefined, 0]],
  ] as const)('%s', (_, startedOn, periodicity, expected) => {
    const slots = firstYearSlots(Day.of(startedOn), periodicity);
    expect([slots[0]?.dueOn.iso, slots.length]).toEqual(expected);
  });
});
