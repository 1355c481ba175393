import { IsIn, IsInt, Max, Min } from 'class-validator';
import { debitFacts } from './debit.events.js';
import {
  IsCode,
  IsDay,
  IsDigest,
  IsInstalmentId,
  IsLineOfText,
  IsMoney,
  IsPositiveMoney,
  IsRate,
  IsUuid,
  ListOf,
  Optional,
} from './fields.js';
import { surchargeFacts } from './surcharge.events.js';

export const incomeKinds = ['declared', 'estimated', 'ex-officio', 'tax'] as const;
export type IncomeKind = (typeof incomeKinds)[number];

/** Stages of a year's assessment, from the first guess to the last word. */
export const stages = ['flat-first-year', 'flat-second-year', 'provisional', 'adjusted', 'definitive'] as const;
export type Stage = (typeof stages)[number];

/** Means of payment (moyens de paiement). */
export const means = ['direct-debit', 'transfer', 'cheque', 'card', 'online'] as const;
export type Means = (typeof means)[number];

/** Monthly on the 5th, monthly on the 20th, quarterly (CSS R. 133-26, R. 133-27). */
export const periodicities = ['monthly-5', 'monthly-20', 'quarterly'] as const;
export type Periodicity = (typeof periodicities)[number];

/** Collection keeps a ledger for this account from now on. */
export class AccountOpened {
  @IsDay() openedOn!: string;
}

export const exOfficioBases = ['mean-income', 'tax-income', 'half-pass', 'last-known'] as const;
export type ExOfficioBase = (typeof exOfficioBases)[number];

/** How the base of an ex-officio assessment was found (taxation d'office, CSS R. 242-14). */
export class ExOfficioGrounds {
  /** The highest of the first three; the last known income, for an activity that ended. */
  @IsIn(exOfficioBases) retained!: ExOfficioBase;
  /** The base without its increase: what the next years look at, so that increases are never compounded. */
  @IsMoney() beforeIncrease!: string;
  /** Years in a row that were not declared, this one included. */
  @IsInt() @Min(1) consecutiveYears!: number;
  /** The arithmetic, to be recomputed as it stands. */
  @IsLineOfText() expression!: string;
}

/** A professional income of a year is known: declared by the person, estimated, taxed ex officio or told by the tax office. */
export class IncomeRecorded {
  @IsInt() @Min(2008) @Max(2100) year!: number;
  /** Euros; negative for a loss (deficit). */
  @IsMoney() amount!: string;
  @IsIn(incomeKinds) kind!: IncomeKind;
  /** The door it came through: `net-entreprises`, `agent`, `portal`… */
  @IsCode() source!: string;
  @IsDay() declaredOn!: string;
  /** Id of the fact that this one corrects. */
  @Optional() @IsUuid() corrects?: string;
  /** With kind `ex-officio`: on what it was decided, one entry. */
  @Optional() @ListOf(() => ExOfficioGrounds, { min: 1, max: 1 }) grounds?: ExOfficioGrounds[];
}

/** What a micro-entrepreneur sells or does: the rates differ. */
export const activities = ['vente', 'services-commerciaux', 'services-artisanaux', 'bnc', 'bnc-cipav'] as const;

/** A micro-entrepreneur declared the turnover of a period in one activity; nil is declared too. */
export class TurnoverRecorded {
  /** `2016-05` or `2016-Q2`; the first of an activity reaches back to its start. Also the id of the instalment that it makes due. */
  @IsInstalmentId() period!: string;
  @IsIn(activities) activity!: (typeof activities)[number];
  @IsMoney() amount!: string;
  /** The door it came through: `portal`, `agent`… */
  @IsCode() source!: string;
  @IsDay() declaredOn!: string;
  /** Declared and paid by then. */
  @IsDay() dueOn!: string;
  /** Id of the fact that this one corrects. */
  @Optional() @IsUuid() corrects?: string;
}

/** One contribution of an assessment. */
export class AssessedLine {
  @IsCode() code!: string;
  @IsMoney() base!: string;
  @IsRate() rate!: string;
  /** Euros owed for the year. */
  @IsMoney() amount!: string;
}

/** What is owed for a contribution year, at one stage, by one version of the rules. */
export class Assessed {
  @IsInt() @Min(2008) @Max(2100) year!: number;
  @IsIn(stages) stage!: Stage;
  /** 1, 2, 3 … over all assessments of this year: the highest is in force. */
  @IsInt() @Min(1) version!: number;
  @ListOf(() => AssessedLine, { min: 1, max: 40 }) lines!: AssessedLine[];
  /** The income fact that it rests on; absent for a flat base. */
  @Optional() @IsUuid() incomeFact?: string;
  /** Version of the rules that priced it. */
  @IsLineOfText() rules!: string;
  /** The accounting day on which it was booked. */
  @IsDay() accountingDay!: string;
}

/** What one instalment asks for one contribution of one year. */
export class InstalmentLine {
  @IsInt() @Min(2008) @Max(2100) year!: number;
  @IsCode() code!: string;
  @IsPositiveMoney() amount!: string;
}

