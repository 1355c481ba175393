import { Day, Money } from '@isu/values';
import { lateSurcharges } from './late-surcharges.js';

const of = (amount: string, dueOn: string, received: [string, string][], until = '2030-01-01') =>
  lateSurcharges({
    amount: Money.of(amount),
    dueOn: Day.of(dueOn),
    received: received.map(([paid, valueOn]) => ({ amount: Money.of(paid), valueOn: Day.of(valueOn) })),
    until: Day.of(until),
  });
const told = (late: ReturnType<typeof of>) =>
  late.surcharges.map(({ base, months, rate, amount }) => `${base} ${months} ${rate} ${amount}`);

describe('CSS R. 243-18 — late surcharges', () => {
  it('1 000 due on 5 February 2016 and paid on 20 April: 50 + 3 × 4 = 62', () => {
    const late = of('1000', '2016-02-05', [['1000', '2016-04-20']]);
    expect(told(late)).toEqual(['1000 1 0.05 50', '1000 3 0.004 12']);
    expect(late.total.toString()).toBe('62');
  });

  it.each([
    ['on the due date: nothing', '2016-02-05', '0'],
    ['the day after: 50 + 4', '2016-02-06', '54'],
    ['one month later to the day: still the first month', '2016-03-05', '54'],
    ['one month and one day later: the second month has begun', '2016-03-06', '58'],
    ['before the due date: nothing', '2016-01-20', '0'],
  ])('1 000 paid %s', (_, valueOn, total) => expect(of('1000', '2016-02-05', [['1000', valueOn]]).total.toString()).toBe(total));

  it.each([
    ['an account drawn up on the due date, unpaid: nobody is late yet', [], '2016-02-05'],
    ['one drawn up before it', [], '2016-02-04'],
    ['what was paid on the day, a year later', [['1000', '2016-02-05']], '2017-02-05'],
  ] as [string, [string, string][], string][])('makes no surcharge at all of %s', (_, received, until) => {
    expect(told(of('1000', '2016-02-05', received, until))).toEqual([]);
  });

  it('a part paid lowers the months after it: 400 on 20 February, the rest on 20 April: 50 + 4 + 2 × 2.40', () => {
    const late = of('1000', '2016-02-05', [
      ['400', '2016-02-20'],
      ['600', '2016-04-20'],
    ]);
    expect(told(late)).toEqual(['1000 1 0.05 50', '1000 1 0.004 4', '600 2 0.004 4.80']);
    expect(late.total.toString()).toBe('58.80');
  });

  it('0.2 % a month begun from 2018 on: due 20 November 2017, paid 25 February 2018: 50 + 2 × 4 + 2 × 2', () => {
    const late = of('1000', '2017-11-20', [['1000', '2018-02-25']]);
    expect(told(late)).toEqual(['1000 1 0.05 50', '1000 2 0.004 8', '1000 2 0.002 4']);
  });

  it('runs to the day the account is drawn up while nothing is paid: 5 May to 6 July 2016 is three months begun', () => {
    expect(of('500', '2016-05-05', [], '2016-07-06').total.toString()).toBe('31');
  });

  it('rounds to the cent: 333.33 × 5 % = 16.6665 and × 2 × 0.4 % = 2.66664', () => {
    expect(of('333.33', '2016-05-05', [], '2016-06-10').surcharges.map(({ amount }) => amount.toString())).toEqual(['16.67', '2.67']);
  });

  it('a due date on the 31st counts its months to the last day of the shorter ones', () => {
    expect(of('1000', '2016-01-31', [['1000', '2016-02-29']]).total.toString()).toBe('54');
    expect(of('1000', '2016-01-31', [['1000', '2016-03-01']]).total.toString()).toBe('58');
  });

  it('I6: each surcharge carries its parameter, dated, and an expression', () => {
    const [first, months] = of('1000', '2016-02-05', [['1000', '2016-04-20']]).surcharges;
    expect([first?.expression, months?.expression]).toEqual(['round(1000 * 1 * 0.05, 0.01)', 'round(1000 * 3 * 0.004, 0.01)']);
    expect(months?.parameter).toMatchObject({ name: 'majorations.mensuelle', from: '2012-01-01', status: 'verified' });
  });

  it('refuses a due date before the rule', () => {
    expect(() => of('1000', '2011-12-05', [], '2012-02-01')).toThrow(expect.objectContaining({ code: 'not-in-force' }));
  });
});
