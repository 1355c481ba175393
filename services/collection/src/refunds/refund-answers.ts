import { wire } from '@isu/chassis';
import type { Day, Money } from '@isu/values';
import type { KnownCredit } from './known-credit.js';
import { refundChoices, refundStates, refundSteps, type Refund, type RefundChoice, type RefundPart, type RefundStep } from './refund.js';
import { choiceUntil, refundDueBy, refundGrounds } from './refund-rules.js';
import type { ListedRefund } from './refund-list.table.js';

export type ShownRefund = Omit<Refund, 'firstBy' | 'secondBy' | 'bankVersion' | 'partId'> & { readonly signatures: number };

/** The credit of an account, what becomes of it and when, and every refund that it has had. */
export interface RefundsOfAccount {
  readonly account: string;
  readonly day: Day;
  readonly credit: Money;
  /** Since when; null without a credit. */
  readonly since: Day | null;
  readonly step: RefundStep;
  /** Until when the person may prefer something else, where nothing was said yet. */
  readonly choiceUntil: Day | null;
  readonly dueBy: Day | null;
  readonly daysLeft: number | null;
  readonly choice: RefundChoice | null;
  readonly sources: readonly { readonly paymentId: string; readonly receivedOn: Day; readonly amount: Money }[];
  readonly grounds: readonly string[];
  readonly refunds: readonly ShownRefund[];
}

const day = wire.orNull(wire.day);
export const shownRefund = wire.record<ShownRefund>({
  ...{ id: wire.uuid, account: wire.account, number: wire.count, amount: wire.euros, state: wire.choice(refundStates) },
  parts: wire.listOf(wire.record<RefundPart>({ paymentId: wire.uuid, amount: wire.euros })),
  ...{ creditSince: wire.day, dueBy: wire.day, needsApproval: wire.flag, signatures: wire.count, firstOn: day, secondOn: day },
  ...{ orderedOn: day, messageId: wire.orNull(wire.text), sentOn: day, executeOn: day, settledOn: day, returnedOn: day },
  returnReason: wire.orNull(wire.text),
});

export const refundsAnswer = wire.record<RefundsOfAccount>({
  ...{ account: wire.account, day: wire.day, credit: wire.euros, since: day, step: wire.choice(refundSteps) },
  ...{ choiceUntil: day, dueBy: day, choice: wire.orNull(wire.choice(refundChoices)) },
  daysLeft: wire.orNull({ ...wire.count, minimum: -100_000, description: 'Négatif : en retard.' }),
  sources: wire.listOf(
    wire.record<RefundsOfAccount['sources'][number]>({ paymentId: wire.uuid, receivedOn: wire.day, amount: wire.euros }),
  ),
  grounds: wire.listOf(wire.text),
  refunds: wire.listOf(shownRefund),
});

export const listedRefund = wire.record<ListedRefund>({
  ...{ account: wire.account, fund: wire.fund, amount: wire.euros, creditSince: wire.day, dueBy: wire.day, daysLate: wire.count },
  ...{ refund: wire.orNull(wire.uuid), state: wire.choice(['to-approve', 'ordered', 'credit']), signatures: wire.count },
  signedByMe: wire.flag,
});

export function shownRefundOf({ firstBy, secondBy, bankVersion: _, partId: __, ...refund }: Refund): ShownRefund {
  return { ...refund, signatures: [firstBy, secondBy].filter((by) => by !== null).length };
}

export function shownRefunds(
  { account, credit, payments, step, choice }: KnownCredit & { choice: RefundChoice | null },
  refunds: readonly Refund[],
  today: Day,
): RefundsOfAccount {
  const since = step === 'none' ? null : credit.since;
  const dueBy = since && step !== 'kept' && step !== 'next-instalments' ? refundDueBy(since) : null;
  return {
    ...{ account, day: today, credit: credit.free, since, step, dueBy, choice },
    choiceUntil: step === 'choosing' ? choiceUntil(credit.since) : null,
    daysLeft: dueBy ? today.daysUntil(dueBy) : null,
    sources: payments
      .filter((payment) => payment.credit.isPositive)
      .map(({ paymentId, valueOn, credit: amount }) => ({ paymentId, receivedOn: valueOn, amount })),
    ...{ grounds: refundGrounds(today), refunds: refunds.map(shownRefundOf) },
  };
}
