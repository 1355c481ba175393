import type { Ledger } from '@isu/ledger';
import type { FactStore } from '@isu/messaging';
import { clockOf, Money, type BusinessClock, type Day } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Account } from '../accounts/account.js';
import type { Payment } from '../payments/payment.js';
import { paymentsByIds, savePayments, standingPayments, type StandingPayment } from '../payments/payment.table.js';
import type { PaymentsService } from '../payments/payments.service.js';
import type { ReversalsService, Undone } from '../payments/reversals.service.js';
import {
  orderBooking,
  orderKey,
  refundOrdered,
  refundSettled,
  settlementBooking,
  settlementKey,
  withRefunded,
  type Refund,
} from '../refunds/refund.js';
import { moveRefunds, refundsOf, saveRefunds } from '../refunds/refund.table.js';
import { undoRefunds } from '../refunds/undone-refunds.js';
import { movedId, movedMoney, movedRefund, type Because } from './merge.js';

interface Parts {
  readonly facts: FactStore;
  readonly ledger: Ledger;
  readonly clock: BusinessClock;
  readonly payments: Pick<PaymentsService, 'place'>;
  readonly reversals: Pick<ReversalsService, 'writeOff'>;
}

interface TakenPayment {
  /** As it stood. */
  readonly payment: StandingPayment;
  readonly because: Because;
}

interface TakenRefund {
  readonly refund: Refund;
  readonly because: Because;
}

/** What was on an account that is withdrawn, and goes to the one that goes on. */
export interface TakenMoney {
  readonly payments: readonly TakenPayment[];
  readonly refunds: readonly TakenRefund[];
}

const reversalReason = 'Compte réuni à un autre';

/**
 * Money goes where everything goes on, with what was given back of it, each from its own day: on the account withdrawn it never was. What a bank
 * had taken back after its refund is owed to us there too.
 */
export class MovedMoneyService {
  constructor(private readonly parts: Parts) {}

  /** Off an account that the caller has locked. */
  async take(tx: EntityManager, { account }: Account, becauseOf: (payment: Payment) => Because): Promise<TakenMoney> {
    const payments = (await standingPayments(tx, account)).map((payment) => ({ payment, because: becauseOf(payment) }));
    const refunds = await this.takeRefunds(tx, account, payments);
    const standing = await paymentsByIds(tx, payments.filter(stood).map(({ payment }) => payment.paymentId)); // prettier-ignore
    await this.parts.reversals.writeOff(
      tx,
      payments.flatMap(({ payment: { paymentId }, because }) => {
        const payment = standing.get(paymentId);
        return payment ? [takenOff(payment, because)] : [];
      }),
    );
    return { payments, refunds };
  }

  /** On the account that goes on, which is locked too. */
  async put(tx: EntityManager, { account: into }: Account, { payments, refunds }: TakenMoney): Promise<void> {
    await this.parts.payments.place(
      tx,
      payments.map(({ payment, because }) => movedMoney(payment, into, because)),
    );
    await this.orderAgain(tx, into, refunds);
    const owed = payments.filter((taken) => !stood(taken));
    const there = await paymentsByIds(tx, owed.map(({ payment }) => movedId(payment.paymentId, into))); // prettier-ignore
    await this.parts.reversals.writeOff(
      tx,
      owed.flatMap(({ payment: { paymentId, reversedOn, reversalReason: reason }, because }) => {
        const payment = there.get(movedId(paymentId, into));
        return payment && reversedOn ? [takenOff(payment, because, { valueOn: reversedOn, reason: reason ?? reversalReason })] : [];
      }),
    );
  }

  /** What was ordered of a credit, or is with the bank; what waits for two agents is theirs no more: the credit is not there. */
  private async takeRefunds(tx: EntityManager, account: string, payments: readonly TakenPayment[]): Promise<TakenRefund[]> {
    const { ledger, facts, clock } = this.parts;
    const all = (await refundsOf(tx, account)).reverse();
    await saveRefunds(tx, all.filter(({ state }) => state === 'to-approve').map((refund) => ({ ...refund, state: 'withdrawn' as const }))); // prettier-ignore
    const becauseOf = new Map(payments.map(({ payment, because }) => [payment.paymentId, because]));
    const taken = all.flatMap((refund): TakenRefund[] => {
      const because = becauseOf.get(refund.parts[0]?.paymentId ?? '');
      return because && ['ordered', 'sent', 'settled'].includes(refund.state) ? [{ refund, because }] : [];
    });
    await undoRefunds(
      tx,
      taken.map(({ refund, because }) => ({ refund, by: { ...because, reason: reversalReason } })),
      { ledger, facts, today: clockOf(tx, clock).today(), effectiveOn: (day) => day },
    );
    return taken;
  }

  private async orderAgain(tx: EntityManager, into: string, taken: readonly TakenRefund[]): Promise<void> {
    if (taken.length === 0) return;
    const { ledger, facts, clock } = this.parts;
    const today = clockOf(tx, clock).today();
    const before = (await refundsOf(tx, into)).length;
    const moved = taken.map(({ refund, because }, rank) => ({ from: refund, to: movedRefund(refund, into, before + rank + 1), because }));
    await moveRefunds(tx, moved);
    const acts = moved.map(({ to, because: { correlation } }) => {
      return { refund: to, orderedOn: to.orderedOn ?? today, settledOn: to.settledOn, correlation };
    });
    const booked = await ledger.post(
      tx,
      acts.flatMap(({ refund, orderedOn, settledOn }) => [
        orderBooking(refund, orderedOn),
        ...(settledOn === null ? [] : [settlementBooking(refund, settledOn)]),
      ]),
    );
    const dayOf = new Map(booked.map(({ key, accountingDay }) => [key, accountingDay]));
    await this.takeOfCredit(tx, moved.map(({ to }) => to), today); // prettier-ignore
    await facts.publish(
      tx,
      acts.flatMap(({ refund, orderedOn, settledOn, correlation }) => {
        const said = (key: string, on: Day) => ({ today: on, accountingDay: dayOf.get(key) ?? '', correlation });
        const ordered = refundOrdered(refund, said(orderKey(refund), orderedOn));
        return settledOn === null ? [ordered] : [ordered, refundSettled(refund, said(settlementKey(refund), settledOn))];
      }),
    );
  }

  /** One after the other: two refunds may have taken of one payment. */
  private async takeOfCredit(tx: EntityManager, refunds: readonly Refund[], today: Day): Promise<void> {
    const payments = await paymentsByIds(tx, refunds.flatMap(({ parts }) => parts.map(({ paymentId }) => paymentId))); // prettier-ignore
    for (const { parts } of refunds)
      for (const payment of withRefunded([...payments.values()], parts, 1)) payments.set(payment.paymentId, payment);
    await savePayments(tx, [...payments.values()], today);
  }
}

/** What of the money taken stands: received, and what of it was given back. */
export const movedAmounts = ({ payments, refunds }: TakenMoney): { received: Money; givenBack: Money } => ({
  received: Money.sum(payments.filter(stood).map(({ payment: { amount } }) => amount)),
  givenBack: Money.sum(refunds.map(({ refund: { amount } }) => amount)),
});

const stood = ({ payment: { reversedOn } }: TakenPayment): boolean => reversedOn === null;

const takenOff = (
  payment: Payment,
  because: Because,
  { valueOn, reason }: Pick<Undone['by'], 'valueOn' | 'reason'> = { valueOn: payment.valueOn, reason: reversalReason },
): Undone => ({ payment, named: payment, by: { ...because, reportedFact: null, valueOn, reason } });
