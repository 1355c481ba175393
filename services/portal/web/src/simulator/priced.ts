import { explain, PricingRefusal, readSituation, type ExplainedBreakdown, type Situation } from '@isu/calc';
import type { Explained } from '../../../src/face/explanation.js';
import { amountTyped } from '../ui/typed-amount.js';
import type { Answers } from './question.js';

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

/** The situation of the law that these answers tell of; each is the JSON of the stable surface, read and checked by the law itself. */
function situationOf(answers: Answers): Situation {
  const { year, status, basis, activity } = answers;
  const amount = amountTyped(answers.income) ?? '0';
  if (status === 'micro-entrepreneur') return readSituation({ year, status, activity, turnover: amount });
  if (basis !== 'income') return readSituation({ year, status, stage: basis });
  const pension = status === 'profession-liberale' ? amountTyped(answers.pensionContributions) : null;
  const common = { year, status, stage: 'definitive', ...(pension === null ? {} : { declaredPensionContributions: pension }) };
  return onIncome(common, amount);
}

/** Since 2025 the law retains the gross income: which of the two a year asks for, the law says itself. */
function onIncome(common: { year: number; declaredPensionContributions?: string }, amount: string): Situation {
  try {
    return readSituation({ ...common, income: amount });
  } catch (error) {
    if (!(error instanceof PricingRefusal) || error.code !== 'field-not-of-year') throw error;
    const { declaredPensionContributions: _, ...gross } = common;
    return readSituation({ ...gross, grossIncome: amount });
  }
}

/** What the server would have answered: the same texts, so that screens need to know one form only (N7). */
const explained = (situation: Situation): Explained => wireOf(explain(situation));

const wireOf = (breakdown: ExplainedBreakdown): Explained => JSON.parse(JSON.stringify(breakdown)) as Explained;
