import { wire } from '@isu/chassis';
import { recordedIncome, shownIncome } from '../incomes/income-answers.js';
import type { Income } from '../incomes/income.js';
import { explanation } from '../assessments/assessment-answers.js';
import type { ChangedInstalment, ChangedLine, EstimateEffect, EstimatePreview } from './estimate.js';
import type { EstimatesOfAccount } from './estimates.controller.js';
import type { MadeEstimate } from './estimates.service.js';
import type { UnderEstimateDecision } from './under-estimate.js';

const line = wire.record<ChangedLine>({ year: wire.year, code: wire.text, before: wire.euros, after: wire.euros, paid: wire.euros });

const changed = wire.record<ChangedInstalment>({
  id: { ...wire.text, examples: ['2016-07'] },
  dueOn: wire.day,
  before: wire.euros,
  after: wire.euros,
  paid: wire.euros,
  lines: wire.listOf(line),
});

const effect = {
  year: wire.year,
  amount: wire.euros,
  total: wire.record<EstimateEffect['total']>({ before: wire.orNull(wire.euros), after: wire.euros }),
  paid: wire.euros,
  surplusKept: { ...wire.euros, description: 'Payé au-delà du nouveau total : gardé jusqu’au revenu réel.' },
  instalments: wire.listOf(changed),
};

const surchargeLine = wire.record({ code: wire.text, base: wire.euros, rate: wire.rate, amount: wire.euros });

const decision = wire.record<UnderEstimateDecision>({
  account: wire.account,
  year: wire.year,
  applies: wire.flag,
  line: wire.orNull(surchargeLine),
  reason: wire.text,
  decidedOn: wire.day,
  decidedBy: wire.text,
});

const surcharge = {
  type: 'object',
  description: 'La majoration que donne la loi, avec son calcul et ses paramètres datés (`@isu/calc`).',
  required: ['base', 'rate', 'amount', 'expression', 'parameters'],
};

export const estimateAnswers = {
  preview: wire.record<EstimatePreview>({ ...effect, explanation: wire.orNull(explanation) }),
  decision,
  made: wire.record<MadeEstimate>({
    income: wire.record<Income>(recordedIncome),
    effect: wire.record<EstimateEffect>(effect),
    message: wire.orNull(wire.uuid),
  }),
  list: wire.record<EstimatesOfAccount>({
    account: wire.account,
    estimates: wire.listOf(shownIncome),
    underEstimates: wire.listOf(
      wire.record<EstimatesOfAccount['underEstimates'][number]>({ year: wire.year, surcharge, decision: wire.orNull(decision) }),
    ),
  }),
} as const;
