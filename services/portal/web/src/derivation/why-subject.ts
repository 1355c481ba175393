import type { Explained } from '../../../src/face/explanation.js';
import type { RestsOn } from '../../../src/face/my-account.js';

export type ExplainedLine = Explained['lines'][number];

/** What stands behind an amount. */
export type Why = WhyLine | WhyOwed | WhySum | WhySaid;

interface Asked {
  /** What the amount is, in a few words. */
  readonly title: string;
  readonly amount: string;
}

/** A contribution of a year: the law applied to what was declared. */
export interface WhyLine extends Asked {
  readonly kind: 'line';
  readonly line: ExplainedLine;
  readonly rules: string;
  /** Where each declared figure comes from; none in a simulation, where the person has just typed it. */
  readonly restsOn: readonly RestsOn[];
}

/** A contribution of a year, or an instalment's share of it, whose derivation is asked for only when somebody wants to see it. */
export interface WhyOwed extends Asked {
  readonly kind: 'owed';
  /** Where the assessments of the year are: `my`, `contributions/2016`; at the desk, those of the account that is open. */
  readonly area: string;
  readonly path: string;
  readonly year: number;
  readonly code: string;
  /** The day by whose evening the amount was known: explained by the version that was in force for us then. */
  readonly knownOn?: string;
}

/** An amount that others make up: what is added, and what is taken away with its sign. */
export interface WhySum extends Asked {
  readonly kind: 'sum';
  /** Why these terms and no others. */
  readonly remark?: string;
  readonly terms: readonly SumTerm[];
}

export interface SumTerm {
  readonly text: string;
  readonly amount: string;
  readonly why?: Why;
}

/** An amount that somebody told us: nothing to compute, a word to trace. */
export interface WhySaid extends Asked {
  readonly kind: 'said';
  readonly says: string;
  readonly traces: readonly { readonly name: string; readonly text: string }[];
}
