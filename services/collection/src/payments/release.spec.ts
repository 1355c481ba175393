import { Day, Money } from '@isu/values';
import type { Instalment } from '../schedules/schedule.js';
import type { PlacedPart } from './allocation.js';
import type { Payment } from './payment.js';
import { paidDifference, releaseOf } from './release.js';

const part = (code: string, euros: number, instalment = '2015-Q1'): PlacedPart => ({
  instalment,
  year: 2015,
  code,
  amount: Money.euros(euros),
});
const payment = (paymentId: string, valueOn: string, allocations: PlacedPart[], credit = 0): Payment => ({
  ...{
    paymentId,
    account: '1300001234517',
    partner: 'urssaf',
    reference: paymentId,
    means: 'transfer',
    valueOn: Day.of(valueOn),
    allocations,
  },
  amount: Money.sum([...allocations.map(({ amount }) => amount), Money.euros(credit)]),
  ...{
    credit: Money.euros(credit),
    refunded: Money.zero,
    placings: 0,
    accountingDay: valueOn,
    reversedOn: null,
    reversalReason: null,
    movedFrom: null,
  },
});
const texts = (parts: readonly PlacedPart[]): string[] =>
  parts.map(({ instalment, code, amount }) => `${instalment} ${code} ${amount.toString()}`);

describe('D. 133-4 — which payments give back what is owed no more', () => {
  it('the last money that came: of 300 + 200 €, 250 € taken back are the 200 of May and 50 of February', () => {
    const [february, may] = [payment('a', '2015-02-05', [part('maladie', 300)]), payment('b', '2015-05-05', [part('maladie', 200)])];
    const [first, second] = releaseOf([may, february], { released: [part('maladie', 250)], placed: [] });
    expect([first?.after.paymentId, texts(first?.released ?? []), first?.after.credit.toString(), first?.after.allocations]).toEqual([
      ...['b', ['2015-Q1 maladie 200'], '200'],
      [],
    ]);
    expect([second?.after.paymentId, texts(second?.after.allocations ?? []), second?.after.credit.toString()]).toEqual([
      ...['a', ['2015-Q1 maladie 250'], '50'],
    ]);
  });

  it('what another contribution takes at once is no credit, and both are told: 250 taken back, 50 placed again, 200 of credit, two more words', () => {
    const paid = payment('a', '2015-02-05', [part('csg-crds', 400), part('maladie', 600)]);
    const [only] = releaseOf([paid], { released: [part('csg-crds', 250)], placed: [part('maladie', 50)] });
    expect([only?.after.credit.toString(), texts(only?.after.allocations ?? []), only?.after.placings]).toEqual([
      ...['200', ['2015-Q1 csg-crds 150', '2015-Q1 maladie 650'], 2],
    ]);
  });

  it('what is placed again is the oldest money, whichever debt is named first: 25 of the 30 of February, none of the 20 of May', () => {
    const [february, may] = [payment('a', '2015-02-05', [part('maladie', 30)]), payment('b', '2015-05-05', [part('csg-crds', 20)])];
    const released = [part('maladie', 30), part('csg-crds', 20)];
    for (const found of [released, [...released].reverse()]) {
      const given = releaseOf([may, february], { released: found, placed: [part('retraite-base', 25)] });
      const left = new Map(given.map(({ after }) => [after.paymentId, [...texts(after.allocations), after.credit.toString()]]));
      expect([left.get('a'), left.get('b')]).toEqual([['2015-Q1 retraite-base 25', '5'], ['20']]);
    }
  });

  it('refuses to take back what no payment had paid: tables would lie', () => {
    expect(() => releaseOf([], { released: [part('maladie', 1)], placed: [] })).toThrow('had been paid');
  });

  it('reads what was taken and placed out of the due dates before and after; one that stands is not looked at', () => {
    const due = (id: string, lines: Instalment['lines']): Instalment => ({
      id,
      schedule: 2015,
      dueOn: Day.of('2015-02-05'),
      means: 'transfer',
      lines,
    });
    const line = (code: string, paid: number) => ({ year: 2015, code, amount: Money.euros(700), paid: Money.euros(paid) });
    const [same, was, is] = [
      due('2015-Q2', [line('cfp', 3)]),
      due('2015-Q1', [line('cfp', 5), line('maladie', 6)]),
      due('2015-Q1', [line('cfp', 1), line('maladie', 8)]),
    ];
    const { released, placed } = paidDifference([same, was], [same, is]);
    expect([texts(released), texts(placed)]).toEqual([['2015-Q1 cfp 4'], ['2015-Q1 maladie 2']]);
  });
});
