import type { DueDate, InstalmentsPage } from '../../../src/face/my-account.js';
import { CreditorReference } from '@isu/values';
import { AccountProof } from './account-proof.js';
import { usePage } from '../asking/queries.js';
import { WhyAmount } from '../derivation/why.js';
import type { Why } from '../derivation/why-subject.js';
import { PeriodicitySection } from '../file/periodicity.js';
import { DayText, printedDay } from '../ui/figures.js';
import { Badge } from '../ui/notice.js';
import { Page, Section } from '../ui/page.js';
import { Asked, Nothing, PartOf } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { contributionName } from '../words/contributions.js';
import { dueDateStates, meansName } from '../words/payments.js';
import { BetweenDays } from './date-range.js';
import { LiveBadge } from './live-account.js';

/** F29, F30: due dates between two days, which follow the payments by themselves. */
export function Instalments() {
  return (
    <Page title="Échéances" lead="Ce qui vous est demandé, à quelle date, et ce qui en est déjà payé.">
      <BetweenDays>{(range) => <DueDates {...range} />}</BetweenDays>
      <PeriodicitySection />
    </Page>
  );
}

function DueDates({ from, to }: { readonly from: string; readonly to: string }) {
  const page = usePage<InstalmentsPage>('my', `instalments?from=${from}&to=${to}`);
  return (
    <Section title={`Du ${printedDay(from)} au ${printedDay(to)}`} beside={<LiveBadge />}>
      <Asked query={page}>
        {({ parts }) => (
          <PartOf part={parts.instalments}>
            {({ view, figures }) => (
              <>
                {figures.length === 0 ? <Nothing>Aucune échéance entre ces deux dates.</Nothing> : <DueDateTable dueDates={figures} />}
                <AccountProof view={view} />
              </>
            )}
          </PartOf>
        )}
      </Asked>
    </Section>
  );
}

function DueDateTable({ dueDates }: { readonly dueDates: readonly DueDate[] }) {
  return (
    <Table
      caption="Échéances, montants et état"
      hideCaption
      rows={dueDates}
      keyOf={({ id }) => id}
      columns={[
        { name: 'Date', cell: ({ dueOn }) => <DayText of={dueOn} /> },
        { name: 'Montant', isNumber: true, cell: (dueDate) => <WhyAmount why={whyDueDate(dueDate)} /> },
        { name: 'Payé', isNumber: true, cell: (dueDate) => <WhyAmount why={whyPaid(dueDate)} /> },
        { name: 'Reste', isNumber: true, cell: (dueDate) => <WhyAmount why={whyRest(dueDate)} /> },
        {
          name: 'État',
          cell: ({ state }) => <Badge tone={dueDateStates[state].tone}>{dueDateStates[state].text}</Badge>,
        },
        {
          name: 'Paiement',
          cell: ({ means, reference, state }) => (
            <span className="means">
              {meansName(means)}
              {state === 'paid' ? null : (
                <span className="small soft">
                  {means === 'direct-debit' ? 'si vous payez autrement, référence ' : 'référence à indiquer '}
                  <code>{CreditorReference.of(reference).print()}</code>
                </span>
              )}
            </span>
          ),
        },
      ]}
    />
  );
}

/** What a due date asks for: a share of each contribution of one year or two, each of which opens its own derivation. */
const whyDueDate = ({ dueOn, amount, lines }: DueDate): Why => ({
  kind: 'sum',
  title: `Échéance du ${printedDay(dueOn)}`,
  amount,
  remark: 'Cette échéance demande une part de chacune de vos cotisations de l’année.',
  terms: lines
    .filter((line) => line.amount !== '0')
    .map(({ year, code, amount: part }) => ({
      text: `${contributionName(code)} ${String(year)}`,
      amount: part,
      why: {
        kind: 'owed',
        title: `${contributionName(code)} ${String(year)}`,
        amount: part,
        area: 'my',
        path: `contributions/${String(year)}`,
        year,
        code,
      },
    })),
});

const whyPaid = ({ dueOn, paid, lines }: DueDate): Why => ({
  kind: 'sum',
  title: `Payé sur l’échéance du ${printedDay(dueOn)}`,
  amount: paid,
  remark: 'Vos paiements, placés sur les cotisations de cette échéance. La page « Paiements » montre ce que chacun a réglé.',
  terms: lines
    .filter((line) => line.paid !== '0')
    .map((line) => ({ text: `${contributionName(line.code)} ${String(line.year)}`, amount: line.paid })),
});

const whyRest = ({ dueOn, remaining, lines }: DueDate): Why => ({
  kind: 'sum',
  title: `Reste de l’échéance du ${printedDay(dueOn)}`,
  amount: remaining,
  remark: 'Ce qui reste, cotisation par cotisation, une fois vos paiements placés dans l’ordre que fixe la loi.',
  terms: lines
    .filter((line) => line.remaining !== '0')
    .map((line) => ({ text: `${contributionName(line.code)} ${String(line.year)}`, amount: line.remaining })),
});
