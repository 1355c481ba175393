import { Day, Quarter } from './index.js';

describe('calendar quarters', () => {
  it.each([
    [1, '2016-01-01', '2016-03-31', 91],
    [2, '2016-04-01', '2016-06-30', 91],
    [3, '2016-07-01', '2016-09-30', 92],
    [4, '2016-10-01', '2016-12-31', 92],
  ])('quarter %d of 2016 goes from %s to %s, %d days', (number, first, last, days) => {
    const quarter = Quarter.of(2016, number);
    expect([quarter.first.iso, quarter.last.iso, quarter.days]).toEqual([first, last, days]);
    expect(quarter.contains(quarter.first) && quarter.contains(quarter.last)).toBe(true);
    expect(quarter.contains(quarter.last.plusDays(1))).toBe(false);
  });

  it('follow one another over the new year', () => {
    expect(Quarter.of(2016, 4).next).toEqual(Quarter.of(2017, 1));
    expect(Quarter.of(2016, 1).previous).toEqual(Quarter.of(2015, 4));
    expect(Quarter.of(2016, 1).next).toEqual(Quarter.of(2016, 2));
    expect(Quarter.of(2016, 2).previous).toEqual(Quarter.of(2016, 1));
    expect(Quarter.containing(Day.of('2016-05-20'))).toEqual(Quarter.of(2016, 2));
    expect(Quarter.of(2015, 4).compare(Quarter.of(2016, 1))).toBe(-1);
    expect(Quarter.of(2016, 1).equals(Quarter.of(2015, 1))).toBe(false);
  });

  it('are written 2016-Q1 and read back', () => {
    expect(JSON.stringify(Quarter.of(2016, 1))).toBe('"2016-Q1"');
    expect(Quarter.ofText('2016-Q4')).toEqual(Quarter.of(2016, 4));
    expect([Quarter.of(2016, 1).print(), Quarter.of(2016, 2).print()]).toEqual(['1er trimestre 2016', '2e trimestre 2016']);
  });

  it.each(['2016-Q0', '2016-Q5', '0000-Q1', '2016-T1', '2016Q1', ''])('« %s » is refused', (text) => {
    expect(() => Quarter.ofText(text)).toThrow(expect.objectContaining({ code: 'quarter-malformed' }));
  });

  it.each([
    [2016, 0],
    [2016, 5],
    [2016, 1.5],
    [0, 1],
    [10_000, 1],
    [NaN, 1],
  ])('quarter %d-%d is refused', (year, number) => {
    expect(() => Quarter.of(year, number)).toThrow(expect.objectContaining({ code: 'quarter-malformed' }));
  });
});
