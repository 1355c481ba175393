import type { Page, Part } from './parts.js';

export type RefundChoice = 'refund' | 'next-instalments';
/** What becomes of a credit: the next thing that happens to it. */
export type RefundStep = 'none' | 'kept' | 'choosing' | 'next-instalments' | 'iban-awaited' | 'new-iban-awaited' | 'approval' | 'order';

export interface Refund {
  readonly id: string;
  readonly number: number;
  readonly amount: string;
  readonly state: 'to-approve' | 'withdrawn' | 'ordered' | 'sent' | 'settled' | 'returned';
  readonly creditSince: string;
  readonly dueBy: string;
  readonly orderedOn: string | null;
  readonly executeOn: string | null;
  readonly settledOn: string | null;
  readonly returnedOn: string | null;
  readonly returnReason: string | null;
  readonly parts: readonly { readonly paymentId: string; readonly amount: string }[];
}

export interface Refunds {
  readonly day: string;
  readonly credit: string;
  readonly since: string | null;
  readonly step: RefundStep;
  readonly choiceUntil: string | null;
  readonly dueBy: string | null;
  /** Negative once it is late. */
  readonly daysLeft: number | null;
  readonly choice: RefundChoice | null;
  readonly sources: readonly { readonly paymentId: string; readonly receivedOn: string; readonly amount: string }[];
  /** The rules that decide, with their sources. */
  readonly grounds: readonly string[];
  readonly refunds: readonly Refund[];
}

/** `GET my/refunds` (F56). */
export type RefundsPage = Page<{ readonly refunds: Part<Refunds> }>;

export interface ListedRefund {
  readonly account: string;
  readonly amount: string;
  readonly creditSince: string;
  readonly dueBy: string;
  readonly daysLate: number;
  readonly refund: string | null;
  readonly state: 'to-approve' | 'ordered' | 'credit';
  readonly signatures: number;
  readonly signedByMe: boolean;
}

export interface ListedRefunds {
  readonly refunds: readonly ListedRefund[];
  readonly next: string | null;
}

/** `GET desk/refunds`: what waits for two agents, and what should have left; the first two hundred of each. */
export type DeskRefundsPage = Page<{ readonly toApprove: Part<ListedRefunds>; readonly overdue: Part<ListedRefunds> }>;
