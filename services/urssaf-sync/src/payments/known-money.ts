import type { AnomalyType, Means } from '@isu/contracts';
import type { Money } from '@isu/values';

/** Who told of a payment, and under which reference: with the partner, the identity of the payment. */
export interface Telling {
  readonly partner: string;
  readonly reference: string;
}

/** A sum that a bank booked once for several transactions. */
export interface Booking {
  readonly reference: string;
  readonly total: Money;
}

/** A payment that partners told of, as far as placing needs it. */
export interface KnownPayment {
  readonly id: string;
  /** The first who told, then those who told of the same money by a door of their own. */
  readonly tellings: readonly Telling[];
  readonly content: string;
  /** Empty when nobody is named. */
  readonly account: string;
  readonly amount: Money;
  readonly bankReference: string | null;
  readonly endToEnd: string | null;
  /** The batch booking that it came in. */
  readonly booking: Booking | null;
  /** Our payment-reported; null while the account is not known. */
  readonly fact: string | null;
  /** Who said that it was taken back, whether we told it on already or wait for the account. */
  readonly reversedBy: string | null;
}

/** A payment to be kept, with what else its line says. */
export interface NewPayment extends KnownPayment, Telling {
  readonly line: number;
  readonly valueOn: string;
  readonly means: Means;
  readonly paymentReference: string | null;
  readonly allocation: unknown;
  /** The online payment order of ours that it answers. */
  readonly order: string | null;
  /** The payment that is the same money. */
  readonly twinOf: string | null;
}

export interface Reversal extends Telling {
  readonly id: string;
  readonly content: string;
  readonly flow: string;
  readonly batch: string;
  readonly line: number;
  readonly reverses: string;
  readonly byBankReference: boolean;
  readonly amount: Money;
  readonly valueOn: string;
  readonly reason: string;
  readonly correlation: string;
  /** The payment that it undoes, once found. */
  readonly payment: string | null;
}

/** A line that moved nothing. */
export interface RejectedLine {
  readonly reference: string;
  readonly content: string;
  readonly outcome: 'conflict' | 'refused';
  readonly reason: string;
  readonly line: number;
  /** Digest of what stands instead, for a conflict. */
  readonly kept: string | null;
  /** What must be seen in the book of an account until it is settled. */
  readonly anomaly: { readonly account: string; readonly type: AnomalyType } | null;
}

export const toldBy = (payment: KnownPayment, partner: string): boolean => payment.tellings.some((telling) => telling.partner === partner);

/** Every name under which a line may mean this payment. */
export const namesOf = ({ tellings, bankReference, endToEnd }: KnownPayment): string[] => [
  ...new Set([...tellings.map(({ reference }) => reference), bankReference, endToEnd].filter((name) => name !== null)),
];

/** Whether a reversal means this payment: a partner names its own reference, a bank one of the bank's. */
export const isNamedBy = (reversal: Reversal, payment: KnownPayment): boolean =>
  reversal.byBankReference
    ? namesOf(payment).includes(reversal.reverses)
    : payment.tellings.some(({ partner, reference }) => partner === reversal.partner && reference === reversal.reverses);

/** Whether a sum is the one that these transactions were booked in: told by another door without them. */
export const isBookingOf = (sum: KnownPayment, { booking }: KnownPayment): boolean =>
  booking !== null && sum.booking === null && sum.bankReference === booking.reference && sum.amount.equals(booking.total);

/** Whether two banks' messages tell of one return, by two doors, while its payment is not known. */
export const isSameReturn = (one: Reversal, other: Reversal): boolean =>
  one.byBankReference &&
  other.byBankReference &&
  one.partner !== other.partner &&
  one.reverses === other.reverses &&
  one.amount.equals(other.amount);

/**
 * Whether two tellings under one reference of the bank are the same money. A bank's own reference is unique, but the payer's
 * end-to-end reference may be `COTISATIONS` a thousand times: with another amount for another account it says nothing.
 */
export function sameMoney(one: KnownPayment, other: KnownPayment): 'yes' | 'no' | 'wrong-amount' | 'wrong-account' {
  const bothNamed = one.account !== '' && other.account !== '';
  if (one.amount.equals(other.amount)) return bothNamed && one.account !== other.account ? 'wrong-account' : 'yes';
  return bothNamed && one.account === other.account ? 'wrong-amount' : 'no';
}
