import { Day, Money } from '@isu/values';
import { couldCover } from './could-cover.js';

const [karim, nadia] = ['1300000000176', '1300000000273'];
const [april, may] = [
  { dueOn: Day.of('2016-04-05'), amount: Money.of('359') },
  { dueOn: Day.of('2016-05-05'), amount: Money.of('400') },
];
/** 5 % and two months of 0,4 % of 359: 17,95 + 2,87 = 20,82; of 400: 20 + 1,60 = 21,60. */
const surcharges = [Money.of('20.82'), Money.of('21.60')];
const covers = (amount: string, valueOn = '2016-04-20', candidates: readonly string[] = [], unpaid = [april, may]): boolean =>
  couldCover(
    { amount: Money.of(amount), valueOn: Day.of(valueOn), candidates },
    { account: karim, unpaid, surcharges },
    Day.of('2016-05-20'),
  );

describe('N6 — when money without an owner could cover a debt', () => {
  it.each([
    ['the amount of one due date', '359', true],
    ['of both: 359 + 400', '759', true],
    ['of one with its surcharges: 359 + 20,82', '379.82', true],
    ['of all with theirs: 759 + 42,42', '801.42', true],
    ['a cent less', '358.99', false],
    ['some other sum', '1000', false],
  ])('%s: %s € — %s', (_, amount, expected) => expect(covers(amount)).toBe(expected));

  it('any amount, when its reference or the cell names the account; another account is not concerned', () => {
    expect([covers('12', '2016-04-20', [nadia, karim]), covers('12', '2016-04-20', [nadia])]).toEqual([true, false]);
  });

  it('62 days before the oldest due date is the limit: 5 April less 62 days is 3 February', () => {
    expect([covers('359', '2016-02-03'), covers('359', '2016-02-02')]).toEqual([true, false]);
  });

  it('who owes nothing is never held, even when named', () => {
    expect(covers('359', '2016-04-20', [karim], [])).toBe(false);
  });
});
