import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsInt, Matches, Max, Min } from 'class-validator';
import { activities, incomeKinds, type IncomeKind, means, type Means } from './collection.events.js';
import {
  accountPattern,
  attestationPattern,
  IsCode,
  IsDay,
  IsDigest,
  IsFlow,
  IsInstalmentId,
  IsLineOfText,
  IsMoney,
  IsPositiveMoney,
  IsUuid,
  Optional,
} from './fields.js';
import { declarants, type Declarant } from './partner-batch.js';

/** The partner says that it holds money for this account. Published at once, before collection has placed it. */
export class PaymentReported {
  /** `urssaf/payments`, `bank/camt.054`. */
  @IsFlow() flow!: string;
  /** Number of the batch, or message id of the bank file. */
  @IsLineOfText() batch!: string;
  /** Line in the batch (the header is line 1), or entry in the bank file, from 1. */
  @IsInt() @Min(1) line!: number;
  /** The partner's own reference: with the flow's partner, the identity of the payment. */
  @IsLineOfText() partnerReference!: string;
  /** End-to-end or account-servicer reference of the bank: the same from two doors is the same money. */
  @Optional() @IsLineOfText() bankReference?: string;
  @IsPositiveMoney() amount!: string;
  @IsDay() valueOn!: string;
  @IsIn(means) means!: Means;
  /** ISO 11649 reference printed on the notice, as the payer gave it. */
  @Optional() @IsLineOfText() paymentReference?: string;
  /** The online payment order that it answers: collection places it on the due dates that were chosen. */
  @Optional() @IsUuid() order?: string;
}

export const onlineOutcomes = ['paid', 'refused', 'cancelled', 'expired', 'disputed'] as const;
export type OnlineOutcome = (typeof onlineOutcomes)[number];

/**
 * What came of an online payment order, by the word of the provider: paid, or that no money will come of it. `disputed`: what the provider
 * says contradicts the order, no money moved on its word. An order that was said to have failed may be paid after all: paid stands.
 */
export class OnlinePaymentSettled {
  @IsUuid() order!: string;
  @IsIn(onlineOutcomes) outcome!: OnlineOutcome;
  /** Our report of the money, with `paid`. */
  @Optional() @IsUuid() reportedFact?: string;
  @Optional() @IsCode() reason?: string;
}

/**
 * Money is here and nobody knows whose (encaissement à identifier), on `flow/isu/to-be-matched`: while it could cover a debt, nothing is held
 * against who owes it (N6). Said again when more is known of whose it may be: the last word counts.
 */
export class MoneyUnmatched {
  /** Our id of the money. */
  @IsUuid() money!: string;
  @IsPositiveMoney() amount!: string;
  @IsDay() valueOn!: string;
  @IsIn(means) means!: Means;
  /** Accounts that its reference or the payer's name may mean, most likely first. */
  @IsArray() @ArrayMaxSize(20) @Matches(accountPattern, { each: true }) candidates!: string[];
}

export const unmatchedOutcomes = ['attributed', 'registered', 'told-again', 'returned', 'sent-back'] as const;

/** That money waits no more: it has an owner, its payer's bank took it back, or it was sent back. */
export class UnmatchedSettled {
  @IsUuid() money!: string;
  @IsIn(unmatchedOutcomes) outcome!: (typeof unmatchedOutcomes)[number];
  /** Whose it is, where it has an owner. */
  @Optional() @Matches(accountPattern) account?: string;
}

/** The partner says that a payment it had reported was returned. */
export class ReversalReported {
  @IsFlow() flow!: string;
  @IsLineOfText() batch!: string;
  @IsInt() @Min(1) line!: number;
  @IsLineOfText() partnerReference!: string;
  /** The partner's reference of the payment undone. */
  @IsLineOfText() reverses!: string;
  /** Our fact that reported that payment, where we hold it. */
  @Optional() @IsUuid() reportedFact?: string;
  @IsPositiveMoney() amount!: string;
  @IsDay() valueOn!: string;
  @IsLineOfText() reason!: string;
}

