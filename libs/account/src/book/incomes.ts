import type { IncomeKind } from '@isu/contracts';
import type { TakenFacts } from '../taken-facts.js';
import { euros } from './euros.js';

/** A professional income of a year as collection recorded it. A corrected one stays, for history can be asked (I7). */
export interface Income {
  readonly fact: string;
  readonly year: number;
  readonly kind: IncomeKind;
  /** Negative for a loss. */
  readonly amount: string;
  readonly source: string;
  readonly declaredOn: string;
  readonly corrects: string | null;
  readonly state: 'in-force' | 'corrected';
}

/** By seq. Only a later fact corrects: a fact that names a later one, or itself, corrects nothing. */
export function incomesOf(taken: TakenFacts): Income[] {
  const facts = taken.ofType('collection.income-recorded.v1');
  const lastCorrection = new Map(facts.map(({ data, seq }) => [data.corrects, seq]));
  return facts.map(({ id, seq, data }) => ({
    fact: id,
    year: data.year,
    kind: data.kind,
    amount: euros(data.amount),
    source: data.source,
    declaredOn: data.declaredOn,
    corrects: data.corrects ?? null,
    state: (lastCorrection.get(id) ?? 0) > seq ? 'corrected' : 'in-force',
  }));
}
