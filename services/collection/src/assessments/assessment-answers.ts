import { wire } from '@isu/chassis';
import { authors, incomeKinds, stages } from '@isu/contracts';
import { shownIncome } from '../incomes/income-answers.js';
import type { AssessmentVersion, IncomeInput } from './assessment-history.js';
import type { Assessment } from './assessment.js';
import type { AssessmentLine, PartOfYear } from './pricing.js';

const line = wire.record<AssessmentLine>({ code: wire.text, base: wire.euros, rate: wire.rate, amount: wire.euros });

/** What every answer says of an assessment. */
const assessed = {
  account: wire.account,
  year: wire.year,
  version: wire.count,
  stage: wire.choice(stages),
  lines: wire.listOf(line),
  total: wire.euros,
  incomeFact: wire.orNull(wire.uuid),
  rules: { ...wire.text, examples: ['2016.1'] },
  accountingDay: wire.day,
};

export const explanation = {
  type: 'object',
  description:
    'Les mêmes lignes, chacune avec sa dérivation (`derivation`) : règle, texte, faits déclarés, bornes, paramètres datés, arrondi, phrase et expression recalculable. C’est ce que `@isu/calc` rend aussi dans le navigateur.',
  required: ['year', 'status', 'lines', 'total', 'rules'],
};

const nameOfFact = {
  fact: wire.uuid,
  author: wire.choice(authors),
  type: wire.text,
  effectiveOn: wire.day,
  recordedAt: wire.instant,
};

const partOfYear = wire.record<PartOfYear>({ activeDays: wire.count, yearDays: wire.count });

const input = wire.record<IncomeInput>({
  ...nameOfFact,
  seq: wire.count,
  source: wire.text,
  organisation: wire.orNull(wire.choice(['insured', 'net-entreprises', 'urssaf', 'rsi', 'cell'])),
  kind: wire.choice(incomeKinds),
  year: wire.year,
  amount: wire.euros,
  retained: wire.euros,
  annualised: wire.orNull(partOfYear),
  shortened: wire.orNull(partOfYear),
  heardFrom: wire.orNull(wire.record<NonNullable<IncomeInput['heardFrom']>>(nameOfFact)),
});

export const assessmentVersion = wire.record<AssessmentVersion>({
  ...assessed,
  fact: wire.uuid,
  effectiveOn: wire.day,
  recordedAt: wire.instant,
  explanation: wire.orNull(explanation),
  restsOn: wire.listOf(input),
});

export const assessmentAnswers = {
  list: wire.record<{ assessments: unknown }>({ assessments: wire.listOf(wire.record<Assessment>(assessed)) }),
  explained: wire.record<Assessment & { income: unknown; explanation: unknown }>({
    ...assessed,
    income: wire.orNull(shownIncome),
    explanation: wire.orNull(explanation),
  }),
  versions: wire.record<{ account: string; year: number; versions: unknown }>({
    account: wire.account,
    year: wire.year,
    versions: wire.listOf(assessmentVersion),
  }),
} as const;
