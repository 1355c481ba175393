import { canonicalJson, type Means, type PaymentRecord, type ReversalRecord } from '@isu/contracts';
import { Money } from '@isu/values';
import { createHash } from 'node:crypto';

/** A payment as one line of a file tells it, whichever the door. */
export interface PaymentLine extends Omit<PaymentRecord, 'type' | 'means'> {
  readonly kind: 'payment';
  readonly means: Means;
  /** What the payer's bank calls it; only banks tell it apart from their own reference. */
  readonly endToEnd?: string;
  /** The online payment order of ours that it answers. */
  readonly order?: string;
  /** The batch booking that the money came in, where the bank gives it a reference: another message may tell only of its sum. */
  readonly booking?: { readonly reference: string; readonly total: string };
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

/** An order of ours that the bank will not carry out, or a refund that it gives back: no money moved, or what had moved has come back. */
export interface RejectedOrderLine {
  readonly kind: 'rejected-order';
  readonly reference: string;
  readonly order: 'debit' | 'transfer';
  /** Empty when our end-to-end reference names nobody. */
  readonly account: string;
  readonly originalMessage: string;
  readonly originalPayment?: string;
  readonly endToEnd?: string;
  readonly amount?: string;
  readonly reason: string;
  readonly reportedOn: string;
}

export type MoneyLine = PaymentLine | ReversalLine | RefusedLine | RejectedOrderLine;

/** A line between its arrival and its outcome: money, or what another flow tells. */
export interface StagedLine<Record extends object = MoneyLine> {
  /** From 1 in the file. */
  readonly line: number;
  /** Digest of all that the line says: the same reference with other content is a conflict. */
  readonly content: string;
  readonly record: Record;
}

/** What a line adds to the total of its file: only money that moved. */
export const eurosIn = (record: MoneyLine): Money =>
  record.kind === 'payment' ? Money.of(record.amount) : record.kind === 'reversal' ? Money.of(record.amount).negated() : Money.zero;

/** Of what a line says, all but where in a message it stood and when the message was made: those differ from one telling to the next. */
export function contentOf(record: object): string {
  const { booking: _, reportedOn: __, ...said }: { booking?: unknown; reportedOn?: unknown } = record;
  return createHash('sha256').update(canonicalJson(said)).digest('hex');
}