/**
 * A bank will not carry out an order of ours: no money moved; or gives a transfer of ours back: what had moved has come back. On the account that the order names by its reference; on the stream of
 * the flow when it names none that we know, or when a whole message or payment block is rejected.
 */
export class OrderRejected {
  @IsFlow() flow!: string;
  /** Message id of the report. */
  @IsLineOfText() batch!: string;
  /** Rank of the rejection in the report, from 1. */
  @IsInt() @Min(1) line!: number;
  /** Whether a direct debit (pain.008) or a transfer of ours (pain.001) was ordered. */
  @IsIn(['debit', 'transfer']) order!: 'debit' | 'transfer';
  /** Message id of the order; of a transfer that was given back, which names none, its end-to-end reference. */
  @IsLineOfText() originalMessage!: string;
  /** Payment block of the order; absent when the whole message is rejected. */
  @Optional() @IsLineOfText() originalPayment?: string;
  /** End-to-end reference of the transaction; absent when all of the block is rejected, or when the bank does not give it back. */
  @Optional() @IsLineOfText() endToEnd?: string;
  @Optional() @IsPositiveMoney() amount?: string;
  /** The bank's reason, an ISO 20022 code such as `AC01` where it gives one. */
  @IsLineOfText() reason!: string;
}

/** An income declaration came through the partner (net-entreprises). */
export class IncomeReceived {
  @IsLineOfText() declarationId!: string;
  @IsInt() @Min(2008) @Max(2100) year!: number;
  @IsMoney() amount!: string;
  @IsIn(incomeKinds) kind!: IncomeKind;
  @IsDay() receivedOn!: string;
  /** The declaration that this one replaces. */
  @Optional() @IsLineOfText() corrects?: string;
  /** Who signed it: the person, or whom they charged with it. */
  @Optional() @IsIn(declarants) declarant?: Declarant;
}

/** A declaration of turnover came through the partner: a month or a quarter of one activity of a micro-entrepreneur. */
export class TurnoverReceived {
  @IsLineOfText() declarationId!: string;
  /** `2016-05` or `2016-Q2`. */
  @IsInstalmentId() period!: string;
  @IsIn(activities) activity!: (typeof activities)[number];
  @IsMoney() amount!: string;
  @IsDay() receivedOn!: string;
  /** The declaration that this one replaces. */
  @Optional() @IsLineOfText() corrects?: string;
  /** Who signed it: the person, or whom they charged with it. */
  @Optional() @IsIn(declarants) declarant?: Declarant;
}

/** The typed differences of the joint cell's worklist. */
export const anomalyTypes = ['lost', 'doubled', 'late', 'wrong-account', 'wrong-amount', 'unmatched', 'conflict', 'other-rules'] as const;
export type AnomalyType = (typeof anomalyTypes)[number];

export class AnomalyOpened {
  @IsUuid() anomalyId!: string;
  @IsIn(anomalyTypes) type!: AnomalyType;
  @IsLineOfText() cause!: string;
}

export class AnomalyClosed {
  @IsUuid() anomalyId!: string;
  @IsLineOfText() settledBy!: string;
}

/** A batch was accepted whole (on the flow's stream). Its line outcomes add up to its lines and cents. */
export class BatchAccepted {
  @IsInt() @Min(1) number!: number;
  @IsDigest() digest!: string;
  @IsInt() @Min(0) count!: number;
  @IsMoney() total!: string;
  @IsDay() businessDate!: string;
  /** Lines whose account we do not know yet: kept, visible, tried again. */
  @IsInt() @Min(0) toBeMatched!: number;
}

/** A batch was refused whole; nothing of it took effect. */
export class BatchRefused {
  @Optional() @IsInt() @Min(1) number?: number;
  @IsDigest() digest!: string;
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(20) @IsLineOfText({ each: true }) reasons!: string[];
}

/** Batches between two numbers are missing: a re-send is asked for, and nothing may be refused meanwhile. */
export class GapOpened {
  @IsInt() @Min(1) from!: number;
  @IsInt() @Min(1) to!: number;
}

