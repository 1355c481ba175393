import { Money } from '@isu/values';
import type { Means } from './collection.events.js';
import { sha256 } from './digest.js';

/** First line of a partner's batch (docs/partner-exchange.md). */
export interface BatchHeader {
  readonly type: 'header';
  readonly format: 'isu-batch/1';
  readonly partner: string;
  readonly flow: string;
  /** From 1, without holes. */
  readonly number: number;
  /** The business day that the batch tells of. */
  readonly businessDate: string;
  /** Digest of the batch before; null for number 1. */
  readonly previousDigest: string | null;
  readonly createdAt: string;
}

export interface PaymentRecord {
  readonly type: 'payment';
  /** The partner's own reference: with the partner, the identity of the payment. */
  readonly reference: string;
  readonly account: string;
  readonly amount: string;
  readonly valueOn: string;
  readonly means: Means;
  readonly paymentReference?: string;
  readonly bankReference?: string;
  /** How the partner placed the money: compared with ours, never applied. */
  readonly allocation?: readonly { readonly year: number; readonly code: string; readonly amount: string }[];
}

export interface ReversalRecord {
  readonly type: 'reversal';
  readonly reference: string;
  /** The partner's reference of the payment undone. */
  readonly reverses: string;
  readonly amount: string;
  readonly valueOn: string;
  readonly reason: string;
}

export type BatchRecord = PaymentRecord | ReversalRecord;

/** Last line: the digest is that of all bytes before it. */
export interface BatchTrailer {
  readonly type: 'trailer';
  readonly count: number;
  /** Payments minus reversals, in euros. */
  readonly controlTotal: string;
  readonly digest: string;
}

export interface WrittenBatch {
  /** UTF-8 NDJSON, one LF after each line. */
  readonly text: string;
  readonly digest: string;
}

/** What the sender signs: the last line with its LF. Its digest vouches for all that stands before it. */
export const signedPartOf = ({ text }: Pick<WrittenBatch, 'text'>): string => text.slice(text.lastIndexOf('\n', text.length - 2) + 1);

/** Writes a batch as a partner does. The signature beside it is the sender's affair. */
export function writeBatch(header: Omit<BatchHeader, 'type' | 'format'>, records: readonly BatchRecord[]): WrittenBatch {
  const first: BatchHeader = { type: 'header', format: 'isu-batch/1', ...header };
  const body = [first, ...records].map((line) => `${JSON.stringify(line)}\n`).join('');
  const total = Money.sum(records.map(signedAmount));
  const digest = sha256(body);
  const trailer: BatchTrailer = { type: 'trailer', count: records.length, controlTotal: total.toString(), digest };
  return { text: `${body}${JSON.stringify(trailer)}\n`, digest };
}

const signedAmount = (record: BatchRecord): Money => {
  const amount = Money.of(record.amount);
  return record.type === 'payment' ? amount : amount.negated();
};
