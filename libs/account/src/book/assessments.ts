import { Money } from '@isu/values';
import type { Stage } from '@isu/contracts';
import { Tally } from '../tally.js';
import type { TakenFacts } from '../taken-facts.js';
import { euros, sumOf } from './euros.js';
import { versionsOf, type VersionState } from './versions.js';

/** What is owed for a contribution year, at one stage. Replaced versions stay: the movements are their differences. */
export interface Assessment {
  readonly fact: string;
  readonly year: number;
  readonly stage: Stage;
  readonly version: number;
  readonly rules: string;
  readonly incomeFact: string | null;
  readonly accountingDay: string;
  readonly total: string;
  readonly lines: readonly AssessmentLine[];
  readonly state: VersionState;
}

export interface AssessmentLine {
  readonly code: string;
  readonly base: string;
  readonly rate: string;
  readonly amount: string;
}

/** By year, version. */
export function assessmentsOf(taken: TakenFacts): Assessment[] {
  return versionsOf(taken.ofType('collection.assessed.v1')).map(({ fact: { id, data }, state }) => ({
    fact: id,
    year: data.year,
    stage: data.stage,
    version: data.version,
    rules: data.rules,
    incomeFact: data.incomeFact ?? null,
    accountingDay: data.accountingDay,
    total: sumOf(data.lines.map((line) => line.amount)).toString(),
    lines: data.lines.map(({ code, base, rate, amount }) => ({ code, base: euros(base), rate, amount: euros(amount) })),
    state,
  }));
}

/** What an assessment calls, by contribution; several lines of one code add up, at the place of the first. */
export function calledByCode(assessment: Assessment | undefined): Tally {
  const called = new Tally();
  for (const { code, amount } of assessment?.lines ?? []) called.add(code, Money.of(amount));
  return called;
}
