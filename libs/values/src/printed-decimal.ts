import { Fraction } from './fraction.js';
import { NO_BREAK_SPACE, thousands } from './typography.js';

const EXACT_PLACES = 10;
const million = Fraction.whole(1_000_000);

/** French decimal writing of an exact number; past ten decimals, or without end, the nearest millionth after `≈`. */
export function printedDecimal(exact: Fraction): string {
  const text = exact.toString();
  const places = text.includes('.') ? text.length - text.indexOf('.') - 1 : 0;
  if (!text.includes('/') && places <= EXACT_PLACES) return frenchDecimal(text);
  const nearest = Fraction.of(exact.times(million).roundedHalfUp(), 1_000_000);
  return `≈${NO_BREAK_SPACE}${frenchDecimal(nearest.toString())}`;
}

/** `-1234.5` → `-1 234,5`. */
export function frenchDecimal(text: string): string {
  const point = text.indexOf('.');
  const whole = point < 0 ? text : text.slice(0, point);
  const decimals = point < 0 ? '' : `,${text.slice(point + 1)}`;
  return `${whole.startsWith('-') ? `-${thousands(whole.slice(1))}` : thousands(whole)}${decimals}`;
}
