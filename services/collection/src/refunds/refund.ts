import { draft, type FactDraft } from '@isu/contracts';
import { accounts as chart, type Transaction } from '@isu/ledger';
import { assert, Day, Money } from '@isu/values';
import type { Payment } from '../payments/payment.js';
import { choiceUntil, needsFourEyes, refundDueBy, smallCredit } from './refund-rules.js';

export const refundChoices = ['refund', 'next-instalments'] as const;
export type RefundChoice = (typeof refundChoices)[number];

export const refundStates = ['to-approve', 'withdrawn', 'ordered', 'sent', 'settled', 'returned'] as const;

/** What a refund takes of the credit of one payment. */
export interface RefundPart {
  readonly paymentId: string;
  readonly amount: Money;
}

/** Credit that goes back to the person, from the day it is due to what became of its transfer. */
export interface Refund {
  readonly id: string;
  readonly account: string;
  /** 1, 2, 3 … over the refunds of the account: with it, what the bank gives back. */
  readonly number: number;
  readonly amount: Money;
  readonly parts: readonly RefundPart[];
  readonly state: (typeof refundStates)[number];
  readonly creditSince: Day;
  readonly dueBy: Day;
  /** Above its threshold two agents sign, one after the other. */
  readonly needsApproval: boolean;
  readonly firstBy: string | null;
  readonly firstOn: Day | null;
  readonly secondBy: string | null;
  readonly secondOn: Day | null;
  readonly orderedOn: Day | null;
  /** Of the bank details that were used. */
  readonly bankVersion: number | null;
  readonly messageId: string | null;
  readonly partId: string | null;
  readonly sentOn: Day | null;
  readonly executeOn: Day | null;
  readonly settledOn: Day | null;
  readonly returnedOn: Day | null;
  readonly returnReason: string | null;
}

/** The credit of an account as its refund is decided on it. */
export interface CreditOfAccount {
  readonly free: Money;
  readonly since: Day;
  readonly choice: RefundChoice | null;
  /** Whether a due date to come asks for something. */
  readonly hasComing: boolean;
  /** `refused`: the last transfer came back from the bank account that is known still. */
  readonly bank: 'known' | 'unknown' | 'refused';
}

export const refundSteps = [
  'none',
  'kept',
  'choosing',
  'next-instalments',
  'iban-awaited',
  'new-iban-awaited',
  'approval',
  'order',
] as const;
export type RefundStep = (typeof refundSteps)[number];

/**
 * What happens to a credit that no debt takes (CSS R. 131-5, R. 613-1-3, D. 133-1): too small, it goes on the next due date; else as the person
 * prefers, by default back to them. Nothing but a missing IBAN makes it wait: control comes after (S16).
 */
export function nextStep({ free, since, choice, hasComing, bank }: CreditOfAccount, today: Day): RefundStep {
  if (!free.isPositive) return 'none';
  const isSmall = !free.atLeast(smallCredit(today));
  if (isSmall) return hasComing ? 'next-instalments' : 'kept';
  if (choice === 'next-instalments' && hasComing) return 'next-instalments';
  // Who has no due date to come has nothing to prefer, and nothing sent in advance.
  if (choice === null && hasComing && today.isBefore(choiceUntil(since))) return 'choosing';
  if (bank !== 'known') return bank === 'unknown' ? 'iban-awaited' : 'new-iban-awaited';
  return needsFourEyes(free, today) ? 'approval' : 'order';
}

/** Takes all that is free, payment by payment, the oldest money first. */
export function partsOf(credits: readonly { payment: Payment; free: Money }[]): RefundPart[] {
  return credits.filter(({ free }) => free.isPositive).map(({ payment: { paymentId }, free }) => ({ paymentId, amount: free }));
}

export function newRefund(
  parts: readonly RefundPart[],
  { id, account, number, since, today }: { id: string; account: string; number: number; since: Day; today: Day },
): Refund {
  const amount = Money.sum(parts.map((part) => part.amount));
  assert(amount.isPositive, 'a refund gives something back');
  const needsApproval = needsFourEyes(amount, today);
  return {
    ...{ id, account, number, amount, parts, needsApproval, creditSince: since, dueBy: refundDueBy(since) },
    ...{ state: needsApproval ? 'to-approve' : 'ordered', orderedOn: needsApproval ? null : today },
    ...{ firstBy: null, firstOn: null, secondBy: null, secondOn: null, bankVersion: null, messageId: null, partId: null, sentOn: null },
    ...{ executeOn: null, settledOn: null, returnedOn: null, returnReason: null },
  };
}

/** The payments once a refund takes its parts of them, or gives them back when `sign` is −1. */
export function withRefunded(payments: readonly Payment[], parts: readonly RefundPart[], sign: 1 | -1): Payment[] {
  return parts.map(({ paymentId, amount }) => {
    const payment = payments.find((one) => one.paymentId === paymentId);
    assert(payment !== undefined, 'a refund takes of payments that are there');
    const moved = sign === 1 ? amount : amount.negated();
    return { ...payment, refunded: payment.refunded.plus(moved), credit: payment.credit.minus(moved) };
  });
}

export const orderKey = ({ id }: Pick<Refund, 'id'>): string => `refund/${id}`;
export const settlementKey = ({ id }: Pick<Refund, 'id'>): string => `refund-settled/${id}`;

/** Ordered, the credit is on its way; settled, the house has paid it. */
export const orderBooking = ({ id, account, amount }: Refund, today: Day): Transaction => ({
  ...{ holder: account, key: orderKey({ id }), reason: 'refund', effectiveOn: today },
  postings: [{ from: chart.refund, to: chart.credit, amount }],
});

export const settlementBooking = ({ id, account, amount }: Refund, settledOn: Day): Transaction => ({
  ...{ holder: account, key: settlementKey({ id }), reason: 'refund-settled', effectiveOn: settledOn },
  postings: [{ from: chart.bank, to: chart.refund, amount }],
});

export const refundOrdered = (refund: Refund, { today, accountingDay, correlation }: Said): FactDraft =>
  draft({
    ...{ stream: refund.account, type: 'collection.refund-ordered.v1', effectiveOn: today.iso, correlation },
    data: {
      ...{ refundId: refund.id, amount: refund.amount.toString(), accountingDay },
      parts: refund.parts.map(({ paymentId, amount }) => ({ paymentId, amount: amount.toString() })),
      ...{ creditSince: refund.creditSince.iso, dueBy: refund.dueBy.iso },
    },
  });

export const refundSettled = (refund: Refund, { today, accountingDay, correlation }: Said): FactDraft =>
  draft({
    ...{ stream: refund.account, type: 'collection.refund-settled.v1', effectiveOn: today.iso, correlation },
    data: { refundId: refund.id, settledOn: today.iso, accountingDay },
  });

export const refundReturned = (
  refund: Refund,
  { today, accountingDay, correlation, cause, reason }: Said & { readonly cause: string; readonly reason: string },
): FactDraft =>
  draft({
    ...{ stream: refund.account, type: 'collection.refund-returned.v1', effectiveOn: today.iso, correlation, cause },
    data: { refundId: refund.id, reportedFact: cause, reason, accountingDay },
  });

interface Said {
  readonly today: Day;
  readonly accountingDay: string;
  readonly correlation: string | undefined;
}
