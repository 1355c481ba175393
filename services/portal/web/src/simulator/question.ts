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
