import type { PaymentsPage } from '../../../src/face/my-account.js';
import { AccountProof } from './account-proof.js';
import { usePage } from '../asking/queries.js';
import { WhyAmount } from '../derivation/why.js';
import type { Why } from '../derivation/why-subject.js';
import { DayText, printed, printedDay } from '../ui/figures.js';
import { Badge, Notice } from '../ui/notice.js';
import { Page, Section } from '../ui/page.js';
import { Asked, Nothing, PartOf } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { contributionName } from '../words/contributions.js';
import { ageText, instalmentName, meansName, paymentStates } from '../words/payments.js';
import { BetweenDays } from './date-range.js';
import { LiveBadge } from './live-account.js';
import { receiptAddress } from './receipt-address.js';
import { whyPayment, type ReceivedPayment } from './why-payment.js';

/** F31: money received over a period, and which debts each payment paid, to the cent. */
export function Payments() {
  return (
    <Page title="Paiements" lead="Ce que nous avons reçu de vous, quand, comment, et ce que chaque paiement a réglé.">
      <BetweenDays>{(range) => <Received {...range} />}</BetweenDays>
    </Page>
  );
}

function Received({ from, to }: { readonly from: string; readonly to: string }) {
  const page = usePage<PaymentsPage>('my', `payments?from=${from}&to=${to}`);
  return (
    <Asked query={page}>
      {({ today, parts }) => (
        <PartOf part={parts.payments}>
          {({ view, figures }) => (
            <>
              <div className="spread">
                <p>
                  {figures.length === 0 ? (
                    <Nothing>Aucun paiement entre ces deux dates.</Nothing>
                  ) : (
                    `${count(figures.length)} du ${printedDay(from)} au ${printedDay(to)}`
                  )}
                </p>
                <LiveBadge />
              </div>
              {[...figures].reverse().map((payment) => (
                <PaymentCard key={payment.id} payment={payment} today={today} />
              ))}
              <AccountProof view={view} />
            </>
          )}
        </PartOf>
      )}
    </Asked>
  );
}

const count = (payments: number): string => (payments === 1 ? 'Un paiement' : `${String(payments)} paiements`);

function PaymentCard({ payment, today }: { readonly payment: ReceivedPayment; readonly today: string }) {
  const { valueOn, means, state, allocations, released, reversed } = payment;
  return (
    <Section
      title={
        <>
          Reçu le <DayText of={valueOn} />
        </>
      }
      beside={<Badge tone={paymentStates[state].tone}>{paymentStates[state].text}</Badge>}
    >
      <div className="spread">
        <span className="figure-small">
          <WhyAmount why={whyPayment(payment)} />
        </span>
        <span className="soft">{meansName(means)}</span>
        {state === 'posted' || state === 'reversed' ? (
          <a className="no-print" href={receiptAddress(payment.id)} download>
            Reçu (PDF)<span className="only-read"> du paiement reçu le {printedDay(valueOn)}</span>
          </a>
        ) : null}
      </div>
      {state === 'in-transit' ? (
        <p>
          En route {ageText(valueOn, today)} : l’Urssaf l’a reçu et nous l’a annoncé. Il sera placé sur vos échéances dès son
          enregistrement, à la date où il a été reçu.
        </p>
      ) : null}
      {reversed === null ? null : (
        <Notice tone="bad" title="Ce paiement a été rejeté">
          <p>Motif : {reversed.reason}. Ce qu’il avait réglé est de nouveau à payer.</p>
        </Notice>
      )}
      {released.length === 0 ? null : (
        <p className="soft">
          Ce paiement réglait davantage :{' '}
          {released.map((part) => `${printed(part.amount)} de ${contributionName(part.code)} ${String(part.year)}`).join(', ')} n’étaient
          plus dus, et ont été repris pour être placés ailleurs ou remboursés.
        </p>
      )}
      {allocations.length === 0 && payment.refunded === '0' && payment.credit === '0' ? null : <Allocations payment={payment} />}
    </Section>
  );
}

/** A part of a payment: placed on a debt, or kept (no instalment, no year). */
interface PaidPart {
  readonly instalment: string | null;
  readonly year: number | null;
  readonly code: string;
  readonly amount: string;
}

function Allocations({ payment }: { readonly payment: ReceivedPayment }) {
  const { allocations, credit, refunded } = payment;
  const held = (
    [
      ['credit', credit],
      ['refunded', refunded],
    ] as const
  )
    .filter(([, amount]) => amount !== '0')
    .map(([code, amount]): PaidPart => ({ instalment: null, year: null, code, amount }));
  return (
    <details>
      <summary>{allocations.length === 0 ? 'Où est cet argent' : 'Ce que ce paiement a réglé'}</summary>
      <Table
        caption="Dettes réglées par ce paiement"
        hideCaption
        rows={[...allocations, ...held] satisfies readonly PaidPart[]}
        keyOf={({ instalment, year, code }) => `${instalment ?? ''} ${String(year)} ${code}`}
        columns={[
          {
            name: 'Cotisation',
            cell: ({ code, year }) => (year === null ? keptName(code) : `${contributionName(code)} ${String(year)}`),
            total: 'Total du paiement',
          },
          { name: 'Échéance', cell: ({ instalment }) => (instalment === null ? '' : instalmentName(instalment)) },
          {
            name: 'Montant',
            isNumber: true,
            cell: (paid) => <WhyAmount why={whyAllocation(paid)} />,
            total: <WhyAmount why={whyPayment(payment)} />,
          },
        ]}
      />
    </details>
  );
}

const keptName = (code: string): string => (code === 'refunded' ? 'Remboursé' : 'Gardé en crédit pour la suite');

/** What was paid is a share of what was owed: behind it stands the contribution itself. */
function whyAllocation({ year, code, amount }: PaidPart): Why {
  if (year === null) {
    return {
      kind: 'said',
      title: keptName(code),
      amount,
      says:
        code === 'refunded'
          ? 'Cette partie du paiement dépassait ce que vous devez : elle vous a été remboursée, ou le virement est en cours.'
          : 'Rien ne demandait encore cet argent quand nous l’avons reçu, ou ce qu’il réglait n’est plus dû : il paie vos prochaines échéances, ou vous est remboursé.',
      traces: [],
    };
  }
  return {
    kind: 'owed',
    title: `${contributionName(code)} ${String(year)}, payé`,
    amount,
    area: 'my',
    path: `contributions/${String(year)}`,
    year,
    code,
  };
}
