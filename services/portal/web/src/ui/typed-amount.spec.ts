import { amountTyped } from './typed-amount.js';

describe('an amount as people type it', () => {
  it.each([
    ['26000', '26000'],
    ['26 000', '26000'],
    ['26\u202f000,50 €', '26000.50'],
    ['26.000', '26000'],
    ['1.234.567,8', '1234567.80'],
    ['26000.5', '26000.50'],
    ['-1 200', '-1200'],
    ['−1 200', '-1200'],
    ['0', '0'],
    ['-0', '0'],
    ['007', '7'],
  ])('« %s » is %s', (typed, wire) => {
    expect(amountTyped(typed)).toBe(wire);
  });

  it.each(['', '€', 'beaucoup', '12,345', '1.23.456', '1e3', '26 000 euros', '--1', '1234567890123'])('« %s » is no amount', (typed) => {
    expect(amountTyped(typed)).toBeNull();
  });
});
