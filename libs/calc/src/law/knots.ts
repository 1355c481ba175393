import { Rate } from '@isu/values';
import type { Known } from '../dated.js';
import type { RateScale, ScalePoint } from '../scale.js';
import type { Term } from '../situation.js';
import { pass, passThreshold } from './pass.js';
import { rateStep } from './rate-step.js';

/** The knots of a scale as the decrees give them: shares of the PASS, and the rate due at each. */
export type Knots = readonly [Knot, ...Knot[]];

interface Knot {
  readonly pass: Rate;
  readonly rate: Rate;
}

export const knot = (passPercent: string, rate: Rate): Knot => ({ pass: Rate.percent(passPercent), rate });

export function scaleOf(knots: Known<Knots>, term: Term): RateScale {
  const toPoint = ({ pass: share, rate }: Knot): ScalePoint => ({ at: passThreshold(share, term), rate });
  const [first, ...others] = knots.value;
  return { points: [toPoint(first), ...others.map(toPoint)], step: rateStep.on(term.lawOn), uses: [pass.on(term.lawOn), knots] };
}
