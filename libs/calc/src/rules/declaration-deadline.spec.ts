import { Day } from '@isu/values';
import { declarationDeadline, lastDeclarationDeadline } from './declaration-deadline.js';

describe('CSS R. 131-1 — the last day of the income declaration', () => {
  it.each([
    ['income of 2015: 9 June 2016, a Thursday', 2015, '2016-06-09'],
    ['income of 2016: 9 June 2017, a Friday', 2016, '2017-06-09'],
    ['income of 2018: 7 June 2019, a Friday', 2018, '2019-06-07'],
    ['income of 2017: 9 June 2018 is a Saturday, so Monday 11 June', 2017, '2018-06-11'],
  ])('%s', (_, year, day) => expect(declarationDeadline(year).iso).toBe(day));
});

describe('the last incomes of an activity that ended, within ninety days', () => {
  it.each([
    ['its last year: 30 June 2016 + 90 days = 28 September 2016', 2016, '2016-06-30', '2016-09-28'],
    ['the year before, ended on 30 June: the ninety days are later than 9 June', 2015, '2016-06-30', '2016-09-28'],
    ['the year before, ended on 31 January: 30 April is sooner than 9 June, which stays', 2015, '2016-01-31', '2016-06-09'],
    ['an older year keeps its own date', 2014, '2016-06-30', '2015-06-09'],
  ])('F63 %s', (_, year, endedOn, day) => expect(lastDeclarationDeadline(year, Day.of(endedOn)).iso).toBe(day));
});
