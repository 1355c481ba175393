import type { QuarterCode, YearQuarters } from '@isu/account';
import type { AccountAnomalies, AccountAnomaly, WaitingMoney } from '../../../src/face/desk.js';
import type { Rights } from '../../../src/face/my-account.js';
import { WhyAmount } from '../derivation/why.js';
import type { Why } from '../derivation/why-subject.js';
import { DayText, InstantText, printedDay } from '../ui/figures.js';
import { Badge } from '../ui/notice.js';
import { Page, Section } from '../ui/page.js';
import { Nothing, PartOf } from '../ui/states.js';
import { Table } from '../ui/table.js';
import type { OpenedAccount } from './account-desk.js';
import { anomalyName, upToDateStates } from './desk-words.js';

/** What the payments have opened, on what the answer rests, and what the cell has still to clear. */
export function RightsPage({ page: { parts } }: OpenedAccount) {
  return (
    <Page title="Droits et anomalies">
      <Section title="Droits">
        <PartOf part={parts.rights}>{(rights) => <RightsTable rights={rights} />}</PartOf>
      </Section>
      <Section title="Anomalies">
        <PartOf part={parts.anomalies}>{(anomalies) => <Anomalies anomalies={anomalies} />}</PartOf>
      </Section>
    </Page>
  );
}

const because: Readonly<Record<QuarterCode, string>> = {
  paid: 'cotisations payées',
  'partly-paid': 'cotisations payées en partie',
  unpaid: 'cotisations non payées',
  'in-transit': 'un paiement est en transit',
  awaiting: 'une information est attendue',
};

function RightsTable({ rights }: { readonly rights: Rights }) {
  const state = upToDateStates[rights.upToDate.value];
  return (
    <>
      <div className="row">
        <Badge tone={state.tone}>{state.text}</Badge>
        <span>
          {rights.quartersValidated} trimestres validés sur {rights.quartersPossible} possibles
        </span>
      </div>
      {rights.upToDate.reasons.length === 0 ? null : (
        <ul className="small">
          {rights.upToDate.reasons.map(({ code, text }, rank) => (
            <li key={`${code} ${String(rank)}`}>{text}</li>
          ))}
        </ul>
      )}
      <Table<YearQuarters>
        caption="Trimestres de retraite, par année"
        rows={rights.quarters}
        keyOf={({ year }) => String(year)}
        columns={[
          { name: 'Année', cell: ({ year }) => String(year) },
          { name: 'Validés', isNumber: true, cell: ({ validated }) => String(validated) },
          { name: 'Possibles', isNumber: true, cell: ({ possible }) => String(possible) },
          { name: 'Parce que', cell: (quarters) => quarters.because.map((code) => because[code]).join(', ') },
        ]}
      />
      <p className="small soft">
        Décidé sur l’empreinte <code title={rights.restsOn.fingerprint}>{rights.restsOn.fingerprint.slice(0, 8)}</code>.
      </p>
    </>
  );
}

function Anomalies({ anomalies: { items, waiting } }: { readonly anomalies: AccountAnomalies }) {
  return (
    <>
      <AnomaliesTable items={items} />
      {waiting.length === 0 ? null : <WaitingTable waiting={waiting} />}
    </>
  );
}

/** Money that names this account and that nobody has placed: no enforcement may start meanwhile (F81). */
function WaitingTable({ waiting }: { readonly waiting: readonly WaitingMoney[] }) {
  return (
    <Table
      caption="Encaissements à identifier qui portent ce numéro de compte"
      rows={waiting}
      keyOf={({ id }) => id}
      columns={[
        { name: 'Référence', cell: ({ reference }) => reference },
        { name: 'Nature', cell: ({ kind }) => (kind === 'payment' ? 'Paiement' : 'Rejet') },
        { name: 'Montant', isNumber: true, cell: (money) => <WhyAmount why={whyWaiting(money)} /> },
        { name: 'Reçu le', cell: ({ valueOn }) => <DayText of={valueOn} /> },
        { name: 'Signalé par', cell: ({ partner, batch, line }) => `${partner}, lot ${batch}, ligne ${String(line)}` },
      ]}
    />
  );
}

function AnomaliesTable({ items }: { readonly items: readonly AccountAnomaly[] }) {
  if (items.length === 0) return <Nothing>Aucune anomalie n’a été relevée sur ce compte.</Nothing>;
  return (
    <Table
      caption="Anomalies du compte"
      hideCaption
      rows={items}
      keyOf={({ id }) => id}
      columns={[
        { name: 'Nature', cell: ({ type }) => anomalyName(type) },
        { name: 'Cause', cell: ({ cause }) => cause },
        { name: 'Ouverte le', cell: ({ openedAt }) => <InstantText of={openedAt} /> },
        {
          name: 'État',
          cell: ({ closedAt, settledBy }) =>
            closedAt === null ? (
              <Badge tone="wait">Ouverte</Badge>
            ) : (
              <>
                <Badge tone="good">Close</Badge> <InstantText of={closedAt} />
                {settledBy === null ? null : <>, {settledBy}</>}
              </>
            ),
        },
      ]}
    />
  );
}

const whyWaiting = ({ amount, valueOn, partner, batch, line, reference }: WaitingMoney): Why => ({
  kind: 'said',
  title: `Encaissement à identifier, reçu le ${printedDay(valueOn)}`,
  amount,
  says: 'Ce montant est celui que le partenaire a annoncé. Tant qu’il n’est pas placé, aucune poursuite ne peut commencer pour une dette qu’il couvrirait.',
  traces: [
    { name: 'Annoncé par', text: partner },
    { name: 'Lot et ligne', text: `${batch}, ligne ${String(line)}` },
    { name: 'Référence de l’organisme', text: reference },
  ],
});
