import { Money, Rate } from '@isu/values';
import type { ExactAmount, UnroundedMoney } from '@isu/values';
import type { Known } from './dated.js';
import { keptFor } from './kept.js';

/** An amount that the law fixes (PASS, floor, threshold), and how to say where it comes from. Wording is made when asked. */
export interface Figure<Amount extends ExactAmount = Money> {
  readonly amount: Amount;
  readonly label: () => string;
  readonly expression: () => string;
  readonly uses: readonly Known<unknown>[];
}

/** What a contribution bears on, kept with the steps that led to it: the derivation is read off the very data that was priced. */
export type Base =
  | { readonly kind: 'declared'; readonly amount: Money; readonly fact: DeclaredFact; readonly declared: Money }
  | { readonly kind: 'fixed'; readonly amount: Money; readonly figure: Figure }
  | { readonly kind: 'floored'; readonly amount: Money; readonly of: Base; readonly floor: Figure; readonly met: boolean }
  | { readonly kind: 'capped'; readonly amount: Money; readonly of: Base; readonly cap: Figure; readonly met: boolean }
  | { readonly kind: 'excess'; readonly amount: Money; readonly of: Base; readonly threshold: Figure }
  | { readonly kind: 'abated'; readonly amount: Money; readonly fact: DeclaredFact; readonly declared: Money; readonly abatement: Figure }
  | { readonly kind: 'portion'; readonly amount: Money; readonly of: Base; readonly share: Known<Rate>; readonly isRest: boolean }
  | { readonly kind: 'sum'; readonly amount: Money; readonly terms: readonly SumTerm[] };

export type DeclaredFact = 'income' | 'grossIncome' | 'turnover' | 'declaredPensionContributions' | 'conventionedIncome';

export interface SumTerm {
  /** The declared fact, or nothing for a line already priced. */
  readonly fact?: DeclaredFact;
  readonly label: string;
  readonly amount: Money;
  /** Where the amount is itself worked out for this sum alone. */
  readonly expression?: () => string;
}

export type AppliedRate =
  | { readonly kind: 'known'; readonly value: Rate; readonly known: Known<Rate> }
  | { readonly kind: 'together'; readonly value: Rate; readonly terms: readonly Known<Rate>[] }
  | ({ readonly kind: 'straight-line'; readonly value: Rate } & StraightLine)
  | { readonly kind: 'reduced'; readonly value: Rate; readonly share: Rate; readonly why: string; readonly uses: readonly Known<unknown>[] }
  | { readonly kind: 'nil'; readonly value: Rate; readonly uses: readonly Known<unknown>[] };

export interface StraightLine {
  readonly base: Base;
  readonly low: ScalePoint;
  readonly high: ScalePoint;
  readonly scale: RateScale;
}

/** Rates given at some incomes, in a straight line in between; the rate so found bears on the whole base. */
export interface RateScale {
  readonly points: readonly [ScalePoint, ...ScalePoint[]];
  readonly step: Known<Rate>;
  readonly uses: readonly Known<unknown>[];
}

export interface ScalePoint {
  readonly at: Figure<UnroundedMoney>;
  readonly rate: Rate;
}

/** A rate on a base; a line is a sum of these, rounded once. */
export interface Bearing {
  readonly base: Base;
  readonly rate: AppliedRate;
}

/** The declared amount, a loss counting for nothing: R+ = max(0, R). */
export const declared = (fact: DeclaredFact, amount: Money): Base => ({
  kind: 'declared',
  amount: amount.isNegative ? Money.zero : amount,
  fact,
  declared: amount,
});

export const fixed = (figure: Figure): Base => ({ kind: 'fixed', amount: figure.amount, figure });

export function atLeast(base: Base, floor: Figure): Base {
  const met = !base.amount.atLeast(floor.amount);
  return { kind: 'floored', amount: met ? floor.amount : base.amount, of: base, floor, met };
}

export function upTo(base: Base, cap: Figure): Base {
  const met = !base.amount.atMost(cap.amount);
  return { kind: 'capped', amount: met ? cap.amount : base.amount, of: base, cap, met };
}

/** The part above a threshold, nil below it. */
export function above(base: Base, threshold: Figure): Base {
  const amount = base.amount.atMost(threshold.amount) ? Money.zero : base.amount.minus(threshold.amount);
  return { kind: 'excess', amount, of: base, threshold };
}

/** The declared amount less an abatement, never below zero. */
export function abated(fact: DeclaredFact, amount: Money, abatement: Figure): Base {
  const rest = amount.minus(abatement.amount);
  return { kind: 'abated', amount: rest.isNegative ? Money.zero : rest, fact, declared: amount, abatement };
}

/** A share of a base, to the nearest euro. */
export const portionOf = (base: Base, share: Known<Rate>): Base => ({
  kind: 'portion',
  amount: base.amount.times(share.value).roundedToEuro(),
  of: base,
  share,
  isRest: false,
});

/** What is left of a base once that share is taken: the two add up. */
export const withoutPortion = (base: Base, share: Known<Rate>): Base => ({
  kind: 'portion',
  amount: base.amount.minus(base.amount.times(share.value).roundedToEuro()),
  of: base,
  share,
  isRest: true,
});

/** A sum that cannot fall below zero. */
export function sumOf(terms: readonly SumTerm[]): Base {
  const sum = terms.reduce((total, term) => total.plus(term.amount), Money.zero);
  return { kind: 'sum', amount: sum.isNegative ? Money.zero : sum, terms };
}

export const single = (known: Known<Rate>): AppliedRate => ({ kind: 'known', value: known.value, known });

/** Several rates on one and the same base. */
export const together = (terms: readonly Known<Rate>[]): AppliedRate => ({
  kind: 'together',
  value: terms.reduce((total, term) => total.plus(term.value), Rate.zero),
  terms,
});

export const nil = (uses: readonly Known<unknown>[]): AppliedRate => ({ kind: 'nil', value: Rate.zero, uses });

/**
 * The rate a scale gives for a base: that of the first point up to it, of the last one from it on, a straight line in
 * between, rounded to the step of the scale before use.
 */
export function rateOn(base: Base, scale: RateScale): AppliedRate {
  let low = scale.points[0];
  for (const high of scale.points) {
    if (base.amount.atMost(high.at.amount)) return low === high ? reached(base, high, scale) : between(base, low, high, scale);
    low = high;
  }
  return reached(base, low, scale);
}

const reached = (base: Base, point: ScalePoint, scale: RateScale): AppliedRate => ({
  kind: 'straight-line',
  value: point.rate,
  base,
  low: point,
  high: point,
  scale,
});

function between(base: Base, low: ScalePoint, high: ScalePoint, scale: RateScale): AppliedRate {
  const way = Rate.between(base.amount.unrounded().minus(low.at.amount), high.at.amount.minus(low.at.amount));
  const value = low.rate.plus(high.rate.minus(low.rate).times(way)).roundedTo(scale.step.value);
  return { kind: 'straight-line', value, base, low, high, scale };
}

/** A rate as the expression of a derivation writes it; a quotient without end keeps its two terms. */
export const numeral = keptFor((rate: Rate): string => {
  const text = rate.toString();
  return text.includes('/') ? `(${text})` : text;
});

/** What the bearings come to, unrounded. */
export function borne(bearings: readonly Bearing[]): UnroundedMoney {
  let total: UnroundedMoney | undefined;
  for (const { base, rate } of bearings) {
    const part = base.amount.times(rate.value);
    total = total ? total.plus(part) : part;
  }
  return total ?? Money.zero.times(Rate.zero);
}
