import type { Ledger } from '@isu/ledger';
import type { FactStore } from '@isu/messaging';
import type { Day } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Payment } from '../payments/payment.js';
import { paymentsByIds, savePayments } from '../payments/payment.table.js';
import { orderKey, refundReturned, settlementKey, withRefunded, type Refund } from './refund.js';

/** A refund that does not stand any more, and by what word. */
export interface UndoneRefund {
  readonly refund: Refund;
  readonly by: { readonly cause: string; readonly correlation: string; readonly reason: string };
}

interface Undoing {
  readonly ledger: Ledger;
  readonly facts: FactStore;
  readonly today: Day;
  /** From when an act of that day does not count: today, or, where it never should have been, that very day. */
  readonly effectiveOn: (actedOn: Day) => Day;
}

/** Takes orders and settlements of refunds off accounts that are locked, and says so: the payments, as given, have that credit again. */
export async function undoRefunds(
  tx: EntityManager,
  undone: readonly UndoneRefund[],
  { ledger, facts, today, effectiveOn }: Undoing,
): Promise<Map<string, Payment>> {
  if (undone.length === 0) return new Map();
  const orderedOn = ({ orderedOn: on }: Refund): Day => effectiveOn(on ?? today);
  const booked = await ledger.reverse(
    tx,
    undone.flatMap(({ refund }) => {
      const { settledOn } = refund;
      const order = { corrects: orderKey(refund), on: orderedOn(refund) };
      const acts = settledOn === null ? [order] : [{ corrects: settlementKey(refund), on: effectiveOn(settledOn) }, order];
      return acts.map(({ corrects, on }) => ({ ...{ key: `reversal/${corrects}`, corrects, reason: 'refund-returned', effectiveOn: on } }));
    }),
  );
  const accountingDay = booked[0]?.accountingDay ?? '';
  const payments = await paymentsByIds(tx, undone.flatMap(({ refund }) => refund.parts.map(({ paymentId }) => paymentId))); // prettier-ignore
  // One after the other: two refunds may have taken of one payment.
  for (const { refund } of undone) {
    const given = withRefunded([...payments.values()], refund.parts, -1);
    for (const payment of given) payments.set(payment.paymentId, payment);
  }
  await savePayments(tx, [...payments.values()], today);
  await facts.publish(
    tx,
    undone.map(({ refund, by }) => refundReturned(refund, { ...by, today: orderedOn(refund), accountingDay })),
  );
  return payments;
}
