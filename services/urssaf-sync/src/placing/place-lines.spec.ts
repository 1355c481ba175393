import { Money } from '@isu/values';
import { sequentialIds } from '@isu/testing';
import type { KnownPayment } from '../payments/known-money.js';
import type { MoneyLine, PaymentLine, StagedLine } from '../payments/money-line.js';
import { placeLines, type KnownMoney, type Placed } from './place-lines.js';

const [karim, nadia] = ['1300000001237', '1300000002110'];
const source = { partner: 'bank', flow: 'camt.054', batch: 'M-1', correlation: '00000000-0000-7000-8000-000000000001' };

const told = (more: Partial<KnownPayment> = {}): KnownPayment => ({
  id: '00000000-0000-7000-8000-0000000000aa',
  tellings: [{ partner: 'urssaf', reference: 'U-1' }],
  content: 'a'.repeat(64),
  account: karim,
  amount: Money.of('100'),
  bankReference: 'SEPA-1',
  endToEnd: null,
  booking: null,
  fact: '00000000-0000-7000-8000-0000000000bb',
  reversedBy: null,
  ...more,
});

const said = (more: Partial<PaymentLine> = {}): PaymentLine => ({
  kind: 'payment',
  reference: 'B-1',
  account: karim,
  amount: '100',
  valueOn: '2016-05-18',
  means: 'transfer',
  bankReference: 'SEPA-1',
  ...more,
});

function place(records: readonly MoneyLine[], known: Partial<KnownMoney> = {}): Placed {
  const lines = records.map((record, index): StagedLine => ({ line: index + 1, content: JSON.stringify(record), record }));
  const all: KnownMoney = { payments: [], contents: new Map(), accounts: new Set([karim, nadia]), waiting: [], ...known };
  return placeLines(lines, all, { ...source, newId: sequentialIds() });
}

const met = ({ outcomes }: Placed): string => outcomes.list.map(({ outcome, reason }) => `${outcome} ${reason ?? ''}`.trim()).join(', ');

describe('R4 one bank reference from two sources', () => {
  it.each<[string, Partial<KnownPayment>, Partial<PaymentLine>, string]>([
    ['same amount, same account: the same money', {}, {}, 'duplicate same-bank-reference'],
    ['same amount, nobody named: the same money', {}, { account: '' }, 'duplicate same-bank-reference'],
    ['same amount, another account: a contradiction', {}, { account: nadia }, 'conflict wrong-account'],
    ['another amount, same account: a contradiction', {}, { amount: '99.99' }, 'conflict wrong-amount'],
    ['another amount, another account: an end-to-end reference that says nothing', {}, { amount: '50', account: nadia }, 'posted'],
    ['another amount, nobody named: kept', {}, { amount: '50', account: '' }, 'to-be-matched account-unknown'],
    ['empty is no reference', { bankReference: null }, { bankReference: undefined }, 'posted'],
  ])('%s', (_, known, line, outcome) => {
    const placed = place([said(line)], { payments: [told(known)] });
    expect(met(placed)).toBe(outcome);
    expect(placed.rejected.map(({ anomaly }) => anomaly?.account)).toEqual(outcome.startsWith('conflict') ? [karim] : []);
  });

  it('counts twice what two sources each tell twice', () => {
    const twin = told({ id: '00000000-0000-7000-8000-0000000000cc', tellings: [{ partner: 'urssaf', reference: 'U-2' }] });
    const placed = place([said(), said({ reference: 'B-2' }), said({ reference: 'B-3' })], { payments: [told(), twin] });
    expect(met(placed)).toBe('duplicate same-bank-reference, posted');
    expect(placed.payments.map(({ twinOf }) => twinOf)).toEqual([told().id, twin.id, null]);
  });

  it('F81 gives an owner to money that had none', () => {
    const orphan = told({ account: '', fact: null });
    const placed = place([said()], { payments: [orphan] });
    expect([met(placed), [...placed.adopted.keys()]]).toEqual(['posted', [orphan.id]]);
  });
});

describe('F49 a return told by the bank', () => {
  const back = {
    kind: 'reversal',
    reference: 'R-1',
    reverses: 'SEPA-1',
    byBankReference: true,
    amount: '100',
    valueOn: '2016-05-19',
    reason: 'MD06',
  } as const;

  it.each<[string, readonly KnownPayment[], string]>([
    ['finds the payment by the reference of the bank', [told()], 'posted'],
    ['of another amount waits', [told({ amount: Money.of('99') })], 'to-be-matched payment-awaited'],
    ['that may mean two payments waits for people', [told(), told({ id: 'other' })], 'to-be-matched payment-awaited'],
    ['of a payment that Urssaf took back already is the same return', [told({ reversedBy: 'urssaf' })], 'duplicate same-reversal'],
    ['of a payment that the bank took back already is refused', [told({ reversedBy: 'bank' })], 'refused already-reversed'],
  ])('%s', (_, payments, outcome) => expect(met(place([back], { payments }))).toBe(outcome));
});