/** A missing batch came; or its number was given up, for the partner has lost it too and says so: it will never come. */
export class GapClosed {
  @IsInt() @Min(1) number!: number;
  /** Reference of the letter in which the partner says so. Absent, the batch came. */
  @Optional() @Matches(attestationPattern) attestation?: string;
}

/** Every batch of the flow up to this business date is here. */
export class CompletedThrough {
  @IsDay() date!: string;
  @IsInt() @Min(1) number!: number;
}

/** The same number or reference came with other content: the original stands, on both sides. */
export class ConflictRecorded {
  /** Batch number or payment reference. */
  @IsLineOfText() subject!: string;
  @IsIn(['batch', 'payment']) kind!: 'batch' | 'payment';
  @IsDigest() kept!: string;
  @IsDigest() refused!: string;
  @Optional() @IsCode() reason?: string;
}

/** The same, of declarations too (the first version knows batches and payments, and is read for ever). */
export class ConflictRecordedV2 {
  /** Reference of the declaration or of the payment, or batch number. */
  @IsLineOfText() subject!: string;
  @IsIn(['batch', 'payment', 'income']) kind!: 'batch' | 'payment' | 'income';
  @IsDigest() kept!: string;
  @IsDigest() refused!: string;
  @Optional() @IsCode() reason?: string;
}

/** On the stream of a flow that a partner sends: a day is over through which it promised to have told us all, and has not. */
export class FlowLate {
  /** Through which it should be complete. */
  @IsDay() awaitedThrough!: string;
  /** Through which it is; absent when it never began. */
  @Optional() @IsDay() completedThrough?: string;
}

/** On the stream of a flow of ours: a batch is numbered, chained, signed and offered to the partner. It is never made again. */
export class BatchSent {
  @IsInt() @Min(1) number!: number;
  @IsDigest() digest!: string;
  @IsInt() @Min(0) count!: number;
  @IsMoney() total!: string;
  @IsDay() businessDate!: string;
}

/** The partner's signed receipt of a batch of ours is here: what it took of it, line by line. */
export class BatchAcknowledged {
  @IsInt() @Min(1) number!: number;
  @IsDigest() digest!: string;
  /** Lines that the partner took. */
  @IsInt() @Min(0) accepted!: number;
  /** Lines that it refused: each is an anomaly of its account, and is told again with the next batch. */
  @IsInt() @Min(0) refused!: number;
}

/** The partner should have acknowledged batches of ours and has not: they are sent again. */
export class AcknowledgementLate {
  @IsInt() @Min(1) from!: number;
  @IsInt() @Min(1) to!: number;
  /** The business day of the oldest. */
  @IsDay() businessDate!: string;
}

export const urssafSyncFacts = {
  'urssaf-sync.payment-reported.v1': PaymentReported,
  'urssaf-sync.online-payment-settled.v1': OnlinePaymentSettled,
  'urssaf-sync.money-unmatched.v1': MoneyUnmatched,
  'urssaf-sync.unmatched-settled.v1': UnmatchedSettled,
  'urssaf-sync.reversal-reported.v1': ReversalReported,
  'urssaf-sync.order-rejected.v1': OrderRejected,
  'urssaf-sync.income-received.v1': IncomeReceived,
  'urssaf-sync.turnover-received.v1': TurnoverReceived,
  'urssaf-sync.anomaly-opened.v1': AnomalyOpened,
  'urssaf-sync.anomaly-closed.v1': AnomalyClosed,
  'urssaf-sync.batch-accepted.v1': BatchAccepted,
  'urssaf-sync.batch-refused.v1': BatchRefused,
  'urssaf-sync.gap-opened.v1': GapOpened,
  'urssaf-sync.gap-closed.v1': GapClosed,
  'urssaf-sync.completed-through.v1': CompletedThrough,
  'urssaf-sync.conflict-recorded.v1': ConflictRecorded,
  'urssaf-sync.conflict-recorded.v2': ConflictRecordedV2,
  'urssaf-sync.flow-late.v1': FlowLate,
  'urssaf-sync.batch-sent.v1': BatchSent,
  'urssaf-sync.batch-acknowledged.v1': BatchAcknowledged,
  'urssaf-sync.acknowledgement-late.v1': AcknowledgementLate,
} as const;
