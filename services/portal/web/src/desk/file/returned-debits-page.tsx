import type { ReturnedDebitsPage as Returned } from '../../../../src/face/desk-file.js';
import { usePage } from '../../asking/queries.js';
import { WhyAmount } from '../../derivation/why.js';
import { DayText, printedAccount, printedDay } from '../../ui/figures.js';
import { Page, Section } from '../../ui/page.js';
import { Asked, Nothing, PartOf } from '../../ui/states.js';
import { Table } from '../../ui/table.js';
import { outcomeText } from '../../words/debits.js';
import { instalmentName } from '../../words/payments.js';

/** F32: debits of the region that came back, with what their reason led to. */
export function ReturnedDebitsPage() {
  const page = usePage<Returned>('desk', 'returned-debits');
  return (
    <Page
      title="Prélèvements impayés"
      lead="Ce que les banques ont rejeté ou repris depuis deux mois, et ce qui en a été fait. Ce qui est à examiner attend quelqu’un."
    >
      <Section title="De votre région, les derniers d’abord">
        <Asked query={page}>
          {({ parts }) => (
            <PartOf part={parts.returned}>
              {({ debits }) =>
                debits.length === 0 ? <Nothing>Aucun prélèvement n’est revenu impayé.</Nothing> : <ReturnedTable debits={debits} />
              }
            </PartOf>
          )}
        </Asked>
      </Section>
    </Page>
  );
}

type ReturnedDebit = Extract<Returned['parts']['returned'], { state: 'ok' }>['data']['debits'][number];

function ReturnedTable({ debits }: { readonly debits: readonly ReturnedDebit[] }) {
  return (
    <Table
      caption="Prélèvements revenus impayés"
      hideCaption
      rows={debits}
      keyOf={({ endToEnd }) => endToEnd}
      columns={[
        { name: 'Revenu le', cell: ({ returnedOn }) => (returnedOn === null ? '' : <DayText of={returnedOn} />) },
        { name: 'Compte', cell: ({ account }) => printedAccount(account) },
        { name: 'Échéances', cell: ({ instalments }) => instalments.map(({ instalment }) => instalmentName(instalment)).join(', ') },
        {
          name: 'Montant',
          isNumber: true,
          cell: ({ amount, dueOn, instalments }) => (
            <WhyAmount
              why={{
                ...{ kind: 'sum', title: `Prélèvement du ${printedDay(dueOn)}`, amount },
                terms: instalments.map((part) => ({ text: `Échéance de ${instalmentName(part.instalment)}`, amount: part.amount })),
              }}
            />
          ),
        },
        {
          name: 'Motif',
          cell: ({ reason, reasonText, state }) => `${reason ?? ''} ${reasonText ?? ''}${state === 'rejected' ? ', avant règlement' : ''}`,
        },
        {
          name: 'Suite donnée',
          cell: ({ outcome, againOn }) => `${outcomeText(outcome ?? '')}${againOn === null ? '' : `, le ${printedDay(againOn)}`}`,
        },
      ]}
    />
  );
}
