import { wire } from '@isu/chassis';
import { becauses, obstacles, onlineStates, type OnlinePayment, type PayableDate, type PreviewedPart } from './online-payment.js';
import type { Preview } from './online-payments.service.js';
import type { PaymentPage } from './payment-page.js';

export interface ShownOrder extends OnlinePayment {
  /** The provider's page; null once something came of it. */
  readonly address: string | null;
}

export interface OnlinePaymentsOfAccount {
  readonly account: string;
  /** Whether a provider is there at all. */
  readonly isOffered: boolean;
  readonly dates: readonly PayableDate[];
  readonly orders: readonly ShownOrder[];
}

const date = wire.record<PayableDate>({
  ...{
    instalment: wire.text,
    dueOn: wire.day,
    reference: wire.text,
    contributions: wire.euros,
    surcharges: wire.euros,
    amount: wire.euros,
  },
  ...{ isOverdue: wire.flag, obstacle: wire.orNull(wire.choice(obstacles)) },
});
const part = wire.record<PreviewedPart>({ instalment: wire.orNull(wire.text), amount: wire.euros, because: wire.choice(becauses) });
const order = wire.record<ShownOrder>({
  ...{ order: wire.uuid, account: wire.account, instalments: wire.listOf(wire.text), amount: wire.euros, openedOn: wire.day },
  ...{ openedAt: wire.instant, expiresAt: wire.instant, state: wire.choice(onlineStates), reason: wire.orNull(wire.text) },
  ...{ paymentId: wire.orNull(wire.uuid), address: wire.orNull({ type: 'string', format: 'uri' }) },
});

export const onlineAnswers = {
  order,
  preview: wire.record<Preview>({ instalments: wire.listOf(wire.text), amount: wire.euros, parts: wire.listOf(part) }),
  list: wire.record<OnlinePaymentsOfAccount>({
    account: wire.account,
    isOffered: wire.flag,
    dates: wire.listOf(date),
    orders: wire.listOf(order),
  }),
} as const;

export const shownOrder = (one: OnlinePayment, page: PaymentPage | null): ShownOrder => ({
  ...one,
  address: page !== null && one.state === 'open' ? page.addressOf(one) : null,
});
