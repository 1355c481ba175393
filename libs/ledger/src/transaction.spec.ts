import { describe, expect, it } from '@jest/globals';
import { Day, Money } from '@isu/values';
import { accounts, house, type LedgerAccount } from './chart.js';
import { assertWellFormed, contentOf, hashOf, type Transaction } from './transaction.js';

const payment: Transaction = {
  holder: '1300001234507',
  key: 'payment/1',
  reason: 'payment',
  effectiveOn: Day.of('2016-05-05'),
  postings: [
    { from: accounts.receivable(2016, 'maladie'), to: accounts.bank, amount: Money.of('140.83') },
    { from: accounts.receivable(2016, 'csg-crds'), to: accounts.bank, amount: Money.of('0.07') },
  ],
};

describe('The content of a transaction (R11)', () => {
  it('is the same whatever the order of its postings, and amounts always have two decimals', () => {
    const words = [
      '1300001234507',
      'payment/1',
      'payment',
      '2016-05-05',
      '',
      'receivable/2016/csg-crds > bank 0.07',
      'receivable/2016/maladie > bank 140.83',
    ];
    expect(contentOf(payment)).toBe(words.join('\n'));
    expect(hashOf({ ...payment, postings: [...payment.postings].reverse() })).toBe(hashOf(payment));
  });

  it('changes with one cent, one day, one account', () => {
    const [first, second] = payment.postings;
    const others: Transaction[] = [
      { ...payment, effectiveOn: Day.of('2016-05-06') },
      { ...payment, holder: '1300001234604' },
      { ...payment, postings: [first!, { ...second!, amount: Money.of('0.08') }] },
      { ...payment, postings: [first!, { ...second!, to: accounts.suspense }] },
      { ...payment, postings: [first!, second!, second!] },
    ];
    expect(new Set([payment, ...others].map(hashOf)).size).toBe(others.length + 1);
  });
});

describe('A transaction handed in by mistake is our fault, and rises (I2)', () => {
  const with1 = (from: LedgerAccount, to: LedgerAccount, amount = '1') => ({
    ...payment,
    postings: [{ from, to, amount: Money.of(amount) }],
  });
  it.each<[string, Transaction]>([
    ['no posting', { ...payment, postings: [] }],
    ['nothing moved', with1(accounts.bank, accounts.suspense, '0')],
    ['a negative amount', with1(accounts.bank, accounts.suspense, '-1')],
    ['from an account to itself', with1(accounts.receivable(2016, 'cfp'), accounts.receivable(2016, 'cfp'))],
    ['a personal account of the house', { ...with1(accounts.suspense, accounts.credit), holder: house }],
    ['a holder that is no account number', { ...payment, holder: '' }],
    ['a key with a blank', { ...payment, key: 'payment 1' }],
    ['a code that could break the words that are hashed', with1(accounts.receivable(2016, 'cfp > bank 1\n'), accounts.bank)],
  ])('%s', (_, transaction) => expect(() => assertWellFormed(transaction)).toThrow());

  it('from one contribution to another is well formed', () => {
    expect(() => assertWellFormed(with1(accounts.receivable(2016, 'cfp'), accounts.receivable(2015, 'cfp')))).not.toThrow();
  });
});
