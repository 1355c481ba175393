import { Money } from '@isu/values';
import type { Fact, Means } from '@isu/contracts';
import { by } from '../order.js';
import type { Tally } from '../tally.js';
import { euros } from './euros.js';
import { releasedFrom, type MoneyReceived, type Placement, type PostedMoney, type ReportedMoney } from './money-received.js';

/** One entry per money received, from the partner's first word of it to its allocation, or its return. */
export interface Payment {
  /** The posting's payment id, else the id of the report. */
  readonly id: string;
  readonly state: 'in-transit' | 'posted' | 'reversed' | 'returned';
  readonly amount: string;
  readonly valueOn: string;
  readonly means: Means;
  readonly reported: PaymentReport | null;
  readonly posted: { readonly fact: string; readonly accountingDay: string } | null;
  readonly reversed: { readonly fact: string; readonly reason: string; readonly accountingDay: string } | null;
  readonly allocations: readonly PaymentAllocation[];
  /** What it had paid, and was taken back since less is owed: in none of the allocations. */
  readonly released: readonly PaymentAllocation[];
  /** What of it was given back to the person, or is on its way. */
  readonly refunded: string;
  /** What no debt took, and nobody was given; negative when more was given back than there is. */
  readonly credit: string;
}

export interface PaymentReport {
  readonly fact: string;
  readonly flow: string;
  readonly batch: string;
  readonly line: number;
  readonly partnerReference: string;
  readonly bankReference: string | null;
  readonly paymentReference: string | null;
  readonly amount: string;
}

export interface PaymentAllocation {
  readonly instalment: string;
  readonly year: number;
  readonly code: string;
  readonly amount: string;
}

/** By value day, then id. */
export const paymentsOf = (received: readonly MoneyReceived[], refunded: Tally): Payment[] =>
  received
    .map((money) =>
      money.posting === null ? inTransitOrReturned(money) : postedOrReversed(money, refunded.of(money.posting.data.paymentId)),
    )
    .sort(
      by(
        (payment) => payment.valueOn,
        (payment) => payment.id,
      ),
    );

function inTransitOrReturned({ report, isReturned }: ReportedMoney): Payment {
  return {
    id: report.id,
    state: isReturned ? 'returned' : 'in-transit',
    amount: euros(report.data.amount),
    valueOn: report.data.valueOn,
    means: report.data.means,
    reported: reportOf(report),
    posted: null,
    reversed: null,
    allocations: [],
    released: [],
    refunded: '0',
    credit: '0',
  };
}

function postedOrReversed(money: PostedMoney, refunded: Money): Payment {
  const { posting, report, reversal, placements } = money;
  const amount = Money.of(posting.data.amount);
  const notPlaced = reversal === null ? amount.minus(Money.sum(placements.map((placement) => placement.amount))) : Money.zero;
  return {
    id: posting.data.paymentId,
    state: reversal === null ? 'posted' : 'reversed',
    amount: amount.toString(),
    valueOn: posting.data.valueOn,
    means: posting.data.means,
    reported: report && reportOf(report),
    posted: { fact: posting.id, accountingDay: posting.data.accountingDay },
    reversed: reversal && { fact: reversal.id, reason: reversal.data.reason, accountingDay: reversal.data.accountingDay },
    allocations: placements.map(allocationText),
    released: releasedFrom(money).map(allocationText),
    refunded: refunded.toString(),
    credit: notPlaced.minus(refunded).toString(),
  };
}

const allocationText = ({ instalment, year, code, amount }: Placement): PaymentAllocation => ({
  ...{ instalment, year, code },
  amount: amount.toString(),
});

const reportOf = ({ id, data }: Fact<'urssaf-sync.payment-reported.v1'>): PaymentReport => ({
  fact: id,
  flow: data.flow,
  batch: data.batch,
  line: data.line,
  partnerReference: data.partnerReference,
  bankReference: data.bankReference ?? null,
  paymentReference: data.paymentReference ?? null,
  amount: euros(data.amount),
});
