import { Money, Rate } from '@isu/values';
import { printedWhole } from '../ui/figures.js';

const number = /^\d+(?:\.\d+)?$/;
const knot = /^(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/;

/**
 * A value of the law as people read it. On the wire it is bare text: no rate or multiple of the law reaches 100, no amount of it stays
 * below. A scale is a list of knots `0.7:0.065`: the rate at a share of the PASS.
 */
export function parameterText(value: string): string {
  if (value === 'previous') return 'année précédente';
  if (value === 'current') return 'année en cours';
  if (number.test(value)) return isAmount(value) ? printedWhole(value) : Rate.of(value).print();
  const knots = value.split(' ').map((text) => knot.exec(text));
  if (knots.some((found) => found === null)) return value;
  return knots.map((found) => `${Rate.of(found?.[2] ?? '0').print()} à ${Rate.of(found?.[1] ?? '0').print()} du PASS`).join(', ');
}

const isAmount = (value: string): boolean => /^\d+(?:\.\d{1,2})?$/.test(value) && Money.of(value).atLeast(Money.euros(100));
