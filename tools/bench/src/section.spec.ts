import { printed } from './printed.js';
import { holds, percentile } from './section.js';

describe('figures of the bench', () => {
  it('reads percentiles off sorted measures: of 1 to 100, half lie at or below 50 and 99 % at or below 99', () => {
    const measures = Array.from({ length: 100 }, (_, i) => i + 1);
    expect([percentile(measures, 0.5), percentile(measures, 0.99), percentile([7], 0.99)]).toEqual([50, 99, 7]);
    expect(percentile([], 0.5)).toBeNaN();
  });

  it('says of each figure whether it holds its limit, and nothing where there is none', () => {
    const figure = { name: 'prices', value: 20_000, unit: '/s' };
    expect(holds({ ...figure, limit: { at: 'least', value: 20_000 } })).toBe(true);
    expect(holds({ ...figure, limit: { at: 'most', value: 19_999 } })).toBe(false);
    expect(holds(figure)).toBeNull();
  });

  it('takes a figure that could not be measured for one that misses its limit', () => {
    expect(holds({ name: 'memory', value: Number.NaN, unit: 'MB', limit: { at: 'most', value: 300 } })).toBe(false);
  });

  it('prints a missed limit so that it is seen', () => {
    expect(printed('Title', [{ name: 'p99', value: 1_200, unit: 'ms', limit: { at: 'most', value: 1_000 } }])).toContain(
      '1,200 ms  ≤ 1,000 ms  MISSED',
    );
  });
});
