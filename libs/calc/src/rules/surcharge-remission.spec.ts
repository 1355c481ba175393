import { Day, Money } from '@isu/values';
import { decidesRemission, isRemittedAutomatically, monthsMayBeRemitted } from './surcharge-remission.js';

const paidLate = (settledOn: string | null, { surcharges = '54', lateBefore = [] as string[] } = {}) => ({
  dueOn: Day.of('2016-02-05'),
  settledOn: settledOn === null ? null : Day.of(settledOn),
  surcharges: Money.of(surcharges),
  lateBefore: lateBefore.map((day) => Day.of(day)),
});

describe('CSS R. 243-19-1 — automatic remission, due 5 February 2016, monthly PASS 3 218', () => {
  it.each([
    ['is given when the principal is paid within the month, to the day', paidLate('2016-03-05'), true],
    ['is not a day later', paidLate('2016-03-06'), false],
    ['is not while some of it is unpaid', paidLate(null), false],
    ['is for 3 217.99', paidLate('2016-02-20', { surcharges: '3217.99' }), true],
    ['is not for 3 218', paidLate('2016-02-20', { surcharges: '3218' }), false],
    [
      'is not after another delay of 5 February 2014, twenty-four months before',
      paidLate('2016-02-20', { lateBefore: ['2014-02-05'] }),
      false,
    ],
    ['is after one of the day before that', paidLate('2016-02-20', { lateBefore: ['2014-02-04'] }), true],
  ])('%s', (_, late, given) => expect(isRemittedAutomatically(late)).toBe(given));
});

describe('CSS R. 243-20 — remission by decision', () => {
  it('gives up the months of what was paid within thirty days (6 March 2016), and no others', () => {
    expect(monthsMayBeRemitted(paidLate('2016-03-06'))).toBe(true);
    expect(monthsMayBeRemitted(paidLate('2016-03-07'))).toBe(false);
    expect(monthsMayBeRemitted(paidLate(null))).toBe(false);
  });

  it('is the director’s up to the monthly PASS, 3 218 in 2016, and the board’s above', () => {
    expect(decidesRemission(Money.of('3218'), Day.of('2016-06-01'))).toBe('director');
    expect(decidesRemission(Money.of('3218.01'), Day.of('2016-06-01'))).toBe('board');
  });
});
