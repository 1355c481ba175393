import { Day } from '@isu/values';
import { businessDays, daily, lastDate, monthlyOn, nextDate, onDemand, quarterlyOn, yearlyOn, type Calendar } from './calendar.js';

describe('the calendars of jobs', () => {
  it.each<[string, Calendar, string, string[]]>([
    ['every day, Sundays too', daily, '2016-05-20', ['2016-05-21', '2016-05-22', '2016-05-23']],
    ['business days pass over a weekend', businessDays, '2016-05-19', ['2016-05-20', '2016-05-23', '2016-05-24']],
    ['business days pass over Good Friday to Easter Monday', businessDays, '2016-03-24', ['2016-03-29', '2016-03-30', '2016-03-31']],
    ['the 5th of each month, a Sunday too', monthlyOn(5), '2016-05-05', ['2016-06-05', '2016-07-05', '2016-08-05']],
    ['the 20th', monthlyOn(20), '2016-05-19', ['2016-05-20', '2016-06-20', '2016-07-20']],
    ['the 31st is the last day of a shorter month', monthlyOn(31), '2016-01-31', ['2016-02-29', '2016-03-31', '2016-04-30']],
    ['quarterly', quarterlyOn(5, { from: 2 }), '2016-01-01', ['2016-02-05', '2016-05-05', '2016-08-05']],
    ['quarterly over a year’s end', quarterlyOn(1, { from: 3 }), '2016-09-01', ['2016-12-01', '2017-03-01', '2017-06-01']],
    ['yearly', yearlyOn({ month: 12, dayOfMonth: 15 }), '2016-12-15', ['2017-12-15', '2018-12-15', '2019-12-15']],
    ['yearly on 29 February is the 28th in other years', yearlyOn({ month: 2, dayOfMonth: 29 }), '2015-03-01', ['2016-02-29', '2017-02-28', '2018-02-28']], // prettier-ignore
  ])('%s', (_, calendar, after, expected) => {
    const dates: string[] = [];
    for (let day = Day.of(after); dates.length < expected.length;) {
      day = nextDate(calendar, day) ?? day;
      dates.push(day.iso);
    }
    expect(dates).toEqual(expected);
  });

  it('on demand has no date of its own, and nothing lies beyond a limit', () => {
    expect(nextDate(onDemand, Day.of('2016-05-20'))).toBeUndefined();
    expect(nextDate(monthlyOn(5), Day.of('2016-05-20'), Day.of('2016-06-04'))).toBeUndefined();
  });

  it('the last date of a stretch is a date of the calendar, after its first day and on its last at most', () => {
    const stretch = (after: string, through: string) => ({ after: Day.of(after), through: Day.of(through) });
    // 8 May 2016 is a Sunday: the business day before it is Friday 6.
    expect(lastDate(businessDays, stretch('2016-05-02', '2016-05-08'))?.iso).toBe('2016-05-06');
    expect(lastDate(daily, stretch('2016-05-02', '2016-05-08'))?.iso).toBe('2016-05-08');
    expect(lastDate(monthlyOn(5), stretch('2016-05-05', '2016-06-04'))).toBeUndefined();
  });

  it('say in French when they come round', () => {
    expect([quarterlyOn(5, { from: 2 }).label, yearlyOn({ month: 12, dayOfMonth: 15 }).label]).toEqual([
      'le 5 de février, mai, août, novembre',
      'le 15 décembre de chaque année',
    ]);
    expect([monthlyOn(1).label, yearlyOn({ month: 9, dayOfMonth: 1 }).label]).toEqual([
      'le 1er de chaque mois',
      'le 1er septembre de chaque année',
    ]);
  });
});
