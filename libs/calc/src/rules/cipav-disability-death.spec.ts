import { price } from '../calculate.js';
import { readSituation } from '../reading.js';

const owed = (json: object) =>
  price(readSituation({ year: 2023, status: 'profession-liberale', stage: 'definitive', section: 'cipav', ...json }))
    .lines.find(({ code }) => code === 'invalidite-deces')
    ?.amount.toString();

describe('CSS L. 644-2 — disability-death of the CIPAV, 0.5 % between 37 % and 185 % of the PASS (16 277 and 81 385 in 2023)', () => {
  it.each([
    ['no income: 0.5 % of 16 277 is 81.39', '0', '81'],
    ['one euro under the floor', '16276', '81'],
    ['on the floor', '16277', '81'],
    ['0.5 % of 30 000', '30000', '150'],
    ['one euro under the cap: 406.92', '81384', '407'],
    ['on the cap: 406.93', '81385', '407'],
    ['nothing more above', '200000', '407'],
  ])('%s', (_, income, amount) => expect(owed({ income })).toBe(amount));

  it('RSA: on the real income, 15 of 3 000', () => {
    expect(owed({ income: '3000', rsa: true })).toBe('15');
  });

  it('a flat base is brought up to the floor too', () => {
    expect(owed({ stage: 'flat-first-year' })).toBe('81');
  });
});
