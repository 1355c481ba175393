import { Day, easterSunday, isWorkingDay, nextWorkingDay, plusWorkingDays } from './index.js';

describe('TARGET — days on which banks settle in euros', () => {
  it.each(['1961-04-02', '2000-04-23', '2008-03-23', '2011-04-24', '2015-04-05', '2016-03-27', '2019-04-21', '2038-04-25', '2049-04-18'])(
    'Easter Sunday was or will be %s',
    (iso) => {
      expect(easterSunday(Number(iso.slice(0, 4))).iso).toBe(iso);
    },
  );

  it.each([
    ['2016-01-01', 'New Year'],
    ['2016-03-25', 'Good Friday'],
    ['2016-03-28', 'Easter Monday'],
    ['2015-05-01', '1 May'],
    ['2015-12-25', 'Christmas'],
    ['2016-12-26', '26 December'],
    ['2016-05-21', 'a Saturday'],
    ['2016-05-22', 'a Sunday'],
  ])('%s, %s, is closed', (iso) => expect(isWorkingDay(Day.of(iso))).toBe(false));

  it.each([
    ['2016-05-05', 'Ascension'],
    ['2016-05-16', 'Whit Monday'],
    ['2016-07-14', '14 July'],
    ['2016-11-11', '11 November'],
    ['2016-08-15', 'Assumption'],
    ['2016-03-24', 'the eve of Good Friday'],
    ['2016-03-29', 'the day after Easter Monday'],
  ])('%s, %s, is open: French holidays are not those of the banks', (iso) => expect(isWorkingDay(Day.of(iso))).toBe(true));
});

describe('R131 — an instalment due on a closed day is carried to the next working day', () => {
  it.each([
    ['2016-05-05', '2016-05-05'],
    ['2016-03-05', '2016-03-07'],
    ['2016-05-01', '2016-05-02'],
    ['2016-03-25', '2016-03-29'],
    ['2016-12-24', '2016-12-27'],
    ['2016-12-31', '2017-01-02'],
  ])('%s is carried to %s', (due, carried) => expect(nextWorkingDay(Day.of(due)).iso).toBe(carried));

  it.each([
    ['2016-05-20', 1, '2016-05-23'],
    ['2016-05-20', 0, '2016-05-20'],
    ['2016-05-21', 1, '2016-05-23'],
    ['2016-03-29', -1, '2016-03-24'],
    ['2016-03-23', 3, '2016-03-30'],
  ])('%s and %d working days is %s', (from, count, reached) => expect(plusWorkingDays(Day.of(from), count).iso).toBe(reached));

  it('counts whole days', () => expect(() => plusWorkingDays(Day.of('2016-05-20'), 0.5)).toThrow('whole numbers'));
});
