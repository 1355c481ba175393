import { IsIn } from 'class-validator';
import { IsDay, IsInstalmentId, IsLineOfText, IsPositiveMoney, IsRum, ListOf, Optional } from './fields.js';

/** First of a mandate, one of many, the last. */
export const debitSequences = ['FRST', 'RCUR', 'FNAL'] as const;
export type DebitSequence = (typeof debitSequences)[number];

/** What a direct debit asks for one due date. */
export class DebitedInstalment {
  @IsInstalmentId() instalment!: string;
  @IsPositiveMoney() amount!: string;
}

/** The person's bank was asked for what falls due. No money has moved yet. */
export class DebitPresented {
  /** Our own reference, which the bank gives back with whatever it says of the debit. */
  @IsLineOfText() endToEnd!: string;
  /** Id of the message that asks for it. */
  @IsLineOfText() message!: string;
  /** The day on which the money is asked for: the due date, or the first day possible after it. */
  @IsDay() collectOn!: string;
  @IsPositiveMoney() amount!: string;
  @IsIn(debitSequences) sequence!: DebitSequence;
  @IsRum() rum!: string;
  @ListOf(() => DebitedInstalment, { min: 1, max: 24 }) instalments!: DebitedInstalment[];
}

/** What was done about a debit that came back, by its reason. */
export const returnOutcomes = [
  'carried',
  'due-at-once',
  'mandate-suspended',
  'mandate-revoked',
  'reopened',
  'account-frozen',
  'left-unpaid',
  'presented-again',
  'to-examine',
] as const;
export type ReturnOutcome = (typeof returnOutcomes)[number];

/** A debit came back, before its settlement or after: what it would have paid is owed. */
export class DebitReturned {
  @IsLineOfText() endToEnd!: string;
  /** The mandate under which it was asked for. */
  @IsRum() rum!: string;
  /** The bank's code, of the ISO 20022 external list: `AM04`. */
  @IsLineOfText() reason!: string;
  @IsIn(returnOutcomes) outcome!: ReturnOutcome;
  /** Whether the money had been paid first (camt) or never came (pain.002). */
  @IsIn(['rejected', 'returned']) moment!: 'rejected' | 'returned';
  @IsPositiveMoney() amount!: string;
  @ListOf(() => DebitedInstalment, { min: 1, max: 24 }) instalments!: DebitedInstalment[];
  /** The day on which the same due dates are debited again; absent when they are not. */
  @Optional() @IsDay() againOn?: string;
}

/** What an agent may find about a debit that came back: all that the reason of a bank leads to but a death, which is the RSI’s to record. */
export const examinedOutcomes = [
  'carried',
  'due-at-once',
  'mandate-suspended',
  'mandate-revoked',
  'reopened',
  'left-unpaid',
  'presented-again',
] as const satisfies readonly ReturnOutcome[];
export type ExaminedOutcome = (typeof examinedOutcomes)[number];

/** An agent has looked at a debit that came back, where its reason did not say enough: what is done about it after all. */
export class DebitExamined {
  @IsLineOfText() endToEnd!: string;
  /** The mandate under which it was asked for. */
  @IsRum() rum!: string;
  /** The bank’s code, as it came. */
  @IsLineOfText() reason!: string;
  @IsIn(examinedOutcomes) outcome!: ExaminedOutcome;
  @IsPositiveMoney() amount!: string;
  @ListOf(() => DebitedInstalment, { min: 1, max: 24 }) instalments!: DebitedInstalment[];
  /** The day on which the same due dates are debited again; absent when they are not. */
  @Optional() @IsDay() againOn?: string;
}

export const debitFacts = {
  'collection.debit-presented.v1': DebitPresented,
  'collection.debit-returned.v1': DebitReturned,
  'collection.debit-examined.v1': DebitExamined,
} as const;
