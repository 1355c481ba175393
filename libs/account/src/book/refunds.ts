import { Money } from '@isu/values';
import type { Fact } from '@isu/contracts';
import { Tally } from '../tally.js';
import type { TakenFacts } from '../taken-facts.js';
import { euros, sumOf } from './euros.js';

/** Credit that goes back to the person by a transfer, from its order to what became of it. */
export interface Refund {
  readonly id: string;
  readonly state: 'ordered' | 'settled' | 'returned';
  readonly amount: string;
  /** The day on which the credit appeared: the transfer is ordered within the month. */
  readonly creditSince: string;
  readonly dueBy: string;
  readonly parts: readonly { readonly payment: string; readonly amount: string }[];
  readonly ordered: { readonly fact: string; readonly accountingDay: string };
  readonly settled: { readonly fact: string; readonly on: string; readonly accountingDay: string } | null;
  readonly returned: { readonly fact: string; readonly reason: string; readonly accountingDay: string } | null;
}

/** By seq of the order; of several words about one refund the first of each kind stands, wherever it was said. */
export function refundsOf(taken: TakenFacts): Refund[] {
  const settlements = firstByRefund(taken.ofType('collection.refund-settled.v1'));
  const returns = firstByRefund(taken.ofType('collection.refund-returned.v1'));
  return [...firstByRefund(taken.ofType('collection.refund-ordered.v1'))].map(([id, { id: fact, data }]): Refund => {
    const [settled, returned] = [settlements.get(id), returns.get(id)];
    return {
      id,
      state: returned ? 'returned' : settled ? 'settled' : 'ordered',
      amount: sumOf(data.parts.map(({ amount }) => amount)).toString(),
      ...{ creditSince: data.creditSince, dueBy: data.dueBy },
      parts: data.parts.map(({ paymentId, amount }) => ({ payment: paymentId, amount: euros(amount) })),
      ordered: { fact, accountingDay: data.accountingDay },
      settled: settled ? { fact: settled.id, on: settled.data.settledOn, accountingDay: settled.data.accountingDay } : null,
      returned: returned ? { fact: returned.id, reason: returned.data.reason, accountingDay: returned.data.accountingDay } : null,
    };
  });
}

/** By payment, what was given back of it and did not come back. */
export function refundedByPayment(refunds: readonly Refund[]): Tally {
  const refunded = new Tally();
  for (const { state, parts } of refunds) {
    if (state !== 'returned') for (const { payment, amount } of parts) refunded.add(payment, Money.of(amount));
  }
  return refunded;
}

type AboutRefund = Fact<'collection.refund-ordered.v1' | 'collection.refund-settled.v1' | 'collection.refund-returned.v1'>;

function firstByRefund<F extends AboutRefund>(facts: readonly F[]): Map<string, F> {
  const first = new Map<string, F>();
  for (const fact of facts) if (!first.has(fact.data.refundId)) first.set(fact.data.refundId, fact);
  return first;
}
