import { tokenIn } from './one-time-token.js';

describe('F2 — the token of the e-mail', () => {
  it.each([
    ['#abc', 'abc'],
    ['#a%2Bb', 'a+b'],
    ['', ''],
    ['#%', ''],
  ])('« %s » holds « %s »', (hash, token) => {
    expect(tokenIn(hash)).toBe(token);
  });
});
