import { useMutation, useQuery } from '@tanstack/react-query';
import { CreditorReference, Money } from '@isu/values';
import { useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { OnlineOrder, OnlinePayments, PayableDate, PayingPage, PaymentPreview, PreviewedPart } from '../../../src/face/paying.js';
import { Refusal } from '../access/outcome.js';
import { tell } from '../asking/portal.js';
import { refresh, usePage } from '../asking/queries.js';
import { WhyAmount } from '../derivation/why.js';
import type { Why } from '../derivation/why-subject.js';
import { Button } from '../ui/button.js';
import { DayText, printedDay } from '../ui/figures.js';
import { Badge, Notice } from '../ui/notice.js';
import { Page, Section } from '../ui/page.js';
import { Asked, Nothing, PartOf, Waiting } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { becauseText, obstacleText, orderStates } from '../words/paying.js';
import { instalmentName } from '../words/payments.js';
import { LiveBadge } from './live-account.js';
import { receiptAddress } from './receipt-address.js';

/** F34: which due dates to pay, how much, what that pays first and why; then the provider's page, and back. */
export function Pay() {
  const page = usePage<PayingPage>('my', 'online-payments');
  const [query] = useSearchParams();
  return (
    <Page
      title="Payer maintenant"
      lead="Choisissez ce que vous payez : le montant est celui de votre compte, et une échéance se paie une fois."
    >
      <Asked query={page}>
        {({ parts }) => (
          <PartOf part={parts.online}>
            {(online) => (
              <>
                <CameBack order={online.orders.find(({ order }) => order === query.get('ordre'))} />
                <Choice key={keyOf(online)} online={online} />
                <OtherWays dates={online.dates} />
                <Orders orders={online.orders} />
              </>
            )}
          </PartOf>
        )}
      </Asked>
    </Page>
  );
}

/** What may be chosen has changed: the choice begins again. */
const keyOf = ({ dates }: OnlinePayments): string =>
  dates.map(({ instalment, amount, obstacle }) => `${instalment} ${amount} ${String(obstacle)}`).join();

/** Back from the provider's page: what it said, or that it has not said anything yet. */
function CameBack({ order }: { readonly order: OnlineOrder | undefined }) {
  if (order === undefined) return null;
  const { text, tone, says } = orderStates[order.state];
  return (
    <Notice tone={tone} title={`Votre paiement en ligne : ${text.toLowerCase()}`} announced>
      <p>{says}</p>
      <ReceiptLink order={order} />
    </Notice>
  );
}

const ReceiptLink = ({ order: { paymentId } }: { readonly order: OnlineOrder }) =>
  paymentId === null ? null : (
    <a href={receiptAddress(paymentId)} download>
      Reçu (PDF)
    </a>
  );

function Choice({ online: { isOffered, dates } }: { readonly online: OnlinePayments }) {
  const payable = isOffered ? dates.filter(({ obstacle }) => obstacle === null) : [];
  const [chosen, setChosen] = useState(() => new Set(payable.filter(({ isOverdue }) => isOverdue).map(({ instalment }) => instalment)));
  const choose = (instalment: string) => {
    const next = new Set(chosen);
    if (!next.delete(instalment)) next.add(instalment);
    setChosen(next);
  };
  const toPay = payable.filter(({ instalment }) => chosen.has(instalment));
  return (
    <Section title="En ligne" beside={<LiveBadge />}>
      {dates.length === 0 ? <Nothing>Il ne vous reste rien à payer.</Nothing> : null}
      {dates.length > 0 && !isOffered ? (
        <Nothing>Le paiement en ligne n’est pas ouvert ici : payez par virement ou par chèque.</Nothing>
      ) : null}
      {isOffered && dates.length > 0 && payable.length === 0 ? <Nothing>Rien ne se paie en ligne aujourd’hui.</Nothing> : null}
      {payable.length === 0 ? null : (
        <fieldset className="choices">
          <legend>Ce que vous payez</legend>
          {payable.map((date) => (
            <label key={date.instalment} className="tick">
              <input type="checkbox" checked={chosen.has(date.instalment)} onChange={() => choose(date.instalment)} />
              <span>
                Échéance du {printedDay(date.dueOn)} ({instalmentName(date.instalment)}), {Money.of(date.amount).print()}{' '}
                {date.isOverdue ? <Badge tone="bad">Échue</Badge> : null}
              </span>
            </label>
          ))}
        </fieldset>
      )}
      <Closed dates={dates.filter(({ obstacle }) => obstacle !== null)} />
      {toPay.length === 0 ? null : <Previewed key={toPay.map(({ instalment }) => instalment).join()} dates={toPay} />}
    </Section>
  );
}

/** What is left and cannot be paid here now, with why. */
function Closed({ dates }: { readonly dates: readonly PayableDate[] }) {
  if (dates.length === 0) return null;
  return (
    <details>
      <summary>Ce qui ne se paie pas en ligne aujourd’hui</summary>
      <ul>
        {dates.map(({ instalment, dueOn, obstacle }) => (
          <li key={instalment}>
            Échéance du <DayText of={dueOn} /> : {obstacle === null ? '' : obstacleText[obstacle]}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The total, what it will pay and in which order; asked of the service that will place it. */
function Previewed({ dates }: { readonly dates: readonly PayableDate[] }) {
  const instalments = dates.map(({ instalment }) => instalment);
  const preview = useQuery({
    queryKey: ['my', 'online-payment-preview', ...instalments],
    queryFn: () => tell<PaymentPreview>('POST', 'my/acts/online-payment-preview', { instalments }, { key: crypto.randomUUID() }),
  });
  if (preview.isError) return <Refusal error={preview.error} />;
  if (preview.data === undefined) return <Waiting />;
  const { amount, parts } = preview.data;
  return (
    <div className="stack">
      <p>
        Total à payer{' '}
        <span className="figure-small">
          <WhyAmount why={whyTotal(amount, dates)} />
        </span>
      </p>
      <Table
        caption="Ce que ce paiement réglera, dans l’ordre de la loi"
        rows={parts}
        keyOf={({ instalment, because }) => `${because} ${instalment ?? ''}`}
        columns={[
          {
            name: 'Échéance',
            cell: ({ instalment }) => (instalment === null ? 'Crédit' : instalmentName(instalment)),
            total: 'Total à payer',
          },
          { name: 'Pourquoi', cell: ({ because }) => becauseText[because] },
          {
            name: 'Montant',
            isNumber: true,
            cell: (part) => <WhyAmount why={whyPart(part)} />,
            total: <WhyAmount why={whyTotal(amount, dates)} />,
          },
        ]}
      />
      <GoAndPay instalments={instalments} amount={amount} />
    </div>
  );
}

const whyTotal = (amount: string, dates: readonly PayableDate[]): Why => ({
  kind: 'sum',
  title: 'Total à payer',
  amount,
  remark:
    'Ce qui reste des échéances choisies, et les majorations qui vous ont été notifiées pour elles. Le montant vient de votre compte.',
  terms: dates.flatMap(({ dueOn, contributions, surcharges }) => [
    { text: `Cotisations de l’échéance du ${printedDay(dueOn)}`, amount: contributions },
    ...(surcharges === '0' ? [] : [{ text: `Majorations de l’échéance du ${printedDay(dueOn)}`, amount: surcharges }]),
  ]),
});

const whyPart = ({ instalment, amount, because }: PreviewedPart): Why => ({
  kind: 'said',
  title: instalment === null ? 'Gardé en crédit' : `Part de l’échéance ${instalmentName(instalment)}`,
  amount,
  says: `${becauseText[because]} (Code de la sécurité sociale, art. D. 133-4).`,
  traces: [],
});

/** Pressed twice, it is one order; the page of the provider takes its money once. */
function GoAndPay({ instalments, amount }: { readonly instalments: readonly string[]; readonly amount: string }) {
  const [key] = useState(() => crypto.randomUUID());
  // The second press of a double click comes before the button is seen to be disabled.
  const isPressed = useRef(false);
  const paying = useMutation({
    mutationFn: () => tell<OnlineOrder>('POST', 'my/acts/online-payment', { instalments }, { key }),
    onSuccess: ({ address }) => {
      if (address !== null) window.location.assign(`${address}&retour=${encodeURIComponent(`${window.location.origin}/mon-compte/payer`)}`);
    },
    onError: () => {
      isPressed.current = false;
      return refresh('my');
    },
  });
  const pay = () => {
    if (isPressed.current) return;
    isPressed.current = true;
    paying.mutate();
  };
  return (
    <>
      <div className="row">
        <Button kind="main" isDisabled={paying.isPending || paying.isSuccess} onPress={pay}>
          {paying.isPending || paying.isSuccess ? 'Vers la page de paiement…' : `Payer ${Money.of(amount).print()} en ligne`}
        </Button>
      </div>
      <p className="small soft">
        Vous allez sur la page sécurisée de notre prestataire, et revenez ici. Aucun numéro de carte ne passe par nous.
      </p>
      <Refusal error={paying.error} />
    </>
  );
}

function OtherWays({ dates }: { readonly dates: readonly PayableDate[] }) {
  if (dates.length === 0) return null;
  return (
    <Section title="Par virement ou par chèque">
      <p>
        Indiquez la référence de l’échéance : votre paiement compte au jour où nous le recevons, et sans elle il faut d’abord trouver de qui
        il vient.
      </p>
      <Table
        caption="Références à indiquer"
        hideCaption
        rows={dates}
        keyOf={({ instalment }) => instalment}
        columns={[
          { name: 'Échéance', cell: ({ dueOn }) => <DayText of={dueOn} /> },
          { name: 'Référence', cell: ({ reference }) => <code>{CreditorReference.of(reference).print()}</code> },
          { name: 'Reste', isNumber: true, cell: (date) => <WhyAmount why={whyTotal(date.amount, [date])} /> },
        ]}
      />
    </Section>
  );
}

function Orders({ orders }: { readonly orders: readonly OnlineOrder[] }) {
  if (orders.length === 0) return null;
  return (
    <Section title="Vos paiements en ligne">
      <Table
        caption="Paiements en ligne, le dernier d’abord"
        hideCaption
        rows={orders}
        keyOf={({ order }) => order}
        columns={[
          { name: 'Le', cell: ({ openedOn }) => <DayText of={openedOn} /> },
          { name: 'Échéances', cell: ({ instalments }) => instalments.map(instalmentName).join(', ') },
          { name: 'Montant', isNumber: true, cell: (order) => <WhyAmount why={whyOrder(order)} /> },
          { name: 'État', cell: ({ state }) => <Badge tone={orderStates[state].tone}>{orderStates[state].text}</Badge> },
          { name: 'Reçu', cell: (order) => <ReceiptLink order={order} /> },
        ]}
      />
    </Section>
  );
}

const whyOrder = ({ amount, openedOn, instalments, order }: OnlineOrder): Why => ({
  kind: 'said',
  title: `Paiement en ligne du ${printedDay(openedOn)}`,
  amount,
  says: `Ce qui restait ce jour-là de : ${instalments.map(instalmentName).join(', ')}. Le prestataire de paiement a reçu ce montant de nous, signé.`,
  traces: [{ name: 'Ordre', text: order }],
});
