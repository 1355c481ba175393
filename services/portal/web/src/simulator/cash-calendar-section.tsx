import type { CashCalendar, CashFlow, Periodicity } from '@isu/calc';
import { useState } from 'react';
import { WhyAmount } from '../derivation/why.js';
import type { Why } from '../derivation/why-subject.js';
import { DayText, printed } from '../ui/figures.js';
import { Field, Select } from '../ui/fields.js';
import { Section } from '../ui/page.js';
import { Nothing } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { contributionName } from '../words/contributions.js';
import { CashChart } from './cash-chart.js';
import { canForecast, forecastOf, monthsOf } from './forecast.js';
import type { Answers } from './question.js';

/** N8: what leaves the account over twenty-four months, for a low, an expected and a high income. A picture, and its table. */
export function CashCalendarSection({ answers }: { readonly answers: Answers; readonly today: string }) {
  const [choices, setChoices] = useState({ periodicity: 'monthly-5' as Periodicity, last: answers.income, beforeLast: answers.income });
  const [shown, setShown] = useState(1);
  if (!canForecast(answers)) return null;
  const calendars = forecastOf(answers, choices);
  const calendar = calendars?.[shown];
  return (
    <Section title="Votre calendrier sur 24 mois">
      <p className="measure">
        On vous appelle d’abord sur vos revenus passés ; quand le revenu de l’année est connu, vos cotisations sont ajustées et la
        différence est appelée ou remboursée. Nous supposons ici une déclaration le 20 mai de chaque année.
      </p>
      <div className="cards">
        <Field
          label={`Revenu de ${String(answers.year - 1)}`}
          value={choices.last}
          onChange={(last) => setChoices({ ...choices, last })}
          inputMode="decimal"
          unit="€"
        />
        <Field
          label={`Revenu de ${String(answers.year - 2)}`}
          value={choices.beforeLast}
          onChange={(beforeLast) => setChoices({ ...choices, beforeLast })}
          inputMode="decimal"
          unit="€"
        />
        <Select
          label="Je paie"
          value={choices.periodicity}
          change={(periodicity) => setChoices({ ...choices, periodicity: periodicity as Periodicity })}
          options={[
            { value: 'monthly-5', text: 'chaque mois, le 5' },
            { value: 'monthly-20', text: 'chaque mois, le 20' },
            { value: 'quarterly', text: 'chaque trimestre' },
          ]}
        />
        <Select
          label={`Si, en ${String(answers.year)}, je gagne`}
          value={String(shown)}
          change={(rank) => setShown(Number(rank))}
          options={(calendars ?? []).map(({ name, income }, rank) => ({
            value: String(rank),
            text: `${printed(income.toString())} (${name.toLowerCase()})`,
          }))}
        />
      </div>
      {calendars === null || calendar === undefined ? (
        <Nothing>Saisissez les trois revenus pour voir le calendrier.</Nothing>
      ) : (
        <>
          <CashChart months={monthsOf(calendars, answers.year)} names={calendars.map(({ name }) => name)} shown={shown} />
          <FlowTable calendar={calendar} />
        </>
      )}
    </Section>
  );
}

function FlowTable({ calendar }: { readonly calendar: CashCalendar }) {
  return (
    <details>
      <summary>Voir le tableau des {calendar.flows.length} dates</summary>
      <Table
        caption={`${calendar.name} : dates et montants`}
        rows={calendar.flows}
        keyOf={({ on, kind }) => `${on.iso} ${kind}`}
        columns={[
          { name: 'Date', cell: ({ on }) => <DayText of={on.iso} />, total: 'Total sur 24 mois' },
          { name: 'Nature', cell: ({ kind }) => (kind === 'refund' ? 'Remboursement' : 'Échéance') },
          {
            name: 'Montant',
            isNumber: true,
            cell: (flow) => <WhyAmount why={whyFlow(flow)} />,
            total: <WhyAmount why={whyAll(calendar)} />,
          },
        ]}
      />
    </details>
  );
}

function whyFlow({ on, kind, amount, lines }: CashFlow): Why {
  const title = `${kind === 'refund' ? 'Remboursement' : 'Échéance'} du ${on.print()}`;
  if (kind === 'refund') {
    const says = 'Vous aviez été appelé pour davantage que ce que votre revenu demande : la différence vous est rendue sous trente jours.';
    return { kind: 'said', title, amount: amount.toString(), says, traces: [{ name: 'Date', text: on.print() }] };
  }
  return {
    kind: 'sum',
    title,
    amount: amount.toString(),
    terms: lines
      .filter((line) => !line.amount.isZero)
      .map((line) => ({ text: `${contributionName(line.code)} ${String(line.year)}`, amount: line.amount.toString() })),
  };
}

const whyAll = ({ name, total, flows }: CashCalendar): Why => ({
  kind: 'sum',
  title: `Total sur 24 mois : ${name.toLowerCase()}`,
  amount: total.toString(),
  terms: flows.map((flow) => ({ text: flow.on.print(), amount: flow.amount.toString(), why: whyFlow(flow) })),
});
