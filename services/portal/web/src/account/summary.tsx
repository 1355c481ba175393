import { Fragment, useState } from 'react';
import type { AccountPeriods, LedgerPeriod, Periods, SummaryPage } from '../../../src/face/my-account.js';
import { WhyAmount } from '../derivation/why.js';
import type { Why } from '../derivation/why-subject.js';
import { AccountProof } from './account-proof.js';
import { usePage } from '../asking/queries.js';
import { DayText, printedDay } from '../ui/figures.js';
import { Notice } from '../ui/notice.js';
import { Page, Section } from '../ui/page.js';
import { Asked, Nothing, PartOf } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { contributionName } from '../words/contributions.js';
import { soldeOf, whyRemaining, whySolde } from './balance.js';
import { KnownDay } from './known-day.js';

/** F16, F17: one balance, equal to the sum of the periods, at the last closed accounting day and as it stands now, or as it was known on a day (I7). */
export function Summary() {
  const [on, setOn] = useState<string | null>(null);
  return (
    <Page title="Synthèse du compte" lead="Votre solde, et ce qui le compose, année par année.">
      <KnownDay on={on} choose={setOn} />
      <Fragment key={on}>
        <Told on={on} />
      </Fragment>
    </Page>
  );
}

function Told({ on }: { readonly on: string | null }) {
  const page = usePage<SummaryPage>('my', on === null ? 'summary' : `summary?on=${on}`);
  return (
    <Asked query={page}>
      {({ parts }) => (
        <>
          {parts.periods.state === 'ok' ? <Ledger periods={parts.periods.data} on={on} /> : <Folded parts={parts} on={on} />}
          <PartOf part={parts.account}>{({ view }) => <AccountProof view={view} />}</PartOf>
        </>
      )}
    </Asked>
  );
}

interface LedgerProps {
  readonly periods: AccountPeriods;
  /** The day that was chosen; null for now. */
  readonly on: string | null;
}

function Ledger({ periods: { closed, current }, on }: LedgerProps) {
  const now = on === null ? 'Solde maintenant' : `Solde tel que connu le ${printedDay(on)}`;
  if (closed === null) {
    return <PeriodsAt title={on === null ? 'Solde aujourd’hui' : now} periods={current} on={on} remark={<NotClosedYet on={on} />} />;
  }
  const hasMoved = closed.balance !== current.balance;
  return (
    <>
      <PeriodsAt
        title={on === null ? 'Solde à la dernière journée comptable' : 'Solde à la dernière journée close ce jour-là'}
        periods={closed}
        on={on}
        remark={
          <p className="soft">
            Chiffres arrêtés à la journée comptable du <DayText of={closed.accountingDay} />.
          </p>
        }
      />
      {hasMoved ? (
        <PeriodsAt
          title={now}
          periods={current}
          on={on}
          remark={
            <p className="soft">
              {on === null
                ? 'Avec ce qui a été enregistré depuis ; la prochaine clôture l’arrêtera.'
                : 'Avec tout ce qui était enregistré ce soir-là. Ce que nous avons appris depuis n’y est pas.'}
            </p>
          }
        />
      ) : (
        <p className="soft">{on === null ? 'Rien n’a changé depuis cette clôture.' : 'Rien d’autre n’était enregistré ce soir-là.'}</p>
      )}
    </>
  );
}

const NotClosedYet = ({ on }: { readonly on: string | null }) => (
  <p className="soft">
    {on === null
      ? 'Aucune journée comptable n’est encore close : voici les chiffres du moment.'
      : 'Aucune journée comptable n’était encore close : voici les chiffres de ce soir-là.'}
  </p>
);

const whyCredit = (amount: string): Why => ({
  kind: 'said',
  title: 'Crédit',
  amount,
  says: 'L’argent que nous avons reçu de vous et que rien ne demandait encore. La page « Remboursements » dit de quels paiements il reste, et ce qu’il devient.',
  traces: [],
});

interface PeriodsAtProps {
  readonly title: string;
  readonly periods: Periods;
  readonly on: string | null;
  readonly remark: React.ReactNode;
}

