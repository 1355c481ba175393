import { declarationDeadline } from './declaration-deadline.js';

describe('CSS R. 131-1 — the last day of the income declaration', () => {
  it.each([
    ['income of 2015: 9 June 2016, a Thursday', 2015, '2016-06-09'],
    ['income of 2016: 9 June 2017, a Friday', 2016, '2017-06-09'],
    ['income of 2018: 7 June 2019, a Friday', 2018, '2019-06-07'],
    ['income of 2017: 9 June 2018 is a Saturday, so Monday 11 June', 2017, '2018-06-11'],
  ])('%s', (_, year, day) => expect(declarationDeadline(year).iso).toBe(day));
});
