import type { Owed } from './owed.js';
import { numeral } from './scale.js';
import type { AppliedRate, Base } from './scale.js';

/**
 * The arithmetic of a line as one self-contained text: decimal numbers, `+ - * /`, parentheses, `min`, `max`, and `round(x)` or
 * `round(x, step)`, half up. Anyone who evaluates it alone finds the amount again, to the cent.
 */
export function expressionOf({ bearings, ceiling, relief, partsRounded }: Owed): string {
  const parts = bearings.map(({ base, rate }) => `${factor(base)} * ${rateExpression(rate)}`);
  const rounded = partsRounded ? `(${parts.map((part) => `round(${part})`).join(' + ')})` : `round(${parts.join(' + ')})`;
  const due = ceiling ? `min(${rounded}, ${ceiling.expression()})` : rounded;
  return relief ? `${due} - ${relief.expression()}` : due;
}

export function baseExpression(base: Base): string {
  switch (base.kind) {
    case 'declared':
      return base.declared.isNegative ? `max(0, ${base.declared})` : `${base.declared}`;
    case 'fixed':
      return base.figure.expression();
    case 'floored':
      return `max(${baseExpression(base.of)}, ${base.floor.expression()})`;
    case 'capped':
      return `min(${baseExpression(base.of)}, ${base.cap.expression()})`;
    case 'excess':
      return `max(0, ${factor(base.of)} - ${base.threshold.expression()})`;
    case 'abated':
      return `max(0, ${base.declared} - ${base.abatement.expression()})`;
    case 'portion': {
      const part = `round(${factor(base.of)} * ${numeral(base.share.value)})`;
      return base.isRest ? `max(0, ${factor(base.of)} - ${part})` : part;
    }
    case 'sum':
      return `max(0, ${base.terms.map(({ amount, expression }) => expression?.() ?? `${amount}`).join(' + ')})`;
  }
}

export function rateExpression(rate: AppliedRate): string {
  if (rate.kind !== 'straight-line' || rate.low === rate.high) return numeral(rate.value);
  const { base, low, high, scale } = rate;
  const [from, to] = [low.at.expression(), high.at.expression()];
  const way = `(${factor(base)} - ${from}) / (${to} - ${from})`;
  return `round(${numeral(low.rate)} + (${numeral(high.rate)} - ${numeral(low.rate)}) * ${way}, ${scale.step.value})`;
}

/** Every form of a base is a number or a call, so that it can stand in a product as it is. */
const factor = baseExpression;
