import type { TurnoverPeriod } from '../../../src/face/file.js';
import { ActForm, Done } from '../acts/act-form.js';
import { WhyAmount } from '../derivation/why.js';
import type { Why } from '../derivation/why-subject.js';
import { Amount, DayText, printedDay } from '../ui/figures.js';
import { Badge, type Tone } from '../ui/notice.js';
import { Nothing } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { contributionName } from '../words/contributions.js';
import { periodName, turnoverActivities, turnoverActivityName } from '../words/file.js';

interface Recorded {
  readonly dueOn: string;
  readonly yearTotal: string | null;
}

/** Periods that are over; what was declared once is corrected by being declared again. */
export function TurnoverForm({ to, periods }: { readonly to: string; readonly periods: readonly TurnoverPeriod[] }) {
  const over = periods.filter(({ state }) => state !== 'to-come');
  if (over.length === 0) return <Nothing>La première période à déclarer n’est pas encore terminée.</Nothing>;
  return (
    <ActForm<Recorded>
      to={to}
      button="Déclarer"
      fields={[
        {
          name: 'period',
          kind: 'select',
          label: 'Période',
          start: over.find(({ state }) => state === 'missing' || state === 'awaited')?.id ?? '',
          choices: over.map(({ id, state }) => ({ value: id, text: `${periodName(id)}${state === 'declared' ? ' (corriger)' : ''}` })),
        },
        { name: 'activity', kind: 'select', label: 'Activité', choices: turnoverActivities },
        {
          name: 'amount',
          kind: 'amount',
          label: 'Chiffre d’affaires encaissé',
          help: 'Ce que vos clients vous ont payé dans la période. Rien encaissé : écrivez 0.',
        },
      ]}
      done={({ dueOn, yearTotal }) => (
        <Done title="Votre déclaration est enregistrée.">
          <p>
            À payer au plus tard le <DayText of={dueOn} />.
            {yearTotal === null ? null : (
              <>
                {' '}
                Vos cotisations de l’année s’élèvent maintenant à <Amount of={yearTotal} />.
              </>
            )}
          </p>
        </Done>
      )}
    />
  );
}

const states: Readonly<Record<TurnoverPeriod['state'], { readonly text: string; readonly tone: Tone }>> = {
  declared: { text: 'Déclarée', tone: 'good' },
  awaited: { text: 'À déclarer', tone: 'wait' },
  missing: { text: 'En retard', tone: 'bad' },
  'to-come': { text: 'À venir', tone: 'plain' },
};

export function PeriodTable({ periods }: { readonly periods: readonly TurnoverPeriod[] }) {
  return (
    <Table
      caption="Périodes de l’année"
      hideCaption
      rows={periods}
      keyOf={({ id }) => id}
      columns={[
        { name: 'Période', cell: ({ id }) => periodName(id) },
        { name: 'Au plus tard le', cell: ({ dueOn }) => <DayText of={dueOn} /> },
        { name: 'État', cell: ({ state }) => <Badge tone={states[state].tone}>{states[state].text}</Badge> },
        {
          name: 'Déclaré',
          isNumber: true,
          cell: ({ declarations }) =>
            declarations.length === 0 ? null : (
              <ul className="plain-list">
                {declarations.map((declaration) => (
                  <li key={declaration.fact}>
                    <WhyAmount why={whyDeclared(declaration)} />{' '}
                    <span className="small soft">{turnoverActivityName(declaration.activity)}</span>
                  </li>
                ))}
              </ul>
            ),
        },
        {
          name: 'À payer',
          isNumber: true,
          cell: (period) => (period.declarations.length === 0 && period.inItsPlace === null ? null : <Owed period={period} />),
        },
      ]}
    />
  );
}

/** Each declaration's own lines, or what stands in the place of one that is missing. */
function Owed({ period: { declarations, inItsPlace } }: { readonly period: TurnoverPeriod }) {
  return (
    <ul className="plain-list">
      {declarations.map(({ fact, activity, explanation }) => (
        <li key={fact}>
          <WhyAmount why={whyTurnover(turnoverActivityName(activity), explanation)} />
        </li>
      ))}
      {inItsPlace === null ? null : (
        <li>
          <WhyAmount
            why={whyMissing('Cotisations provisoires', inItsPlace.provisional, 'En attendant votre déclaration, qui les remplacera.')}
          />{' '}
          <WhyAmount
            why={whyMissing(
              'Pénalité',
              inItsPlace.penalty,
              'Due pour une déclaration qui n’est pas venue avant la dernière échéance de l’année.',
            )}
          />
        </li>
      )}
    </ul>
  );
}

const whyDeclared = ({ fact, activity, amount, declaredOn, corrects }: TurnoverPeriod['declarations'][number]): Why => ({
  kind: 'said',
  title: `Chiffre d’affaires, ${turnoverActivityName(activity).toLowerCase()}`,
  amount,
  says: 'Ce montant n’est pas calculé : c’est celui qui a été déclaré. Si ce n’est pas le bon, déclarez la période à nouveau.',
  traces: [
    { name: 'Déclaré le', text: printedDay(declaredOn) },
    { name: 'Fait n°', text: fact },
    ...(corrects === null ? [] : [{ name: 'Corrige le fait n°', text: corrects }]),
  ],
});

const whyTurnover = (activity: string, { total, lines, rules }: TurnoverPeriod['declarations'][number]['explanation']): Why => ({
  kind: 'sum',
  title: activity,
  amount: total,
  remark: 'Le taux de votre activité, appliqué au chiffre d’affaires que vous avez déclaré.',
  terms: lines.map((line) => ({
    text: contributionName(line.code),
    amount: line.amount,
    why: { kind: 'line', title: contributionName(line.code), amount: line.amount, line, rules, restsOn: [] },
  })),
});

const whyMissing = (title: string, amount: string, says: string): Why => ({ kind: 'said', title, amount, says, traces: [] });
