import fc from 'fast-check';
import { Money, shareByWeights, shareEqually } from './index.js';

const amount = fc.integer({ min: -99_999_999_999, max: 99_999_999_999 }).map(Money.cents);
const texts = (parts: readonly Money[]) => parts.map(String);

describe('I2 — equal parts', () => {
  it('11 992 over 12 in whole euros: eleven times 999, the last carries 1 003', () => {
    expect(texts(shareEqually(Money.euros(11_992), 12, 'euro'))).toEqual([...Array<string>(11).fill('999'), '1003']);
  });

  it('100,50 over 3 in whole euros: 33, 33, and the last has the cents too, 34,50', () => {
    expect(texts(shareEqually(Money.of('100.50'), 3, 'euro'))).toEqual(['33', '33', '34.50']);
  });

  it('1 204 over 6 in cents: 200,66 five times, then 200,70', () => {
    expect(texts(shareEqually(Money.euros(1204), 6, 'cent'))).toEqual([...Array<string>(5).fill('200.66'), '200.70']);
  });

  it('a credit is shared as its opposite, and nothing gives nothing', () => {
    expect(texts(shareEqually(Money.euros(-10), 3, 'euro'))).toEqual(['-3', '-3', '-4']);
    expect(texts(shareEqually(Money.zero, 2, 'cent'))).toEqual(['0', '0']);
    expect(texts(shareEqually(Money.of('0.05'), 1, 'euro'))).toEqual(['0.05']);
    expect(texts(shareEqually(Money.euros(2), 3, 'euro'))).toEqual(['0', '0', '2']);
  });

  it('the parts add up to the whole, all equal but the last, which is the largest', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 1, max: 60 }), fc.constantFrom<'euro' | 'cent'>('euro', 'cent'), (total, count, unit) => {
        const parts = shareEqually(total, count, unit);
        expect(parts).toHaveLength(count);
        expect(Money.sum(parts)).toEqual(total);
        expect(new Set(parts.slice(0, -1).map(String)).size).toBeLessThanOrEqual(1);
        const unitCents = unit === 'euro' ? 100 : 1;
        expect(parts.slice(0, -1).every((part) => part.cents % unitCents === 0)).toBe(true);
        expect(parts.at(-1)!.abs().minus(parts[0]!.abs()).cents).toBeLessThan(count * unitCents);
        expect(parts.at(-1)!.abs().atLeast(parts[0]!.abs())).toBe(true);
      }),
    );
  });

  it('asks for at least one part', () => {
    for (const parts of [0, -1, 1.5, NaN]) expect(() => shareEqually(Money.euros(1), parts, 'cent')).toThrow('at least one part');
  });
});

describe('I2 — parts by weights', () => {
  it('100 by 1, 1, 1: running shares 33,33 · 66,67 · 100 give 33,33 · 33,34 · 33,33', () => {
    expect(texts(shareByWeights(Money.euros(100), [1, 1, 1]))).toEqual(['33.33', '33.34', '33.33']);
  });

  it('999 over lines of 600, 300 and 100: 599,40 · 299,70 · 99,90', () => {
    const lines = [Money.euros(600), Money.euros(300), Money.euros(100)];
    expect(texts(shareByWeights(Money.euros(999), lines))).toEqual(['599.40', '299.70', '99.90']);
  });

  it('0,01 by 1, 1, 0: the running share crosses the half cent at the first, and no weight receives nothing', () => {
    expect(texts(shareByWeights(Money.of('0.01'), [1, 1, 0]))).toEqual(['0.01', '0', '0']);
    expect(texts(shareByWeights(Money.of('0.01'), [0, 1, 3]))).toEqual(['0', '0', '0.01']);
  });

  it('the parts add up to the whole, within a cent of the exact share, of the sign of the whole', () => {
    const weights = fc
      .array(fc.integer({ min: 0, max: 99_999_999_999 }), { minLength: 1, maxLength: 20 })
      .filter((list) => list.some((weight) => weight > 0));
    fc.assert(
      fc.property(amount, weights, (total, list) => {
        const parts = shareByWeights(total, list);
        const whole = list.reduce((sum, weight) => sum + weight, 0);
        expect(Money.sum(parts)).toEqual(total);
        parts.forEach((part, index) => {
          const exactTimesWhole = BigInt(total.cents) * BigInt(list[index]!);
          const gap = BigInt(part.cents) * BigInt(whole) - exactTimesWhole;
          expect(gap <= BigInt(whole) && gap >= -BigInt(whole)).toBe(true);
          expect(part.cents * Math.sign(total.cents)).toBeGreaterThanOrEqual(0);
          if (list[index] === 0) expect(part.isZero).toBe(true);
        });
        expect(shareByWeights(total, list.map(Money.cents))).toEqual(parts);
      }),
    );
  });

  it('asks for weights that add up to something', () => {
    expect(() => shareByWeights(Money.euros(1), [])).toThrow('none negative');
    expect(() => shareByWeights(Money.euros(1), [2, -1])).toThrow('none negative');
    expect(() => shareByWeights(Money.euros(1), [0.5])).toThrow('whole numbers');
    expect(() => shareByWeights(Money.euros(1), [0, 0])).toThrow('positive');
  });
});
