import { Day } from '@isu/values';
import { calendars, type CalendarName } from './calendars.js';
import { awaitedThrough, isOfCalendar, type FlowAgreement } from './flow-catalogue.js';

const awaited = (name: CalendarName, today: string): string => calendars[name].awaitedThrough(Day.of(today)).iso;
const agreed = (...dated: FlowAgreement['calendars']): FlowAgreement => ({
  partner: 'urssaf',
  calendars: dated,
  records: ['payment'],
  carries: 'money',
});

describe('I5 — through which day a flow should be complete', () => {
  it.each<[CalendarName, string, string, string]>([
    ['business-days', 'on a Friday, Wednesday', '2016-05-20', '2016-05-18'],
    ['business-days', 'on a Monday, Thursday: Saturday and Sunday do not count', '2016-05-23', '2016-05-19'],
    ['business-days', 'after Easter (25 to 28 March 2016 closed), Wednesday 23', '2016-03-29', '2016-03-23'],
    ['daily', 'on a Monday, Saturday', '2016-05-23', '2016-05-21'],
    ['daily', 'on 1 March of a leap year, 28 February', '2016-03-01', '2016-02-28'],
    ['nightly', 'on a Monday, the books of Saturday evening', '2016-05-23', '2016-05-21'],
    ['monthly', 'on 20 May, March: April has until 31 May', '2016-05-20', '2016-03-31'],
    ['monthly', 'on 31 May, still March', '2016-05-31', '2016-03-31'],
    ['monthly', 'on 1 June, April', '2016-06-01', '2016-04-30'],
    ['monthly', 'on 1 January, November of the year before', '2016-01-01', '2015-11-30'],
    ['yearly', 'on 31 December 2016, 2014: 2015 has until that evening', '2016-12-31', '2014-12-31'],
    ['yearly', 'on 1 January 2017, 2015', '2017-01-01', '2015-12-31'],
  ])('%s: %s', (name, _, today, through) => expect(awaited(name, today)).toBe(through)); // prettier-ignore

  it('awaits nothing that tells of a day before the agreement', () => {
    const agreement = agreed({ from: '2016-05-18', calendar: 'daily' });
    expect(['2016-05-17', '2016-05-19', '2016-05-20'].map((day) => awaitedThrough(agreement, Day.of(day))?.iso ?? null)).toEqual([
      null,
      null,
      '2016-05-18',
    ]);
  });

  it('changes its rhythm on the agreed day', () => {
    const agreement = agreed({ from: '2008-01-01', calendar: 'business-days' }, { from: '2016-06-01', calendar: 'monthly' });
    expect(awaitedThrough(agreement, Day.of('2016-05-31'))?.iso).toBe('2016-05-27');
    expect(awaitedThrough(agreement, Day.of('2016-06-01'))?.iso).toBe('2016-04-30');
  });
});

describe('which days a batch may tell of', () => {
  it.each<[CalendarName, string, boolean]>([
    ['business-days', '2016-05-21', true],
    ['daily', '2016-05-21', true],
    ['monthly', '2016-02-29', true],
    ['monthly', '2016-02-28', false],
    ['yearly', '2015-12-31', true],
    ['yearly', '2015-12-30', false],
  ])('%s, %s: %s', (calendar, day, holds) => {
    expect(isOfCalendar(agreed({ from: '2008-01-01', calendar }), day)).toBe(holds);
  });

  it('none before the agreement', () => {
    expect(isOfCalendar(agreed({ from: '2016-05-18', calendar: 'daily' }), '2016-05-17')).toBe(false);
  });
});