export class ScheduledInstalment {
  /** `2016-05` (monthly), `2016-Q2` (quarterly) or `2016-R1` (single): stable over the versions of the year's schedule. */
  @IsInstalmentId() id!: string;
  @IsDay() dueOn!: string;
  @IsIn(means) means!: Means;
  @ListOf(() => InstalmentLine, { max: 80 }) lines!: InstalmentLine[];
}

/** The calendar of a civil year's payments (echeancier valant avis d'appel). A new version replaces the whole of the former. */
export class ScheduleIssued {
  @IsInt() @Min(2008) @Max(2100) year!: number;
  /** 1, 2, 3 … over the schedules of this year: the highest is in force. */
  @IsInt() @Min(1) version!: number;
  /** Id of the schedule fact that this one replaces. */
  @Optional() @IsUuid() replaces?: string;
  @IsIn(periodicities) periodicity!: Periodicity;
  @ListOf(() => ScheduledInstalment, { max: 24 }) instalments!: ScheduledInstalment[];
}

/** What part of a payment paid which line (imputation). */
export class Allocation {
  @IsInstalmentId() instalment!: string;
  @IsInt() @Min(2008) @Max(2100) year!: number;
  @IsCode() code!: string;
  @IsPositiveMoney() amount!: string;
}

/** Money received was placed on the account: allocations and credit add up to the amount. */
export class PaymentPosted {
  @IsUuid() paymentId!: string;
  /** The partner's report of the same money, if it came that way. */
  @Optional() @IsUuid() reportedFact?: string;
  @IsPositiveMoney() amount!: string;
  /** The day the money was received: surcharges stop there, rights look at it. */
  @IsDay() valueOn!: string;
  @IsIn(means) means!: Means;
  @ListOf(() => Allocation, { max: 400 }) allocations!: Allocation[];
  /** What no debt took: shown as credit, never moved silently. */
  @IsMoney() credit!: string;
  @IsDay() accountingDay!: string;
}

/** Credit already on the account was placed on debts that fell later or changed; moves no money. */
export class CreditAllocated {
  @IsUuid() paymentId!: string;
  @ListOf(() => Allocation, { min: 1, max: 400 }) allocations!: Allocation[];
  @IsDay() accountingDay!: string;
}

/**
 * A payment had paid more than is owed now: the excess is taken back out of where it was placed and is credit of the account. Moves no money; what
 * was placed and what was taken back both stay told.
 */
export class AllocationReleased {
  @IsUuid() paymentId!: string;
  @ListOf(() => Allocation, { min: 1, max: 400 }) allocations!: Allocation[];
  @IsDay() accountingDay!: string;
}

/** A posted payment was undone (returned debit, unpaid cheque): its allocations are undone exactly. */
export class PaymentReversed {
  @IsUuid() paymentId!: string;
  /** The partner's report of the reversal, if it came that way. */
  @Optional() @IsUuid() reportedFact?: string;
  @IsLineOfText() reason!: string;
  @IsDay() accountingDay!: string;
}

/** What a refund takes of the credit of one payment. */
export class RefundPart {
  @IsUuid() paymentId!: string;
  @IsPositiveMoney() amount!: string;
}

/** Credit goes back to the person by a transfer: it is no credit any more (remboursement). */
export class RefundOrdered {
  @IsUuid() refundId!: string;
  /** The parts add up to it. */
  @IsPositiveMoney() amount!: string;
  @ListOf(() => RefundPart, { min: 1, max: 400 }) parts!: RefundPart[];
  /** The day on which the credit appeared. */
  @IsDay() creditSince!: string;
  /** The last day for the order to leave: a month after. */
  @IsDay() dueBy!: string;
  @IsDay() accountingDay!: string;
}

/** The transfer of a refund was carried out. */
export class RefundSettled {
  @IsUuid() refundId!: string;
  @IsDay() settledOn!: string;
  @IsDay() accountingDay!: string;
}

/** The transfer of a refund was refused or came back, before it was settled or after: the same credit of the same payments again. */
export class RefundReturned {
  @IsUuid() refundId!: string;
  /** The partner's word of it, if it came that way. */
  @Optional() @IsUuid() reportedFact?: string;
  @IsLineOfText() reason!: string;
  @IsDay() accountingDay!: string;
}

/** An accounting day was closed (on `flow/isu/accounting`). */
export class DayClosed {
  @IsDay() day!: string;
  @IsInt() @Min(0) transactions!: number;
  /** Sum of all movements of the day, in euros. */
  @IsMoney() total!: string;
  @IsDigest() digest!: string;
}

export const collectionFacts = {
  'collection.account-opened.v1': AccountOpened,
  'collection.income-recorded.v1': IncomeRecorded,
  'collection.turnover-recorded.v1': TurnoverRecorded,
  'collection.assessed.v1': Assessed,
  'collection.schedule-issued.v1': ScheduleIssued,
  'collection.payment-posted.v1': PaymentPosted,
  'collection.credit-allocated.v1': CreditAllocated,
  'collection.allocation-released.v1': AllocationReleased,
  'collection.payment-reversed.v1': PaymentReversed,
  'collection.refund-ordered.v1': RefundOrdered,
  'collection.refund-settled.v1': RefundSettled,
  'collection.refund-returned.v1': RefundReturned,
  ...surchargeFacts,
  ...debitFacts,
  'collection.day-closed.v1': DayClosed,
} as const;