function PeriodsAt({ title, periods, on, remark }: PeriodsAtProps) {
  return (
    <Section title={title}>
      {remark}
      <Solde balance={periods.balance} why={whySolde(periods.balance, periods.periods, periods.credit)} />
      <PeriodTable periods={periods.periods} on={on} caption={`${title} : détail par période`} />
      {periods.credit === '0' ? null : (
        <p>
          Crédit : <WhyAmount why={whyCredit(periods.credit)} />, reçus et que rien ne demandait encore. Il paie vos prochaines échéances.
        </p>
      )}
    </Section>
  );
}

function Solde({ balance, why }: { readonly balance: string; readonly why: Why }) {
  return (
    <div>
      <span className="figure">
        <WhyAmount why={why} />
      </span>
      <p className="soft small">{balance.startsWith('-') ? 'En votre faveur' : 'Reste à payer, toutes périodes confondues'}</p>
    </div>
  );
}

/** Called, by contribution: each opens the derivation of its year. */
const whyCalled = ({ year, called, lines }: Pick<LedgerPeriod, 'year' | 'called' | 'lines'>, on: string | null): Why => ({
  kind: 'sum',
  title: `Appelé pour ${String(year)}`,
  amount: called,
  terms: lines
    .filter((line) => line.called !== '0')
    .map((line) => ({
      text: contributionName(line.code),
      amount: line.called,
      why: {
        kind: 'owed',
        title: `${contributionName(line.code)} ${String(year)}`,
        amount: line.called,
        area: 'my',
        path: `contributions/${String(year)}`,
        year,
        code: line.code,
        ...(on !== null && { knownOn: on }),
      },
    })),
});

const whyPaid = ({ year, paid, lines }: Pick<LedgerPeriod, 'year' | 'paid' | 'lines'>): Why => ({
  kind: 'sum',
  title: `Payé pour ${String(year)}`,
  amount: paid,
  remark: 'Vos paiements, placés sur les cotisations dans l’ordre que fixe la loi. La page « Paiements » montre ce que chacun a payé.',
  terms: lines.filter((line) => line.paid !== '0').map((line) => ({ text: contributionName(line.code), amount: line.paid })),
});

type ShownPeriod = Pick<LedgerPeriod, 'year' | 'called' | 'paid' | 'remaining' | 'lines' | 'surcharges'>;

interface PeriodTableProps {
  readonly periods: readonly ShownPeriod[];
  readonly on: string | null;
  readonly caption: string;
}

function PeriodTable({ periods, on, caption }: PeriodTableProps) {
  if (periods.length === 0) return <Nothing>Aucune cotisation n’a encore été appelée.</Nothing>;
  return (
    <Table
      caption={caption}
      hideCaption
      rows={[...periods].reverse()}
      keyOf={({ year }) => String(year)}
      columns={[
        { name: 'Année', cell: ({ year }) => String(year) },
        { name: 'Appelé', isNumber: true, cell: (period) => <WhyAmount why={whyCalled(period, on)} /> },
        { name: 'Payé', isNumber: true, cell: (period) => <WhyAmount why={whyPaid(period)} /> },
        {
          name: 'Reste',
          isNumber: true,
          cell: (period) => <WhyAmount why={whyRemaining(`Reste de ${String(period.year)}`, period)} />,
        },
        {
          name: 'Majorations',
          isNumber: true,
          cell: ({ year, surcharges }) => <WhyAmount why={whyRemaining(`Majorations de retard de ${String(year)}`, surcharges)} />,
        },
      ]}
    />
  );
}

/** The ledger does not answer: the account as everybody folds it, which has the same balance. */
function Folded({ parts, on }: { readonly parts: SummaryPage['parts']; readonly on: string | null }) {
  return (
    <>
      <PartOf part={parts.periods}>{() => null}</PartOf>
      <PartOf part={parts.account}>
        {({ figures: { balance, periods } }) => {
          const solde = soldeOf(balance);
          return (
            <Section title={on === null ? 'Solde aujourd’hui' : `Solde tel que connu le ${printedDay(on)}`}>
              <Notice>
                <p>Ces chiffres viennent de la copie du compte que tiennent les organismes : le détail comptable reviendra.</p>
              </Notice>
              <Solde balance={solde} why={whySolde(solde, periods, balance.credit)} />
              <PeriodTable periods={periods} on={on} caption="Détail par période" />
            </Section>
          );
        }}
      </PartOf>
    </>
  );
}
