import { Day, Year } from './index.js';

describe('civil years', () => {
  it.each([
    [2016, 366],
    [2015, 365],
    [1900, 365],
    [2000, 366],
  ])('%d has %d days', (number, days) => expect(Year.of(number).days).toBe(days));

  it('go from 1 January to 31 December', () => {
    const year = Year.of(2016);
    expect([year.first.iso, year.last.iso, year.next.number, year.previous.number]).toEqual(['2016-01-01', '2016-12-31', 2017, 2015]);
    expect([year.contains(year.first), year.contains(year.last), year.contains(Day.of('2017-01-01'))]).toEqual([true, true, false]);
    expect(Year.containing(Day.of('2016-05-20'))).toEqual(year);
    expect([year.compare(year.next), year.equals(Year.of(2016))]).toEqual([-1, true]);
    expect([JSON.stringify(year), year.print()]).toEqual(['"2016"', '2016']);
  });

  it.each([0, -1, 10_000, 2016.5, NaN])('%d is refused', (number) => {
    expect(() => Year.of(number)).toThrow(expect.objectContaining({ code: 'year-malformed' }));
  });
});
