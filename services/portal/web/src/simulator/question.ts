import { explain, PricingRefusal, readSituation, type ExplainedBreakdown, type Situation } from '@isu/calc';
import type { Explained } from '../../../src/face/explanation.js';
import { amountTyped } from '../ui/typed-amount.js';

export type SimulatedStatus = 'artisan' | 'commercant' | 'profession-liberale' | 'micro-entrepreneur';

/** From what the contributions are worked out: an income (or a turnover), or the flat base of a first or second year (F46). */
export type Basis = 'income' | 'flat-first-year' | 'flat-second-year';

/** The answers of the person, as typed. */
export interface Answers {
  readonly year: number;
  readonly status: SimulatedStatus | null;
  readonly basis: Basis | null;
  readonly activity: string | null;
  readonly income: string;
  readonly pensionContributions: string;
}

export const noAnswers = (year: number): Answers => ({
  year,
  status: null,
  basis: null,
  activity: null,
  income: '',
  pensionContributions: '',
});

/** The questions that these answers lead to, in their order. */
export type Question = 'status' | 'basis' | 'activity' | 'income';

export function questionsFor({ status, basis }: Answers): Question[] {
  if (status === null) return ['status'];
  if (status === 'micro-entrepreneur') return ['status', 'activity', 'income'];
  return basis === null || basis === 'income' ? ['status', 'basis', 'income'] : ['status', 'basis'];
}

export function isAnswered(question: Question, answers: Answers): boolean {
  if (question === 'income') return amountTyped(answers.income) !== null && !isNegativeTurnover(answers);
  return answers[question] !== null;
}

const isNegativeTurnover = ({ status, income }: Answers): boolean =>
  status === 'micro-entrepreneur' && (amountTyped(income)?.startsWith('-') ?? false);

/** The situation of the law that these answers tell of; each is the JSON of the stable surface, read and checked by the law itself. */
export function situationOf(answers: Answers): Situation {
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
export const explained = (situation: Situation): Explained => wireOf(explain(situation));

const wireOf = (breakdown: ExplainedBreakdown): Explained => JSON.parse(JSON.stringify(breakdown)) as Explained;
