import { Money } from '@isu/values';
import type { Dated, Known } from './dated.js';
import { borne } from './scale.js';
import type { Base, Bearing, Figure } from './scale.js';

/** The codes of the lines, as services, partners and people see them. */
export const lineCodes = [
  'maladie',
  'indemnites-journalieres',
  'allocations-familiales',
  'retraite-base',
  'retraite-complementaire',
  'invalidite-deces',
  'csg-crds',
  'cfp',
  'curps',
  'micro-social',
  'versement-liberatoire',
] as const;

export type LineCode = (typeof lineCodes)[number];

/** What identifies a text of the law, and everything of it that may change: `docs/law.md` is generated from these. */
export interface Text {
  /** The file of the rule, without its extension. */
  readonly id: string;
  readonly title: string;
  readonly law: string;
  readonly parameters: readonly Dated<unknown>[];
  /** What the texts at hand leave open, and the default taken. */
  readonly unsure: readonly string[];
}

/** A text that makes a line of its own. */
export interface Rule extends Text {
  readonly code: LineCode;
}

/** How an amount divides, where a text divides it: the parts add up to the amount. */
export interface Division {
  readonly parts: readonly Share[];
  readonly uses: readonly Known<unknown>[];
}

export interface Share {
  readonly label: string;
  readonly amount: Money;
}

/** ACCRE and ACRE, or the start of an activity overseas. */
export type ReliefCode = 'acre' | 'outre-mer';

/** What an exemption takes off a line: told apart from it, never hidden in a rate. */
export interface Relief {
  readonly code: ReliefCode;
  readonly amount: Money;
  readonly label: string;
  readonly expression: () => string;
  readonly uses: readonly Known<unknown>[];
}

/** A line as its rule leaves it: amount and derivation are two readings of the same bearings. */
export interface Owed {
  readonly rule: Rule;
  /** The base printed on the line: after the floor, and after the cap beyond which nothing bears. */
  readonly base: Base;
  readonly bearings: readonly Bearing[];
  /** A contribution may be capped itself, rather than its base. */
  readonly ceiling: Figure | null;
  /** Why the line is what it is, where the arithmetic alone would surprise. */
  readonly reason: string | null;
  /** Worked out only with the derivation. */
  readonly shares: ((line: Owed) => Division) | null;
  /** What an exemption has taken off, `amount` being what remains due. */
  readonly relief: Relief | null;
  /** Each part is rounded, rather than their sum: pensions of the liberal professions. */
  readonly partsRounded: boolean;
  readonly amount: Money;
}

/**
 * Closes a line: the one place where a contribution is rounded, to the nearest euro, half up. Totals add the rounded lines:
 * the published totals of 2016 (12 087, 3 234) and 2017 (3 102, 4 405) come out exactly so, and in no other way.
 */
export function owed(
  rule: Rule,
  base: Base,
  bearings: readonly Bearing[],
  more: Partial<Pick<Owed, 'ceiling' | 'reason' | 'shares'>> = {},
): Owed {
  const rounded = borne(bearings).roundedToEuro();
  const { ceiling = null, reason = null, shares = null } = more;
  const amount = ceiling ? Money.min(rounded, ceiling.amount) : rounded;
  return { rule, base, bearings, ceiling, reason, shares, relief: null, partsRounded: false, amount };
}

/** A line whose parts are called apart, each rounded to the nearest euro: 365 and 83 make the 448 € that the CIPAV publishes for 2016. */
export function owedByParts(rule: Rule, base: Base, bearings: readonly Bearing[]): Owed {
  const amount = Money.sum(bearings.map((bearing) => borne([bearing]).roundedToEuro()));
  return { rule, base, bearings, ceiling: null, reason: null, shares: null, relief: null, partsRounded: true, amount };
}

/** The line less an exemption: two rounded amounts, so that what was due, what is relieved and what remains add up. */
export const withRelief = (line: Owed, relief: Relief): Owed => ({ ...line, relief, amount: line.amount.minus(relief.amount) });
