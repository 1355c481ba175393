import { Money } from '@isu/values';
import type { Breakdown } from './breakdown.js';
import type { LineCode } from './owed.js';
import { PricingRefusal } from './refusal.js';

/** Régularisation: what a new pricing of the same year changes, line by line; positive is to pay, negative to refund. */
export interface Adjustment {
  readonly year: number;
  readonly lines: readonly AdjustedLine[];
  readonly total: Money;
}

export interface AdjustedLine {
  readonly code: LineCode;
  readonly before: Money;
  readonly after: Money;
  readonly difference: Money;
}

/** Refuses two different years: an adjustment settles one contribution year. A line that only one side has counts zero on the other. */
export function adjust(before: Breakdown, after: Breakdown): Adjustment {
  if (before.year !== after.year) {
    throw new PricingRefusal('adjustment-across-years', {
      field: 'year',
      detail: 'Une régularisation compare deux calculs de la même année.',
      accepted: 'deux calculs de la même année de cotisation',
    });
  }
  const codes = new Set([...before.lines, ...after.lines].map(({ code }) => code));
  const lines = [...codes].map((code) => adjustedLine(code, amountOf(before, code), amountOf(after, code)));
  return { year: after.year, lines, total: after.total.minus(before.total) };
}

const adjustedLine = (code: LineCode, before: Money, after: Money): AdjustedLine => ({
  code,
  before,
  after,
  difference: after.minus(before),
});

const amountOf = (breakdown: Breakdown, wanted: LineCode): Money =>
  breakdown.lines.find(({ code }) => code === wanted)?.amount ?? Money.zero;
