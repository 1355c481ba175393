import type { FactsPage } from '../../../src/face/desk.js';
import { whyPayment } from '../account/why-payment.js';
import { usePage } from '../asking/queries.js';
import { WhyAmount } from '../derivation/why.js';
import { DayText, parisDayOf, printed } from '../ui/figures.js';
import { Badge, Notice } from '../ui/notice.js';
import { Page, Section } from '../ui/page.js';
import { Nothing } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { contributionName } from '../words/contributions.js';
import { ageText, instalmentName, meansName } from '../words/payments.js';
import type { OpenedAccount } from './account-desk.js';
import { whysOf, type AccountWhys } from './account-whys.js';
import { paymentStates } from './desk-words.js';
import { bothViews, differs, paymentsOfBoth, type PaymentOfBoth } from './two-organisations.js';

/** What the partner said it holds, beside what was placed on the debts: what lies between is in transit, and has an age. */
export function MoneyPage({ account, page }: OpenedAccount) {
  const views = bothViews(page.parts.views);
  const payments = paymentsOfBoth(views);
  const whys = whysOf(views)?.('rsi');
  const facts = usePage<FactsPage>('desk', `accounts/${account}/facts`).data?.facts ?? [];
  const reportedAt = new Map(facts.map(({ id, recordedAt }) => [id, recordedAt]));
  const moving = payments.filter(({ payment }) => payment.state === 'in-transit');
  return (
    <Page title="Paiements" lead="À gauche, ce que l’Urssaf a signalé ; à droite, ce que le recouvrement a imputé.">
      {moving.length === 0 ? null : (
        <Notice
          tone="wait"
          title={moving.length === 1 ? 'Un paiement est en transit' : `${String(moving.length)} paiements sont en transit`}
        >
          <p>L’Urssaf les a signalés, ils ne sont pas encore comptabilisés : ils ne peuvent être opposés à la personne.</p>
        </Notice>
      )}
      <Section title="Signalés et comptabilisés">
        {payments.length === 0 ? (
          <Nothing>Aucun paiement n’a été signalé ni comptabilisé.</Nothing>
        ) : (
          <Table
            caption="Paiements, le plus récent d’abord"
            hideCaption
            rows={payments}
            keyOf={({ key }) => key}
            columns={[
              { name: 'Reçu le', cell: ({ payment }) => <DayText of={payment.valueOn} /> },
              { name: 'Montant', isNumber: true, cell: ({ payment }) => <WhyAmount why={whyPayment(payment)} /> },
              { name: 'Moyen', cell: ({ payment }) => meansName(payment.means) },
              { name: 'Signalé par l’Urssaf', cell: ({ payment }) => <Reported payment={payment} /> },
              { name: 'Comptabilisé', cell: ({ payment }) => <Posted payment={payment} whys={whys} /> },
              { name: 'État', cell: (both) => <StateOf both={both} reportedAt={reportedAt} today={page.today} /> },
            ]}
          />
        )}
      </Section>
    </Page>
  );
}

type Payment = PaymentOfBoth['payment'];

function Reported({ payment: { reported } }: { readonly payment: Payment }) {
  if (reported === null) return <span className="soft">non signalé</span>;
  return (
    <span className="small">
      {reported.partnerReference}
      <br />
      <span className="soft">
        lot {reported.batch}, ligne {reported.line}
      </span>
    </span>
  );
}

function Posted({ payment, whys }: { readonly payment: Payment; readonly whys: AccountWhys | undefined }) {
  const { posted, reversed, allocations, credit } = payment;
  if (posted === null) return <span className="soft">pas encore</span>;
  const placed = `${String(allocations.length)} ${allocations.length === 1 ? 'ligne' : 'lignes'}`;
  return (
    <span className="small">
      journée du <DayText of={posted.accountingDay} />
      {reversed === null ? null : <>, annulé : {reversed.reason}</>}
      {allocations.length === 0 ? null : (
        <details className="desk-details">
          <summary>Imputé sur {placed}</summary>
          <ul>
            {allocations.map(({ instalment, year, code, amount }) => (
              <li key={`${instalment} ${String(year)} ${code}`}>
                {whys === undefined ? printed(amount) : <WhyAmount why={whys.allocation({ year, code, amount })} />} —{' '}
                {contributionName(code)} {year}, {instalmentName(instalment)}
              </li>
            ))}
          </ul>
        </details>
      )}
      {credit === '0' ? null : (
        <>
          <br />
          Crédit : <WhyAmount why={whyPayment(payment)} amount={credit} />
        </>
      )}
    </span>
  );
}

interface StateProps {
  readonly both: PaymentOfBoth;
  readonly reportedAt: ReadonlyMap<string, string>;
  readonly today: string;
}

function StateOf({ both, reportedAt, today }: StateProps) {
  const { payment, rsi, urssaf } = both;
  const { text, tone } = paymentStates[payment.state];
  const since = payment.state === 'in-transit' ? reportedAt.get(payment.reported?.fact ?? '') : undefined;
  return (
    <span className="stack-tight">
      <span>
        <Badge tone={tone}>
          {text}
          {since === undefined ? '' : `, ${ageText(parisDayOf(since), today)}`}
        </Badge>
      </span>
      {differs({ rsi, urssaf }) ? (
        <span className="both">
          <span className="both-one">RSI : {stateText(rsi)}</span>
          <span className="both-one">Urssaf : {stateText(urssaf)}</span>
        </span>
      ) : null}
    </span>
  );
}

const stateText = (state: Payment['state'] | null | undefined): string => (state ? paymentStates[state].text.toLowerCase() : 'inconnu');
