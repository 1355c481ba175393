import fc from 'fast-check';
import { Day, isDay } from './index.js';

const day = fc.integer({ min: 0, max: 3_652_058 }).map((days) => Day.of('0001-01-01').plusDays(days));

describe('days of the civil calendar', () => {
  it.each(['2016-02-29', '2000-02-29', '0001-01-01', '9999-12-31', '2016-03-27', '1582-10-10'])('%s exists', (iso) => {
    expect([isDay(iso), Day.of(iso).iso]).toEqual([true, iso]);
    expect(JSON.stringify([Day.of(iso)])).toBe(`["${iso}"]`);
    expect(`${Day.of(iso)}`).toBe(iso);
  });

  it.each(['2015-02-29', '1900-02-29', '2016-04-31', '0000-01-01', '2016-00-10', '2016-13-01', '2016-01-00', '2016-01-32'])(
    '%s is not in the calendar',
    (iso) => {
      expect(isDay(iso)).toBe(false);
      expect(() => Day.of(iso)).toThrow(expect.objectContaining({ code: 'day-not-in-calendar' }));
    },
  );

  it.each([
    '2016-5-20',
    '20/05/2016',
    '20160520',
    '2016-05-20T00:00:00Z',
    '2016-05-20 ',
    '-2016-05-20',
    '+002016-05-20',
    '2016-05-20\n',
    '16-05-20',
    '',
  ])('« %s » has not the form of a day', (text) => {
    expect(isDay(text)).toBe(false);
    expect(() => Day.of(text)).toThrow(expect.objectContaining({ code: 'day-malformed' }));
  });

  it('has a year, a month, a day of the month, a day of the week', () => {
    const friday = Day.of('2016-05-20');
    expect([friday.year, friday.month, friday.dayOfMonth, friday.weekday]).toEqual([2016, 5, 20, 5]);
    expect([
      Day.of('1970-01-01').weekday,
      Day.of('2000-01-01').weekday,
      Day.of('2016-05-22').weekday,
      Day.of('0001-01-01').weekday,
    ]).toEqual([4, 6, 7, 1]);
  });

  it('built by the program outside the calendar is a fault', () => {
    expect(() => Day.at(2015, 2, 29)).toThrow('exists in the calendar');
    expect(() => Day.at(2015.5, 2, 1)).toThrow('exists in the calendar');
    expect(() => Day.of('9999-12-31').plusDays(1)).toThrow('exists in the calendar');
    expect(() => Day.of('0001-01-01').minusDays(1)).toThrow('exists in the calendar');
    expect(() => Day.of('2016-01-01').plusDays(0.5)).toThrow('whole number of days');
    expect(() => Day.of('2016-01-01').plusMonths(0.5)).toThrow('whole number of months');
  });
});

describe('counting days and months', () => {
  it.each([
    ['2016-02-28', 1, '2016-02-29'],
    ['2015-02-28', 1, '2015-03-01'],
    ['2016-03-26', 2, '2016-03-28'],
    ['2016-12-31', 1, '2017-01-01'],
    ['2016-05-20', -140, '2016-01-01'],
    ['2016-01-01', 366, '2017-01-01'],
    ['1970-01-01', 16_941, '2016-05-20'],
  ])('%s plus %d days is %s, changes of clocks or not', (from, days, to) => {
    expect(Day.of(from).plusDays(days).iso).toBe(to);
    expect(Day.of(from).daysUntil(Day.of(to))).toBe(days);
  });

  it.each([
    ['2016-01-31', 1, '2016-02-29'],
    ['2015-01-31', 1, '2015-02-28'],
    ['2016-01-31', 3, '2016-04-30'],
    ['2016-05-20', -5, '2015-12-20'],
    ['2016-05-20', 12, '2017-05-20'],
    ['2016-02-29', 12, '2017-02-28'],
    ['2016-11-15', 2, '2017-01-15'],
    ['2016-05-20', 0, '2016-05-20'],
  ])('%s plus %d months is %s', (from, months, to) => expect(Day.of(from).plusMonths(months).iso).toBe(to));

  it('moves by years, and back', () => {
    expect(Day.of('2016-02-29').plusYears(1).iso).toBe('2017-02-28');
    expect(Day.of('2016-05-20').minusMonths(3).iso).toBe('2016-02-20');
    expect(Day.of('2016-05-20').minusDays(20).iso).toBe('2016-04-30');
  });

  it('is the same count as the calendar of the platform, over its whole range', () => {
    fc.assert(
      fc.property(day, (any) => {
        const platform = new Date(`${any.iso}T00:00:00Z`);
        expect(Day.of('1970-01-01').daysUntil(any)).toBe(platform.getTime() / 86_400_000);
        expect(any.weekday % 7).toBe(platform.getUTCDay());
      }),
    );
  });

  it('going and coming back is the same day', () => {
    fc.assert(
      fc.property(day, day, (a, b) => {
        expect(a.plusDays(a.daysUntil(b))).toEqual(b);
        expect(a.compare(b)).toBe(Math.sign(b.daysUntil(a)) + 0);
      }),
    );
  });
});

describe('days in order, and the ends of their month and year', () => {
  const [may, june] = [Day.of('2016-05-20'), Day.of('2016-06-01')];

  it('compares', () => {
    expect([may.isBefore(june), may.isAfter(june), may.atMost(may), may.atLeast(june), may.equals(Day.of('2016-05-20'))]).toEqual([
      true,
      false,
      true,
      false,
      true,
    ]);
    expect([Day.min(may, june), Day.max(may, june)]).toEqual([may, june]);
  });

  it('knows first and last', () => {
    expect([may.firstOfMonth().iso, may.lastOfMonth().iso, may.firstOfYear().iso, may.lastOfYear().iso]).toEqual([
      '2016-05-01',
      '2016-05-31',
      '2016-01-01',
      '2016-12-31',
    ]);
    expect(Day.of('2016-02-10').lastOfMonth().iso).toBe('2016-02-29');
  });

  it('is printed as people say it', () => {
    expect(may.print()).toBe('20 mai 2016');
    expect(june.print()).toBe('1er juin 2016');
    expect(Day.of('2016-08-31').print()).toBe('31 août 2016');
  });
});
