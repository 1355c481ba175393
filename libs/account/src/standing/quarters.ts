import { Money } from '@isu/values';
import type { Assessment } from '../book/assessments.js';
import type { Book } from '../book/book.js';
import type { Reason } from './reasons.js';

/** `in-transit` and `awaiting` stand beside `unpaid` or `partly-paid` when what is missing may exist and not be here yet. */
export type QuarterCode = 'paid' | 'partly-paid' | 'unpaid' | 'in-transit' | 'awaiting';

/** The pension quarters of one contribution year, with the figures they come from (I6). */
export interface YearQuarters {
  readonly year: number;
  /** If the year's pension line were wholly paid. */
  readonly possible: number;
  readonly validated: number;
  readonly because: readonly QuarterCode[];
  readonly base: string;
  readonly quarterIncome: string;
  readonly called: string;
  readonly paid: string;
}

const pensionCode = 'retraite-base';
const quartersOfAYear = 4;

/**
 * CSS, art. R. 351-9 and D. 634-1: income credited = base × paid / due of the basic pension line, divided by the income of
 * one quarter, at most four. Only cash received counts; a part paid credits its part. One entry for each year assessed with that line.
 */
export function quartersOf(book: Book, doubts: readonly Reason[], quarterIncome: (year: number) => Money): YearQuarters[] {
  return book.assessments
    .filter((assessment) => assessment.state === 'in-force')
    .flatMap((assessment) => {
      const base = pensionBase(assessment);
      return base === null ? [] : [yearQuarters(book, assessment.year, { base, unit: quarterIncome(assessment.year) }, doubts)];
    });
}

/** The line's base; of several lines on the pension (below and above a ceiling), the widest. */
function pensionBase(assessment: Assessment): Money | null {
  const bases = assessment.lines.filter((line) => line.code === pensionCode).map((line) => Money.of(line.base));
  return bases.length === 0 ? null : bases.reduce((a, b) => Money.max(a, b));
}

function yearQuarters(book: Book, year: number, { base, unit }: { base: Money; unit: Money }, doubts: readonly Reason[]): YearQuarters {
  const line = book.periods.find((period) => period.year === year)?.lines.find(({ code }) => code === pensionCode);
  const called = Money.of(line?.called ?? '0');
  const paid = Money.of(line?.paid ?? '0');
  const possible = quartersFor(base, unit, { paid: called, called });
  const validated = Math.min(possible, quartersFor(base, unit, { paid, called }));
  return {
    year,
    possible,
    validated,
    because: [stateOf(paid, called), ...(validated < possible ? awaitedOf(doubts) : [])],
    base: base.toString(),
    quarterIncome: unit.toString(),
    called: called.toString(),
    paid: paid.toString(),
  };
}

/** Exact: (base × paid / called) / unit, rounded down once, in whole cents too large for a number. A line that asks nothing is paid. */
function quartersFor(base: Money, unit: Money, { paid, called }: { paid: Money; called: Money }): number {
  if (!base.isPositive) return 0;
  if (!called.isPositive) return Math.min(quartersOfAYear, Math.floor(base.cents / unit.cents));
  if (!paid.isPositive) return 0;
  const quarters = (BigInt(base.cents) * BigInt(Money.min(paid, called).cents)) / (BigInt(called.cents) * BigInt(unit.cents));
  return Math.min(quartersOfAYear, Number(quarters));
}

function stateOf(paid: Money, called: Money): QuarterCode {
  if (paid.atLeast(called)) return 'paid';
  return paid.isPositive ? 'partly-paid' : 'unpaid';
}

function awaitedOf(doubts: readonly Reason[]): QuarterCode[] {
  if (doubts.length === 0) return [];
  return doubts.some(({ code }) => code === 'payment-in-transit') ? ['in-transit', 'awaiting'] : ['awaiting'];
}
