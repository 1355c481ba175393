import { Link } from 'react-router';
import type { Refund, Refunds as RefundsOf, RefundsPage } from '../../../src/face/refunds.js';
import { ActForm, Done } from '../acts/act-form.js';
import { usePage } from '../asking/queries.js';
import { WhyAmount } from '../derivation/why.js';
import type { Why } from '../derivation/why-subject.js';
import { DayText, printedDay } from '../ui/figures.js';
import { Badge, Notice } from '../ui/notice.js';
import { Page, Section } from '../ui/page.js';
import { Asked, Nothing, PartOf } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { nextStepText, refundStates } from '../words/refunds.js';

/** F56: the credit, what becomes of it and by when, what the person prefers, and each transfer with its state. */
export function Refunds() {
  const page = usePage<RefundsPage>('my', 'refunds');
  return (
    <Page
      title="Remboursements"
      lead="Ce que vous avez payé en trop vous revient : en virement, ou en déduction de vos prochaines échéances."
    >
      <Asked query={page}>
        {({ parts }) => (
          <PartOf part={parts.refunds}>
            {(refunds) => (
              <>
                <Credit of={refunds} />
                <Choice of={refunds} />
                <Transfers of={refunds} />
              </>
            )}
          </PartOf>
        )}
      </Asked>
    </Page>
  );
}

function Credit({ of }: { readonly of: RefundsOf }) {
  const { since, step, daysLeft } = of;
  return (
    <Section title="Votre crédit">
      <p className="figure-small">
        <WhyAmount why={whyCredit(of)} />
      </p>
      {since === null ? null : (
        <p className="soft">
          Depuis le <DayText of={since} />
        </p>
      )}
      <p>{nextStepText(of)}</p>
      {step === 'iban-awaited' || step === 'new-iban-awaited' ? (
        <p>
          <Link to="/mon-compte/informations">Indiquer mon IBAN</Link>
        </p>
      ) : null}
      {daysLeft !== null && daysLeft < 0 ? (
        <Notice tone="bad" title={`Nous sommes en retard de ${String(-daysLeft)} ${daysLeft === -1 ? 'jour' : 'jours'}`}>
          <p>Le délai d’un mois est passé. Votre caisse voit ce retard dans sa liste.</p>
        </Notice>
      ) : null}
    </Section>
  );
}

/** A credit is what payments left: each with its own day; behind the sum stand the rules. */
function whyCredit({ credit, sources, grounds }: RefundsOf): Why {
  return {
    kind: 'sum',
    title: 'Votre crédit',
    amount: credit,
    remark: grounds.join(' '),
    terms: sources.map(({ receivedOn, amount, paymentId }) => ({
      text: `Reste du paiement reçu le ${printedDay(receivedOn)}`,
      amount,
      why: {
        kind: 'said',
        title: `Reste du paiement reçu le ${printedDay(receivedOn)}`,
        amount,
        says: 'Aucune dette n’a pris cette partie du paiement, ou elle réglait une cotisation qui n’est plus due.',
        traces: [{ name: 'Paiement n°', text: paymentId }],
      },
    })),
  };
}

function Choice({ of: { choice } }: { readonly of: RefundsOf }) {
  return (
    <Section title="Ce que vous préférez">
      <p>
        {choice === null
          ? 'Vous n’avez rien dit : un crédit vous est remboursé.'
          : choice === 'refund'
            ? 'Vous préférez être remboursé.'
            : 'Vous préférez que vos crédits viennent en déduction de vos prochaines échéances.'}
      </p>
      <ActForm
        to="my/acts/refund-choice"
        button="Enregistrer ma préférence"
        fields={[
          {
            name: 'choice',
            kind: 'choice',
            label: 'Ce que je paie en trop',
            help: 'Votre préférence vaut pour ce crédit et les suivants, jusqu’à ce que vous en changiez.',
            start: choice ?? 'refund',
            choices: [
              { value: 'refund', text: 'M’est remboursé', help: 'Par virement, sur le compte bancaire que vous nous avez indiqué.' },
              {
                value: 'next-instalments',
                text: 'Vient en déduction de mes prochaines échéances',
                help: 'Aussitôt, la plus proche d’abord. Rien n’est viré.',
              },
            ],
          },
        ]}
        done={() => <Done title="Votre préférence est enregistrée." />}
      />
    </Section>
  );
}

function Transfers({ of: { refunds } }: { readonly of: RefundsOf }) {
  return (
    <Section title="Vos remboursements">
      {refunds.length === 0 ? (
        <Nothing>Aucun remboursement jusqu’ici.</Nothing>
      ) : (
        <Table
          caption="Vos remboursements"
          hideCaption
          rows={refunds}
          keyOf={({ id }) => id}
          columns={[
            { name: 'Crédit du', cell: ({ creditSince }) => <DayText of={creditSince} /> },
            { name: 'À ordonner avant le', cell: ({ dueBy }) => <DayText of={dueBy} /> },
            { name: 'État', cell: (refund) => <StateOf refund={refund} /> },
            { name: 'Montant', isNumber: true, cell: (refund) => <WhyAmount why={whyRefund(refund)} /> },
          ]}
        />
      )}
    </Section>
  );
}

function StateOf({ refund: { state, executeOn, settledOn, returnedOn, returnReason } }: { readonly refund: Refund }) {
  const { text, tone } = refundStates[state];
  const on = { sent: executeOn, settled: settledOn, returned: returnedOn }[state as 'sent'] ?? null;
  return (
    <>
      <Badge tone={tone}>{text}</Badge>
      {on === null ? null : (
        <>
          {' '}
          le <DayText of={on} />
        </>
      )}
      {returnReason === null ? null : ` (motif ${returnReason})`}
    </>
  );
}

const whyRefund = ({ amount, parts, number }: Refund): Why => ({
  kind: 'sum',
  title: `Remboursement n° ${String(number)}`,
  amount,
  remark: 'Il rend, paiement par paiement, ce qu’aucune dette n’a pris.',
  terms: parts.map((part) => ({ text: `Du paiement ${part.paymentId}`, amount: part.amount })),
});
