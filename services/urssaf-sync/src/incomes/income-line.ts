import type { IncomeRecord } from '@isu/contracts';

/** A declaration as one line of a batch tells it. */
export interface IncomeLine extends Omit<IncomeRecord, 'type'> {
  readonly kind: 'income';
}

/** A declaration that a partner told of. */
export interface Declaration extends Omit<IncomeLine, 'kind'> {
  readonly content: string;
  readonly line: number;
}

/** Said to be replaced by this one, or received before it: the last word about a year is the one that the partner received last. */
export const isOvertakenBy = (one: Pick<Declaration, 'reference' | 'receivedOn'>, other: Declaration): boolean =>
  other.corrects === one.reference || other.receivedOn > one.receivedOn;
