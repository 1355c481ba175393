import type { Book } from '@isu/account';
import { messagesOf } from './messages.js';

type Payment = Book['payments'][number];
const payment = (id: string, accountingDay: string, reversed: Payment['reversed'] = null): Payment => ({
  ...{ id, state: reversed ? 'reversed' : 'posted', amount: '768', valueOn: accountingDay, means: 'transfer', reported: null },
  ...{ posted: { fact: `f-${id}`, accountingDay }, reversed, allocations: [], released: [], refunded: '0', credit: '0' },
});
const assessed = { fact: 'a1', year: 2015, stage: 'definitive', version: 3, rules: '2016.1', incomeFact: 'i1' } as const;
const income = { fact: 'i1', year: 2015, kind: 'declared', amount: '26000', source: 'portal', declaredOn: '2016-05-12' } as const;
const told = (book: Partial<Book>) => messagesOf({ payments: [], assessments: [], incomes: [], ...book }).map(({ on, kind }) => [on, kind]);

describe('what the account last had to say', () => {
  it('the latest comes first; on one day, what is owed before the income it comes from', () => {
    const book = {
      payments: [payment('p1', '2016-05-05')],
      assessments: [{ ...assessed, accountingDay: '2016-05-12', total: '12016', lines: [], state: 'in-force' as const }],
      incomes: [{ ...income, corrects: null, state: 'in-force' as const }],
    };
    expect(told(book)).toEqual([
      ['2016-05-12', 'assessed'],
      ['2016-05-12', 'income-recorded'],
      ['2016-05-05', 'payment-posted'],
    ]);
  });

  it('a payment that was sent back is told on the day it was, above its own posting', () => {
    const reversed = { fact: 'r1', reason: 'Provision insuffisante', accountingDay: '2016-05-05' };
    expect(messagesOf({ payments: [payment('p1', '2016-05-05', reversed)], assessments: [], incomes: [] })).toMatchObject([
      { kind: 'payment-reversed', reason: 'Provision insuffisante' },
      { kind: 'payment-posted' },
    ]);
  });

  it('money in transit is no message: the page says it apart, for as long as it lasts', () => {
    expect(told({ payments: [{ ...payment('p1', '2016-05-05'), state: 'in-transit', posted: null }] })).toEqual([]);
  });

  it('the last five are kept', () => {
    const payments = Array.from({ length: 8 }, (_, month) => payment(`p${String(month)}`, `2016-0${String(month + 1)}-05`));
    expect(told({ payments })).toHaveLength(5);
    expect(told({ payments })[0]).toEqual(['2016-08-05', 'payment-posted']);
  });
});
