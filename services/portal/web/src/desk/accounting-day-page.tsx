import { Link, useParams } from 'react-router';
import { isDay } from '@isu/values';
import type { AccountingDay, AccountingDayPage as Answer } from '../../../src/face/accounting.js';
import type { AgentNames } from '../../../src/face/desk-file.js';
import { usePage } from '../asking/queries.js';
import { WhyAmount } from '../derivation/why.js';
import { InstantText, printedDay } from '../ui/figures.js';
import { Badge } from '../ui/notice.js';
import { Page, Section } from '../ui/page.js';
import { Asked, Nothing, PartOf } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { Terms } from '../ui/terms.js';
import { bookAccountName, closerText, entriesName } from '../words/accounting.js';
import { Balances } from './accounting-balances.js';
import { whyAct, whyActs, whyKind, whySide } from './accounting-whys.js';

/** F17: one accounting day with its control totals: frozen once it is closed, as they stand while it is open. */
export function AccountingDayPage() {
  const { day = '' } = useParams();
  const asked = usePage<Answer>('desk', `accounting-days/${encodeURIComponent(day)}`);
  return (
    <Page
      title={isDay(day) ? `Journée comptable du ${printedDay(day)}` : 'Journée comptable'}
      lead={<Link to="/bureau/journees">Toutes les journées comptables</Link>}
    >
      <Asked query={asked}>
        {({ parts, names }) => (
          <PartOf part={parts.day}>
            {(shown) => (
              <>
                <State of={shown} names={names} />
                <Acts of={shown} />
                <Kinds of={shown} />
                <Section title={shown.state === 'closed' ? 'Balance au soir de cette journée' : 'Balance en ce moment'}>
                  <Balances of={shown.balances} caption="Solde de chaque nature de compte, tous comptes réunis" />
                </Section>
              </>
            )}
          </PartOf>
        )}
      </Asked>
    </Page>
  );
}

function State({ of, names }: { readonly of: AccountingDay; readonly names: AgentNames }) {
  const { day, state, closedAt, closedBy, transactions, postings, digest, previousDigest } = of;
  return (
    <Section
      title="La journée"
      beside={<Badge tone={state === 'closed' ? 'good' : 'plain'}>{state === 'closed' ? 'Close' : 'Ouverte'}</Badge>}
    >
      <Terms
        of={[
          ['Écritures', String(transactions)],
          ['Mouvements', String(postings)],
          ['Close le', closedAt === null ? 'pas encore' : <InstantText key="at" of={closedAt} />],
          ...(closedBy === null ? [] : ([['Par', closerText(day, closedBy, names)]] as const)),
          ...(digest === null ? [] : ([['Empreinte', <code key="digest">{digest.slice(0, 16)}…</code>]] as const)),
          ...(previousDigest === null
            ? []
            : ([['Empreinte de la veille', <code key="before">{previousDigest.slice(0, 16)}…</code>]] as const)),
        ]}
      />
    </Section>
  );
}

function Acts({ of }: { readonly of: AccountingDay }) {
  return (
    <Section title="Ce qui a été inscrit">
      {of.acts.length === 0 ? (
        <Nothing>Rien ce jour-là.</Nothing>
      ) : (
        <Table
          caption="Écritures de la journée, par opération"
          hideCaption
          rows={of.acts}
          keyOf={({ reason }) => reason}
          columns={[
            { name: 'Opération', cell: ({ reason }) => entriesName(reason), total: 'Total' },
            { name: 'Écritures', isNumber: true, cell: ({ transactions }) => String(transactions), total: String(of.transactions) },
            {
              name: 'Montant',
              isNumber: true,
              cell: (act) => <WhyAmount why={whyAct(of.day, act)} />,
              total: <WhyAmount why={whyActs(of)} />,
            },
          ]}
        />
      )}
    </Section>
  );
}

function Kinds({ of }: { readonly of: AccountingDay }) {
  if (of.kinds.length === 0) return null;
  return (
    <Section title="Totaux de contrôle">
      <Table
        caption="Débits et crédits de la journée, par nature de compte"
        hideCaption
        rows={of.kinds}
        keyOf={({ kind }) => kind}
        columns={[
          { name: 'Compte', cell: ({ kind }) => bookAccountName(kind), total: 'Total' },
          {
            name: 'Débit',
            isNumber: true,
            cell: ({ kind, debit }) => <WhyAmount why={whyKind(of, { kind, side: 'debit', amount: debit })} />,
            total: <WhyAmount why={whySide(of, 'debit')} />,
          },
          {
            name: 'Crédit',
            isNumber: true,
            cell: ({ kind, credit }) => <WhyAmount why={whyKind(of, { kind, side: 'credit', amount: credit })} />,
            total: <WhyAmount why={whySide(of, 'credit')} />,
          },
        ]}
      />
    </Section>
  );
}
