import type { Line } from '@isu/calc';
import type { Rate } from '@isu/values';
import type { PricingAnswer } from './answer.js';

/**
 * What `JSON.stringify` would write, sooner: the rates of the law are few and each is an exact fraction, whose decimals are
 * worked out once. Every other field passes as it is, whatever is added to a line one day.
 */
export function answerText(answer: PricingAnswer): string {
  return JSON.stringify('problem' in answer ? answer : { ...answer, lines: answer.lines.map(inTexts), total: answer.total.toString() });
}

const inTexts = (line: Line): object => ({
  ...line,
  base: line.base.toString(),
  rate: rateText(line.rate),
  amount: line.amount.toString(),
});

const texts = new WeakMap<Rate, string>();

function rateText(rate: Rate): string {
  const known = texts.get(rate);
  if (known !== undefined) return known;
  const text = rate.toString();
  texts.set(rate, text);
  return text;
}
