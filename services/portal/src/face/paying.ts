import type { Page, Part } from './parts.js';

/** `GET my/online-payments`: what is left to pay, and what was paid online (F34). */
export type PayingPage = Page<{ readonly online: Part<OnlinePayments> }>;

/** As collection answers. */
export interface OnlinePayments {
  readonly account: string;
  /** Whether a provider is there at all. */
  readonly isOffered: boolean;
  /** Oldest first. */
  readonly dates: readonly PayableDate[];
  /** Latest first. */
  readonly orders: readonly OnlineOrder[];
}

export interface PayableDate {
  readonly instalment: string;
  readonly dueOn: string;
  /** ISO 11649, to quote when paying by transfer or cheque. */
  readonly reference: string;
  readonly contributions: string;
  readonly surcharges: string;
  readonly amount: string;
  readonly isOverdue: boolean;
  /** Why it cannot be paid online now; null when it can. */
  readonly obstacle: 'debited' | 'under-way' | 'paid-online-once' | 'not-open-yet' | null;
}

export interface OnlineOrder {
  readonly order: string;
  readonly instalments: readonly string[];
  readonly amount: string;
  readonly openedOn: string;
  readonly openedAt: string;
  readonly expiresAt: string;
  readonly state: 'open' | 'paid' | 'refused' | 'cancelled' | 'expired' | 'disputed';
  readonly reason: string | null;
  readonly paymentId: string | null;
  /** The provider's page, in the answer of the order that was just made. */
  readonly address: string | null;
}

/** `POST my/acts/online-payment-preview`, answer. */
export interface PaymentPreview {
  readonly amount: string;
  /** In the order of the law. */
  readonly parts: readonly PreviewedPart[];
}

export interface PreviewedPart {
  readonly instalment: string | null;
  readonly amount: string;
  readonly because: 'chosen' | 'overdue' | 'surcharge' | 'credit';
}
