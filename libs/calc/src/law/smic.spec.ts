import { Day, Rate, Year } from '@isu/values';
import { dated } from '../dated.js';
import { smicHours, smicYears } from './smic.js';

const limit = dated('limite', 'limite', [{ from: '2012-01-01', value: Rate.of('1.2'), source: '' }]);
const hours = dated('heures', 'heures', [{ from: '2012-01-01', value: 450, source: '' }]);
const wholeYear = (year: number) => {
  const { first, days } = Year.of(year);
  return { lawOn: first, scaleOn: first, days, daysOfYear: days };
};
const on = Day.of('2020-01-01');

describe('the SMIC of 1 January', () => {
  it.each([
    [2012, '9.22 × 1 820 × 1.2 = 20 136.48', '20136'],
    [2013, '9.43: 20 595.12', '20595'],
    [2014, '9.53: 20 813.52', '20814'],
    [2015, '9.61: 20 988.24', '20988'],
    [2016, '9.67: 21 119.28, as published', '21119'],
    [2017, '9.76: 21 315.84', '21316'],
  ])('%s, the limit of the ACCRE: %s', (year, _, amount) =>
    expect(smicYears(limit.on(on), wholeYear(year)).amount.toString()).toBe(amount),
  );

  it('half a year of 2015 has half the limit: 20 988.24 × 181 / 365 = 10 407.87', () => {
    expect(smicYears(limit.on(on), { ...wholeYear(2015), days: 181 }).amount.toString()).toBe('10408');
  });

  it.each([
    [2023, '11.27', '5071.50'],
    [2024, '11.65', '5242.50'],
    [2025, '11.88', '5346'],
    [2026, '12.02', '5409'],
  ])('%s, three quarters of pension: 450 × %s', (year, _, amount) =>
    expect(smicHours(hours.on(on), wholeYear(year)).amount.toString()).toBe(amount),
  );
});
