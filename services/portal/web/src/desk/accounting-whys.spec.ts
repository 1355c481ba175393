import { Money } from '@isu/values';
import type { AccountingDay } from '../../../src/face/accounting.js';
import type { WhySum } from '../derivation/why-subject.js';
import { whyActs, whyKind, whySide, whyZero } from './accounting-whys.js';

/** 1 690 and 559 called of 2016, 140.83 of the first paid, 100 of credit left by the same payment. */
const day: AccountingDay = {
  ...{ day: '2016-05-05', transactions: 2, postings: 4, total: '2489.83', state: 'open', closedAt: null, closedBy: null },
  ...{ previousDigest: null, digest: null },
  totals: [
    { name: 'bank', debit: '240.83', credit: '0' },
    { name: 'contributions/2016/allocations-familiales', debit: '0', credit: '559' },
    { name: 'contributions/2016/maladie', debit: '0', credit: '1690' },
    { name: 'credit', debit: '0', credit: '100' },
    { name: 'receivable/2016/allocations-familiales', debit: '559', credit: '0' },
    { name: 'receivable/2016/maladie', debit: '1690', credit: '140.83' },
  ],
  kinds: [
    { kind: 'bank', debit: '240.83', credit: '0' },
    { kind: 'contributions', debit: '0', credit: '2249' },
    { kind: 'credit', debit: '0', credit: '100' },
    { kind: 'receivable', debit: '2249', credit: '140.83' },
  ],
  acts: [
    { reason: 'assessment', transactions: 1, total: '2249' },
    { reason: 'payment', transactions: 1, total: '240.83' },
  ],
  balances: [
    { kind: 'bank', balance: '240.83' },
    { kind: 'contributions', balance: '-2249' },
    { kind: 'credit', balance: '-100' },
    { kind: 'receivable', balance: '2108.17' },
  ],
};

const added = ({ terms }: WhySum): string => Money.sum(terms.map(({ amount }) => Money.of(amount))).toString();

describe('F17 N2 — why the totals of an accounting day', () => {
  it('debits are credits: 240.83 + 2 249 = 2 249 + 100 + 140.83 = 2 489.83, and so are the acts', () => {
    const sums = [whySide(day, 'debit'), whySide(day, 'credit'), whyActs(day)];
    expect(sums.map(({ amount }) => amount)).toEqual(['2489.83', '2489.83', '2489.83']);
    expect(sums.map(added)).toEqual(['2489.83', '2489.83', '2489.83']);
  });

  it('a kind opens by year and contribution, without what did not move', () => {
    const why = whyKind(day, { kind: 'receivable', side: 'credit', amount: '140.83' });
    expect(why.terms).toEqual([{ text: 'Maladie-maternité 2016', amount: '140.83' }]);
    expect(whyKind(day, { kind: 'bank', side: 'debit', amount: '240.83' }).terms).toEqual([{ text: 'Banque', amount: '240.83' }]);
  });

  it('the balances make zero', () => expect([whyZero(day.balances).amount, added(whyZero(day.balances))]).toEqual(['0', '0']));
});
