import { wire } from '@isu/chassis';
import { activities } from '@isu/contracts';
import { rhythms } from './period.js';
import type { Choice, MissingTurnover, Turnover } from './turnover.js';
import type { RecordedTurnover, ShownPeriod, TurnoversOfYear } from './turnovers.controller.js';

const period = { ...wire.text, examples: ['2016-05', '2016-Q2'] };

const said = {
  fact: wire.uuid,
  account: wire.account,
  period,
  activity: wire.choice(activities),
  amount: wire.euros,
  source: wire.text,
  declaredOn: wire.day,
  corrects: wire.orNull(wire.uuid),
};

const choice = wire.record<Choice>({ fromYear: wire.year, rhythm: wire.choice(rhythms), incomeTaxOption: wire.flag });

const exit = wire.orNull({
  type: 'object',
  description: 'Le seuil du régime que l’année dépasse, et la date de sortie ; avec les paramètres datés (`@isu/calc`).',
  required: ['kind', 'on', 'turnover', 'passed', 'parameters'],
});

const missing = wire.record<MissingTurnover>({
  account: wire.account,
  period,
  activity: wire.choice(activities),
  penalty: wire.euros,
  provisional: wire.euros,
  expressions: wire.record<MissingTurnover['expressions']>({ penalty: wire.text, provisional: wire.text }),
  decidedOn: wire.day,
});

const shownPeriod = wire.record<ShownPeriod>({
  id: period,
  from: wire.day,
  to: wire.day,
  dueOn: wire.day,
  state: wire.choice(['declared', 'awaited', 'missing', 'to-come']),
  declarations: wire.listOf(
    wire.record<Turnover & { explanation: unknown }>({ ...said, explanation: { type: 'object', required: ['lines', 'total', 'rules'] } }),
  ),
  inItsPlace: wire.orNull(missing),
});

export const turnoverAnswers = {
  choice,
  recorded: wire.record<RecordedTurnover>({
    turnover: wire.record<Turnover>(said),
    dueOn: wire.day,
    yearTotal: wire.orNull(wire.euros),
    exit,
  }),
  year: wire.record<TurnoversOfYear>({ account: wire.account, year: wire.year, choice, periods: wire.listOf(shownPeriod), exit }),
} as const;
