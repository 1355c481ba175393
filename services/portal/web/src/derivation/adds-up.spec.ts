import { addsUp } from './adds-up.js';

describe('F16 — a sum on the screen', () => {
  it('adds up to the cent, with what is taken away', () => {
    expect(addsUp([{ amount: '24103' }, { amount: '-13200' }, { amount: '-0.55' }], '10902.45')).toBe(true);
  });

  it('is said not to when one cent is missing', () => {
    expect(addsUp([{ amount: '1690' }, { amount: '182' }], '1872.01')).toBe(false);
  });
});
