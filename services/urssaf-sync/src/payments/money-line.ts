import { canonicalJson, type Means, type PaymentRecord, type ReversalRecord } from '@isu/contracts';
import { createHash } from 'node:crypto';

/** A payment as one line of a file tells it, whichever the door. */
export interface PaymentLine extends Omit<PaymentRecord, 'type' | 'means'> {
  readonly kind: 'payment';
  readonly means: Means;
  /** What the payer's bank calls it; only banks tell it apart from their own reference. */
  readonly endToEnd?: string;
}

/** Money taken back. */
export interface ReversalLine extends Omit<ReversalRecord, 'type'> {
  readonly kind: 'reversal';
  /** `reverses` is a reference of the bank, whoever told of the payment. */
  readonly byBankReference?: boolean;
}

/** What a file tells and we cannot take: another currency. It moves nothing and counts for nothing in euros. */
export interface RefusedLine {
  readonly kind: 'refused';
  readonly reference: string;
  readonly reason: string;
}

export type MoneyLine = PaymentLine | ReversalLine | RefusedLine;

/** A line between its arrival and its outcome. */
export interface StagedLine {
  /** From 1 in the file. */
  readonly line: number;
  /** Digest of all that the line says: the same reference with other content is a conflict. */
  readonly content: string;
  readonly record: MoneyLine;
}

export const contentOf = (record: MoneyLine): string => createHash('sha256').update(canonicalJson(record)).digest('hex');
