import { Rate } from '@isu/values';
import type { Money } from '@isu/values';
import type { Known } from '../dated.js';
import { once } from '../kept.js';
import type { Figure } from '../scale.js';
import { isWholeYear } from '../situation.js';
import type { Term } from '../situation.js';

/** A ceiling of its own, which follows the days of membership as the PASS does. */
export function reducedToDays(known: Known<Money>, term: Term): Figure {
  if (isWholeYear(term)) return { amount: known.value, label: () => known.label, expression: once(() => `${known.value}`), uses: [known] };
  const { days, daysOfYear } = term;
  return {
    amount: known.value.times(Rate.ratio(days, daysOfYear)).roundedToEuro(),
    label: once(() => `${known.label}, réduit à ${days} jours sur ${daysOfYear}`),
    expression: once(() => `round(${known.value} * ${days} / ${daysOfYear})`),
    uses: [known],
  };
}
