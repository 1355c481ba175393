import { climbFigures, type Round } from './rounds.js';

const round = (rate: number, p99: number, left = 0): Round => ({ rate, p50: 100, p99, arrived: 400 - left, sent: 400, costMs: 5 });
const highestOf = (rounds: Round[]) => climbFigures(rounds).at(-1)?.value;

describe('the highest rate that holds', () => {
  it('is the last one below the first that does not: what holds above it held by luck', () => {
    expect(highestOf([round(50, 400), round(100, 900), round(300, 1_001), round(1_000, 800)])).toBe(100);
  });

  it('does not hold when a payment was not seen, however quick the others were', () => {
    expect(highestOf([round(50, 400), round(100, 500, 1)])).toBe(50);
    expect(highestOf([round(50, 400, 1)])).toBe(0);
  });

  it('is the highest measured where all hold, at exactly a second too', () => {
    expect(highestOf([round(50, 400), round(300, 1_000)])).toBe(300);
  });

  it('bears the name of its system and the limit asked of it', () => {
    const [p50, p99, highest] = climbFigures([round(50, 400)], { of: '2 instances, ', leastRate: 300 });
    expect([p50?.name, p99?.name, highest?.name]).toEqual([
      '2 instances, 50/s, p50',
      '2 instances, 50/s, p99',
      '2 instances, highest rate that holds',
    ]);
    expect(highest?.limit).toEqual({ at: 'least', value: 300 });
  });
});
