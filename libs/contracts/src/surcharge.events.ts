import { IsIn, IsInt, Matches, Max, Min } from 'class-validator';
import { authors, type Author } from './envelope.js';
import { IsDay, IsInstalmentId, IsLineOfText, IsPositiveMoney, IsRate, ListOf, Optional, streamPattern } from './fields.js';

/** The two surcharges for lateness (majorations de retard, CSS R. 243-18): of the due date, and of each month begun since. Codes of allocations too. */
export const surchargeCodes = { initial: 'majoration-initiale', monthly: 'majoration-mensuelle' } as const;
export type SurchargeCode = (typeof surchargeCodes)[keyof typeof surchargeCodes];
const surchargeCodeList = Object.values(surchargeCodes);

/** A surcharge on what a due date left unpaid for one contribution year: base × rate × months, to the cent. */
export class ChargedSurcharge {
  @IsInstalmentId() instalment!: string;
  @IsInt() @Min(2008) @Max(2100) year!: number;
  @IsIn(surchargeCodeList) code!: SurchargeCode;
  /** What was unpaid. */
  @IsPositiveMoney() base!: string;
  @IsRate() rate!: string;
  /** Months begun; 1 for the surcharge of the due date. */
  @IsInt() @Min(1) months!: number;
  /** The day on which the first of these months begins; the due date for the other. */
  @IsDay() from!: string;
  @IsPositiveMoney() amount!: string;
}

/** How far a decision knew a stream, of one author: with the others that it names, the vector that it rests on (I5). */
export class KnownThrough {
  @Matches(streamPattern) stream!: string;
  @IsIn(authors) author!: Author;
  @IsInt() @Min(1) seq!: number;
}

/** Surcharges for lateness were notified: what had accrued by law up to a day, and had not been charged before. */
export class SurchargeCharged {
  @ListOf(() => ChargedSurcharge, { min: 1, max: 400 }) lines!: ChargedSurcharge[];
  /** Counted up to that day. */
  @IsDay() through!: string;
  @IsDay() accountingDay!: string;
  /** Of the account, and of the payment flows that had told all by then. */
  @Optional() @ListOf(() => KnownThrough, { min: 1, max: 64 }) restsOn?: KnownThrough[];
}

/** What is taken off a surcharge. */
export class SurchargePart {
  @IsInstalmentId() instalment!: string;
  @IsInt() @Min(2008) @Max(2100) year!: number;
  @IsIn(surchargeCodeList) code!: SurchargeCode;
  @IsPositiveMoney() amount!: string;
}

/** Surcharges were never owed: the money had been received before, or the fault was ours. */
export class SurchargeCancelled {
  @ListOf(() => SurchargePart, { min: 1, max: 400 }) lines!: SurchargePart[];
  @IsLineOfText() reason!: string;
  @IsDay() accountingDay!: string;
}

/** By rule (CSS R. 243-19-1), by the director, or by the amicable board above its threshold (CSS R. 243-20). */
export const remissionGrounds = ['automatic', 'director', 'board'] as const;
export type RemissionGround = (typeof remissionGrounds)[number];

/** Surcharges that were owed were given up (remise). */
export class SurchargeRemitted {
  @ListOf(() => SurchargePart, { min: 1, max: 400 }) lines!: SurchargePart[];
  @IsIn(remissionGrounds) ground!: RemissionGround;
  @IsDay() accountingDay!: string;
}

export const surchargeFacts = {
  'collection.surcharge-charged.v1': SurchargeCharged,
  'collection.surcharge-cancelled.v1': SurchargeCancelled,
  'collection.surcharge-remitted.v1': SurchargeRemitted,
} as const;
