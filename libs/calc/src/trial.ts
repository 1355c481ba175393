import { Day, InvalidValue, Money, Rate } from '@isu/values';
import type { Dated, Known } from './dated.js';
import { refuse } from './fields.js';

/**
 * A value that the law might take, from a day on: `{ parameter: 'maladie.taux', from: '2016-01-01', value: '0.067' }`. Written as a
 * derivation prints it: a scale by its knots (`0:0.03 0.7:0.065`), several rates apart by blanks; `null` where a rule may end.
 */
export interface TrialValue {
  readonly parameter: string;
  readonly from: string;
  readonly value: string | null;
}

/** The values of a law that is not in force, and the figures worked out from them. */
export class Trial {
  private readonly figures = new Map<unknown, Map<number, unknown>>();

  private constructor(private readonly values: ReadonlyMap<string, readonly Known<unknown>[]>) {}

  /** Refuses a parameter that the law does not have, a value that is not of its kind, a day before its first one. */
  static of(changes: readonly TrialValue[], parameters: readonly Dated<unknown>[]): Trial {
    const values = new Map<string, Known<unknown>[]>();
    for (const { parameter, from, value } of changes) {
      const entries = parameters.find(({ name }) => name === parameter)?.entries ?? [];
      const known = readDay(from) && entries.findLast((entry) => entry.from <= from);
      if (!known)
        throw refuse('bad-value', 'parameter', 'Ce paramètre n’existe pas à cette date.', parameters.map(({ name }) => name).join(', '));
      const samples = entries.map((entry) => entry.value);
      const tried: Known<unknown> = { ...known, from, value: valueLike(samples, value), source: 'répétition d’une règle' };
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

function readDay(text: string): Day {
  try {
    return Day.of(text);
  } catch (error) {
    if (error instanceof InvalidValue) throw refuse('bad-value', 'from', 'Ce jour n’est pas bien écrit.', error.accepted);
    throw error;
  }
}

/** Of the same kind as the values that the parameter has had. */
function valueLike(samples: readonly unknown[], text: string | null): unknown {
  if (text === null && samples.includes(null)) return null;
  const sample = samples.find((value) => value !== null);
  try {
    if (text !== null) return readLike(sample, text, samples);
  } catch (error) {
    if (!(error instanceof InvalidValue)) throw error;
  }
  throw refuse('bad-value', 'value', 'Cette valeur ne peut pas être essayée.', acceptedFor(sample, samples));
}

function readLike(sample: unknown, text: string, samples: readonly unknown[]): unknown {
  if (sample instanceof Rate) return Rate.of(text);
  if (sample instanceof Money) return Money.of(text);
  if (typeof sample === 'number' && /^\d{1,6}$/.test(text)) return Number(text);
  if (typeof sample === 'string' && samples.includes(text)) return text;
  if (Array.isArray(sample)) return listLike(sample[0], text.trim().split(/\s+/));
  throw unreadable(sample, samples);
}

/** Knots of a scale, in the order of their incomes, or rates one after the other. */
function listLike(sample: unknown, pieces: readonly string[]): unknown {
  if (sample instanceof Rate) return pieces.map((piece) => Rate.of(piece));
  const isScale = typeof sample === 'object' && sample !== null && 'pass' in sample;
  if (!isScale || !pieces.every((piece) => /^[\d./]+:[\d./]+$/.test(piece))) throw unreadable(sample, []);
  const knots = pieces.map((piece) => {
    const [pass = '', rate = ''] = piece.split(':');
    return { pass: Rate.of(pass), rate: Rate.of(rate) };
  });
  const isRising = knots.every(({ pass }, i) => i === 0 || !pass.atMost(knots[i - 1]?.pass ?? Rate.zero));
  if (!isRising) throw unreadable(sample, []);
  return knots;
}

const unreadable = (sample: unknown, samples: readonly unknown[]) =>
  refuse('bad-value', 'value', 'Cette valeur ne peut pas être essayée.', acceptedFor(sample, samples));

function acceptedFor(sample: unknown, samples: readonly unknown[]): string {
  if (typeof sample === 'string') return [...new Set(samples)].map((value) => `« ${String(value)} »`).join(', ');
  if (Array.isArray(sample) || (typeof sample === 'object' && sample !== null && 'pass' in sample)) {
    return 'des taux séparés par des blancs, ou des points « part du PASS:taux » dans l’ordre des revenus, par exemple "0:0.03 0.7:0.065"';
  }
  return 'un taux, un montant ou un nombre entier, en chiffres entre guillemets';
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
