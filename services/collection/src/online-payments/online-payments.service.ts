import { refuse as chassisRefuse } from '@isu/chassis';
import { draft, type Fact } from '@isu/contracts';
import type { FactStore } from '@isu/messaging';
import { clockOf, Money, type BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { mustGoOn, type Account } from '../accounts/account.js';
import { lockAccounts } from '../accounts/account.table.js';
import { unpaidDebts } from '../payments/debts.js';
import { refuse } from '../refusals.js';
import { instalmentsInForce } from '../schedules/schedule.table.js';
import {
  payableDates,
  previewOf,
  sameOrder,
  type OnlinePayment,
  type PayableDate,
  type PreviewedPart,
  type Situation,
} from './online-payment.js';
import {
  insertOnlinePayment,
  onlinePaymentsOf,
  paidOnlineOf,
  presentedOf,
  settleOnlinePayments,
  type Settlement,
} from './online-payment.table.js';
import { onlineRules } from './online-rules.js';

interface Parts {
  readonly facts: FactStore;
  readonly clock: BusinessClock;
  newId?(): string;
}

/** What these due dates cost today, and what the money would pay. */
export interface Preview {
  readonly instalments: readonly string[];
  readonly amount: Money;
  readonly parts: readonly PreviewedPart[];
}

/** Payments made online: chosen here, made at the provider's, heard of by urssaf-sync like any money. */
export class OnlinePaymentsService {
  constructor(private readonly parts: Parts) {}

  /** Every due date with something left, and what of it may be paid online now. */
  async dates(tx: EntityManager, account: Account): Promise<PayableDate[]> {
    return payableDates(await this.situation(tx, account, await onlinePaymentsOf(tx, account.account)));
  }

  /** The amount is the account's, never the browser's. Refused for a due date that cannot be paid online. */
  async preview(tx: EntityManager, account: Account, instalments: readonly string[]): Promise<Preview> {
    return this.chosen(await this.situation(tx, account, await onlinePaymentsOf(tx, account.account)), instalments);
  }

  /** Makes the order. The same due dates that are under way already, unchanged, are the same order: two tabs pay once. */
  async open(tx: EntityManager, number: string, instalments: readonly string[], correlation: string): Promise<OnlinePayment> {
    const { facts, clock } = this.parts;
    const account = (await lockAccounts(tx, [number])).get(number);
    if (!account) throw chassisRefuse('not-found');
    mustGoOn(account);
    const orders = await onlinePaymentsOf(tx, number);
    const now = clockOf(tx, clock).now();
    const earlier = orders.filter(({ state }) => state === 'open');
    const situation = await this.situation(tx, account, orders);
    const same = sameOrder(earlier, instalments, { amount: amountOf(situation, instalments), now });
    if (same) return same;

    const { amount } = this.chosen(situation, instalments);
    const minutes = onlineRules(situation.today)?.orderMinutes ?? 0;
    const one: OnlinePayment = {
      ...{ order: this.parts.newId?.() ?? v7(), account: number, instalments: [...instalments].sort(), amount },
      ...{ openedOn: situation.today, openedAt: now, expiresAt: new Date(now.getTime() + minutes * 60_000) },
      ...{ state: 'open', reason: null, paymentId: null },
    };
    await insertOnlinePayment(tx, one);
    await facts.publish(tx, [onlinePaymentOpened(one, correlation)]);
    return one;
  }

  /** The provider has said what came of orders; the money itself comes as any other. */
  async settle(tx: EntityManager, settled: readonly Fact<'urssaf-sync.online-payment-settled.v1'>[]): Promise<void> {
    await lockAccounts(tx, settled.map(({ subject }) => subject)); // prettier-ignore
    const last = new Map<string, Settlement>();
    for (const { subject, data } of settled) {
      const { order, outcome, reportedFact = null, reason = null } = data;
      if (last.get(order)?.state !== 'paid') last.set(order, { account: subject, order, state: outcome, reason, paymentId: reportedFact });
    }
    await settleOnlinePayments(tx, [...last.values()]);
  }

  private chosen(situation: Situation, instalments: readonly string[]): Preview {
    const dates = new Map(payableDates(situation).map((date) => [date.instalment, date]));
    for (const instalment of instalments) {
      const date = dates.get(instalment);
      if (!date) throw refuse('online-payment-nothing-due', { instalment });
      if (date.obstacle !== null) throw refuse(`online-payment-${date.obstacle}`, { dueOn: date.dueOn });
    }
    const amount = amountOf(situation, instalments);
    return { instalments, amount, parts: previewOf(instalments, amount, situation) };
  }

  private async situation(tx: EntityManager, account: Account, orders: readonly OnlinePayment[]): Promise<Situation> {
    const today = clockOf(tx, this.parts.clock).today();
    const named = (await instalmentsInForce(tx, [account.account])).get(account.account)?.map(({ id }) => id) ?? [];
    const unpaid = (await unpaidDebts(tx, [{ account: account.account, dueBy: today, named }])).get(account.account) ?? [];
    return {
      ...{ account, today, unpaid, paidOnline: await paidOnlineOf(tx, account.account), presented: await presentedOf(tx, account.account) },
      underWay: new Set(orders.filter(({ state }) => state === 'open').flatMap((one) => one.instalments)),
    };
  }
}

const amountOf = (situation: Situation, instalments: readonly string[]): Money =>
  Money.sum(
    payableDates(situation)
      .filter(({ instalment }) => instalments.includes(instalment))
      .map(({ amount }) => amount),
  );

const onlinePaymentOpened = ({ order, account, instalments, amount, openedOn, expiresAt }: OnlinePayment, correlation: string) =>
  draft({
    ...{ stream: account, type: 'collection.online-payment-opened.v1', effectiveOn: openedOn.iso, correlation },
    data: { order, instalments: [...instalments], amount: amount.toString(), expiresAt: expiresAt.toISOString() },
  });
