import { Money, Rate } from '@isu/values';
import { derivationOf } from './derivation.js';
import type { Derivation } from './derivation.js';
import type { LineCode, Owed, ReliefCode } from './owed.js';
import type { Situation, Status } from './situation.js';

/** Serialises as it stands: `JSON.stringify` writes money and rates as their canonical texts. */
export interface Breakdown {
  readonly year: number;
  readonly status: Status;
  readonly lines: readonly Line[];
  /** The sum of the rounded lines. */
  readonly total: Money;
  /** Version of the rules that priced, `2016.1`. */
  readonly rules: string;
}

export interface Line {
  readonly code: LineCode;
  /** What the contribution bears on, after its floor and its cap. */
  readonly base: Money;
  /** The rate of the line; where several rates bear on several parts, the mean rate rounded to 0.01 point, and `parts` is exact. */
  readonly rate: Rate;
  readonly amount: Money;
  readonly parts?: readonly Part[];
  /** Why the amount is not what base and rate alone would give. */
  readonly reason?: string;
  /** What an exemption has taken off; `amount` is what remains due. */
  readonly relief?: { readonly code: ReliefCode; readonly amount: Money };
  readonly derivation?: Derivation;
}

export interface Part {
  readonly base: Money;
  readonly rate: Rate;
}

export interface ExplainedLine extends Line {
  readonly derivation: Derivation;
}

export interface ExplainedBreakdown extends Breakdown {
  readonly lines: readonly ExplainedLine[];
}

export function breakdownOf(
  situation: Situation,
  owed: readonly Owed[],
  { version, derivation }: { version: string; derivation: boolean },
): Breakdown {
  const lines = owed.map((line) => (derivation ? Object.assign(lineOf(line), { derivation: derivationOf(line) }) : lineOf(line)));
  return { year: situation.year, status: situation.status, lines, total: Money.sum(lines.map(({ amount }) => amount)), rules: version };
}

const step = Rate.of('0.0001');

function lineOf(owed: Owed): Line {
  if (owed.relief === null) return dueLine(owed, owed.amount);
  const { code, amount } = owed.relief;
  return { ...dueLine(owed, owed.amount.plus(amount)), amount: owed.amount, relief: { code, amount } };
}

function dueLine({ rule: { code }, base: { amount: base }, bearings, reason }: Owed, amount: Money): Line {
  const [only] = bearings;
  const rate = only?.rate.value ?? Rate.zero;
  if (bearings.length < 2) return reason === null ? { code, base, rate, amount } : { code, base, rate, amount, reason };
  const parts = bearings.map((bearing) => ({ base: bearing.base.amount, rate: bearing.rate.value }));
  const mean = base.isZero ? Rate.zero : Rate.between(amount, base).roundedTo(step);
  return { code, base, rate: mean, amount, parts };
}
