import { PricingRefusal, type Situation } from '@isu/calc';
import type { Explained } from '../../../src/face/explanation.js';
import { explained, situationOf, type Answers } from './question.js';

export type Priced =
  | { readonly kind: 'priced'; readonly situation: Situation; readonly explained: Explained }
  /** The law refuses to answer: a year whose rate changed within it, rules that are not known… in its own words. */
  | { readonly kind: 'refused'; readonly says: string };

export function priced(answers: Answers): Priced {
  try {
    const situation = situationOf(answers);
    return { kind: 'priced', situation, explained: explained(situation) };
  } catch (error) {
    if (error instanceof PricingRefusal) return { kind: 'refused', says: `${error.message} Attendu : ${error.accepted}.` };
    throw error;
  }
}
