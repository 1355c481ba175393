import { Money, Rate } from '@isu/values';
import type { Day } from '@isu/values';
import type { Dated, Known } from './dated.js';
import { refuse } from './fields.js';

/** A value that the law might take, from a day on: `{ parameter: 'maladie.taux', from: '2016-01-01', value: '0.067' }`. */
export interface TrialValue {
  readonly parameter: string;
  readonly from: string;
  readonly value: string;
}

/** The values of a law that is not in force, and the figures worked out from them. */
export class Trial {
  private readonly figures = new Map<unknown, Map<number, unknown>>();

  private constructor(private readonly values: ReadonlyMap<string, readonly Known<unknown>[]>) {}

  /** Refuses a parameter that the law does not have, a value that is not of its kind, a day before its first one. */
  static of(changes: readonly TrialValue[], parameters: readonly Dated<unknown>[]): Trial {
    const values = new Map<string, Known<unknown>[]>();
    for (const { parameter, from, value } of changes) {
      const known = parameters.find(({ name }) => name === parameter)?.entries.findLast((entry) => entry.from <= from);
      if (!known)
        throw refuse('bad-value', 'parameter', 'Ce paramètre n’existe pas à cette date.', parameters.map(({ name }) => name).join(', '));
      const tried: Known<unknown> = { ...known, from, value: valueLike(known.value, value), source: 'répétition d’une règle' };
      values.set(
        parameter,
        [...(values.get(parameter) ?? []), tried].sort((a, b) => (a.from < b.from ? -1 : 1)),
      );
    }
    return new Trial(values);
  }

  /** The value tried on that day, when it replaces the one in force: one that the law itself changes later holds no longer. */
  valueOn<T>(inForce: Known<T>, day: Day): Known<T> {
    const tried = this.values.get(inForce.name)?.findLast(({ from }) => from <= day.iso && from >= inForce.from);
    return (tried as Known<T> | undefined) ?? inForce;
  }

  figuresOf(build: unknown): Map<number, unknown> {
    const known = this.figures.get(build) ?? new Map<number, unknown>();
    this.figures.set(build, known);
    return known;
  }
}

function valueLike(known: unknown, value: string): unknown {
  if (known instanceof Rate) return Rate.of(value);
  if (known instanceof Money) return Money.of(value);
  if (typeof known === 'number' && /^\d{1,6}$/.test(value)) return Number(value);
  throw refuse('bad-value', 'value', 'Cette valeur ne peut pas être essayée.', 'un taux, un montant ou un nombre entier, en chiffres');
}

let current: Trial | null = null;

/** The law that is being tried, or nothing. Set only while `under` runs: whoever prices outside reads the law in force. */
export const trialUnderWay = (): Trial | null => current;

/** Runs a pricing under the values of a trial. Synchronous: nothing else can run, and so read them, in between. */
export function under<T>(trial: Trial, work: () => T): T {
  const outer = current;
  current = trial;
  try {
    return work();
  } finally {
    current = outer;
  }
}
