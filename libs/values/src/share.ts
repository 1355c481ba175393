import { assert } from './assert.js';
import { Money } from './money.js';
import { Rate } from './rate.js';

/**
 * An amount in equal parts of whole euros or cents: each is rounded down and **the last carries the rest**. 11 992 over 12 in euros gives
 * eleven times 999, then 1 003; cents that do not make a euro go to the last too. A negative amount is shared as its opposite.
 */
export function shareEqually(total: Money, parts: number, unit: 'euro' | 'cent'): Money[] {
  assert(Number.isSafeInteger(parts) && parts > 0, 'an amount is shared in at least one part');
  const share = total.dividedBy(parts);
  const part = unit === 'euro' ? share.roundedDownToEuro() : share.roundedDownToCent();
  return [...Array<Money>(parts - 1).fill(part), total.minus(part.repeated(parts - 1))];
}

/**
 * An amount in parts proportional to weights, to the cent. Each part is the difference of two running shares rounded to the nearest cent:
 * no part is further than a cent from its exact share, a zero weight receives nothing, and **the last running share is the whole amount**,
 * so the odd cents fall where the running share crosses a half cent and the rest on the last part that has a weight.
 */
export function shareByWeights(total: Money, weights: readonly Money[] | readonly number[]): Money[] {
  const sizes = weights.map((weight) => (typeof weight === 'number' ? weight : weight.cents));
  assert(sizes.length > 0 && sizes.every((size) => Number.isSafeInteger(size) && size >= 0), 'weights are whole numbers, none negative');
  const whole = sizes.reduce((sum, size) => sum + size, 0);
  assert(Number.isSafeInteger(whole) && whole > 0, 'the weights of a share add up to a positive safe integer');

  let weightSoFar = 0;
  let sharedSoFar = Money.zero;
  return sizes.map((size) => {
    weightSoFar += size;
    const running = total.times(Rate.ratio(weightSoFar, whole)).roundedToCent();
    const part = running.minus(sharedSoFar);
    sharedSoFar = running;
    return part;
  });
}
