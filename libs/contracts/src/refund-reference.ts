import { AccountNumber } from '@isu/values';

/** The refund that a transfer carries out: the account, and the rank of the refund on it. */
export interface RefundReference {
  readonly account: string;
  readonly number: number;
}

/** What our transfer bears end to end, and what the bank gives back with a rejection or a return. */
export const refundReferenceOf = ({ account, number }: RefundReference): string => `REMB-${account}-${String(number)}`;

/** Reads such a reference; null when it is none of ours. */
export function readRefundReference(text: string): RefundReference | null {
  const [, account, number] = /^REMB-(\d{13})-([1-9]\d{0,8})$/.exec(text) ?? [];
  return account !== undefined && AccountNumber.check(account) ? { account, number: Number(number) } : null;
}
