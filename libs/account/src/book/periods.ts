import { Money } from '@isu/values';
import type { Stage } from '@isu/contracts';
import { Tally } from '../tally.js';
import { calledByCode, type Assessment } from './assessments.js';
import { sumOf } from './euros.js';
import type { Placement } from './money-received.js';
import { isSurcharge, type SurchargeOwed } from './surcharges.js';

/** A contribution year: what is called, what is paid of it, contribution by contribution (F17). */
export interface Period {
  readonly year: number;
  /** Null when money was placed on a year that has no assessment. */
  readonly stage: Stage | null;
  readonly called: string;
  readonly paid: string;
  readonly remaining: string;
  readonly lines: readonly PeriodLine[];
  /** For lateness, on this year's contributions; in none of the figures above. */
  readonly surcharges: PeriodSurcharges;
}

/** `called`: charged, less what was cancelled and remitted. */
export interface PeriodSurcharges {
  readonly called: string;
  readonly paid: string;
  readonly remaining: string;
}

export interface PeriodLine {
  readonly code: string;
  readonly called: string;
  readonly paid: string;
  /** Negative when too much was paid. */
  readonly remaining: string;
}

interface OnPeriods {
  readonly placements: readonly Placement[];
  readonly surcharges: readonly SurchargeOwed[];
}

/** By year: each year with an assessment in force, with money placed on it, or with a surcharge. */
export function periodsOf(assessments: readonly Assessment[], { placements, surcharges }: OnPeriods): Period[] {
  const inForce = new Map(assessments.filter(({ state }) => state === 'in-force').map((assessment) => [assessment.year, assessment]));
  const paidByYear = new Map<number, Tally>();
  for (const placement of placements) {
    if (isSurcharge(placement)) continue;
    const { year, code, amount } = placement;
    const paid = paidByYear.get(year) ?? new Tally();
    paidByYear.set(year, paid.add(code, amount));
  }
  const years = [...new Set([...inForce.keys(), ...paidByYear.keys(), ...surcharges.map(({ year }) => year)])].sort((a, b) => a - b);
  return years.map((year) => ({
    ...periodOf(year, inForce.get(year), paidByYear.get(year) ?? new Tally()),
    surcharges: surchargesOfYear(surcharges.filter((surcharge) => surcharge.year === year)),
  }));
}

/** The codes of the assessment in its order, then the others that were paid, by code. */
function periodOf(year: number, assessment: Assessment | undefined, paid: Tally): Omit<Period, 'surcharges'> {
  const called = calledByCode(assessment);
  const assessed = new Set(called.keys);
  const codes = [...assessed, ...paid.keys.filter((code) => !assessed.has(code)).sort()];
  const totalCalled = Money.sum(codes.map((code) => called.of(code)));
  const totalPaid = Money.sum(codes.map((code) => paid.of(code)));
  return {
    year,
    stage: assessment?.stage ?? null,
    called: totalCalled.toString(),
    paid: totalPaid.toString(),
    remaining: totalCalled.minus(totalPaid).toString(),
    lines: codes.map((code) => ({
      code,
      called: called.of(code).toString(),
      paid: paid.of(code).toString(),
      remaining: called.of(code).minus(paid.of(code)).toString(),
    })),
  };
}

function surchargesOfYear(surcharges: readonly SurchargeOwed[]): PeriodSurcharges {
  const paid = sumOf(surcharges.map((surcharge) => surcharge.paid));
  const remaining = sumOf(surcharges.map((surcharge) => surcharge.remaining));
  return { called: remaining.plus(paid).toString(), paid: paid.toString(), remaining: remaining.toString() };
}
