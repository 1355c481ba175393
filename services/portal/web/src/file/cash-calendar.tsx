import type { CashCalendars, CashFlow } from '../../../src/face/file.js';
import { ActForm } from '../acts/act-form.js';
import { useSession } from '../asking/queries.js';
import { WhyAmount } from '../derivation/why.js';
import type { Why } from '../derivation/why-subject.js';
import { printed, printedDay } from '../ui/figures.js';
import { Page, Section } from '../ui/page.js';
import { Waiting } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { contributionName } from '../words/contributions.js';

/** N8: what will leave the account over twenty-four months, on what is really known of it and the incomes that the year may bring. */
export function CashCalendar() {
  const today = useSession().data?.today;
  return (
    <Page
      title="Ma trésorerie sur 24 mois"
      lead="À partir de votre compte tel qu’il est : ce qui sera demandé, et quand, selon ce que l’année apportera. Rien n’est enregistré."
    >
      {today === undefined ? <Waiting /> : <Forecast year={Number(today.slice(0, 4))} />}
    </Page>
  );
}

function Forecast({ year }: { readonly year: number }) {
  return (
    <Section title={`Et si, en ${String(year)}, je gagne…`}>
      <ActForm<CashCalendars>
        to="my/acts/cash-calendar"
        keeps
        button="Voir le calendrier"
        fields={scenarios.map(({ name, label }) => ({ name, kind: 'amount', label }))}
        shape={(typed) => ({ scenarios: scenarios.map(({ name, text }) => ({ name: text, income: typed[name] })) })}
        done={({ calendars }) => (
          <Table
            caption="Dates et montants selon le revenu de l’année"
            rows={datesOf(calendars)}
            keyOf={(on) => on}
            columns={[
              { name: 'Date', cell: (on) => printedDay(on), total: 'Total sur 24 mois' },
              ...calendars.map((calendar) => ({
                name: `${calendar.name} : ${printed(calendar.income)}`,
                isNumber: true,
                cell: (on: string) => {
                  const flow = calendar.flows.find((candidate) => candidate.on === on);
                  return flow === undefined ? '' : <WhyAmount why={whyFlow(flow, calendar.name)} />;
                },
                total: <WhyAmount why={whyTotal(calendar)} />,
              })),
            ]}
          />
        )}
      />
    </Section>
  );
}

const scenarios = [
  { name: 'low', text: 'Bas', label: 'Au moins' },
  { name: 'expected', text: 'Attendu', label: 'Le plus probable' },
  { name: 'high', text: 'Haut', label: 'Au plus' },
] as const;

const datesOf = (calendars: CashCalendars['calendars']): string[] =>
  [...new Set(calendars.flatMap(({ flows }) => flows.map(({ on }) => on)))].sort();

type Calendar = CashCalendars['calendars'][number];

const whyFlow = ({ on, kind, amount, lines }: CashFlow, name: string): Why => {
  const title = `${kind === 'refund' ? 'Remboursement' : 'Échéance'} du ${printedDay(on)}`;
  if (kind === 'refund')
    return {
      ...{ kind: 'said', title, amount },
      says: 'Ce que vous auriez payé de trop vous serait rendu sous trente jours, une fois le revenu connu.',
      traces: [{ name: 'Hypothèse', text: `revenu ${name.toLowerCase()}` }],
    };
  return {
    ...{ kind: 'sum', title, amount },
    remark: 'Ce qui vous serait demandé ce jour-là, par les mêmes règles que vos vraies échéances.',
    terms: lines
      .filter((line) => line.amount !== '0')
      .map((line) => ({ text: `${contributionName(line.code)} ${String(line.year)}`, amount: line.amount })),
  };
};

const whyTotal = ({ name, total, flows }: Calendar): Why => ({
  kind: 'sum',
  title: `Total sur 24 mois, revenu ${name.toLowerCase()}`,
  amount: total,
  terms: flows.map((flow) => ({ text: printedDay(flow.on), amount: flow.amount, why: whyFlow(flow, name) })),
});
