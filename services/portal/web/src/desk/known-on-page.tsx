import { useState } from 'react';
import type { AccountView } from '@isu/account';
import type { KnownPage } from '../../../src/face/desk.js';
import type { Part } from '../../../src/face/parts.js';
import { usePage } from '../asking/queries.js';
import { DayField } from '../ui/fields.js';
import { DayText, printed, printedDay } from '../ui/figures.js';
import { Badge, Notice } from '../ui/notice.js';
import { Page, Section } from '../ui/page.js';
import { Asked, PartOf } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { isDayTyped } from '../ui/typed-day.js';
import { meansName } from '../words/payments.js';
import { StatementLinks } from '../account/statement-links.js';
import { whyPayment } from '../account/why-payment.js';
import { WhyAmount } from '../derivation/why.js';
import type { OpenedAccount } from './account-desk.js';
import { AccountWhys } from './account-whys.js';
import { balanceNames, paymentStates } from './desk-words.js';
import { Fingerprint } from './fingerprint.js';
import { Terms } from '../ui/terms.js';
import { balanceTerms, differencesOf, differs, paired, type BothViews } from './two-organisations.js';

/** N3: the account as each organisation knew it at the end of a day, side by side, with what parts them pointed at. */
export function KnownOnPage({ account, page: { today } }: OpenedAccount) {
  const [day, setDay] = useState(today);
  const on = isDayTyped(day) && day <= today ? day : today;
  return (
    <Page
      title="Connu à une date"
      lead="Ce que le RSI et l’Urssaf savaient du compte à la fin d’une journée, d’après ce que chacun avait reçu."
    >
      <section className="card">
        <DayField label="Jour" help="Fin de journée, heure de Paris." value={day} change={setDay} max={today} />
        <StatementLinks area={`desk/accounts/${account}`} on={on === today ? null : on} />
      </section>
      <KnownOn key={on} account={account} on={on} />
    </Page>
  );
}

function KnownOn({ account, on }: { readonly account: string; readonly on: string }) {
  const rsi = usePage<KnownPage>('desk', `accounts/${account}/known?on=${on}&by=rsi`);
  const urssaf = usePage<KnownPage>('desk', `accounts/${account}/known?on=${on}&by=urssaf`);
  return (
    <Asked query={rsi}>
      {(atRsi) => <Asked query={urssaf}>{(atUrssaf) => <SideBySide on={on} rsi={atRsi.parts.view} urssaf={atUrssaf.parts.view} />}</Asked>}
    </Asked>
  );
}

interface SideBySideProps {
  readonly on: string;
  readonly rsi: Part<AccountView>;
  readonly urssaf: Part<AccountView>;
}

function SideBySide({ on, rsi, urssaf }: SideBySideProps) {
  const views = { rsi: rsi.state === 'ok' ? rsi.data : null, urssaf: urssaf.state === 'ok' ? urssaf.data : null };
  const { balances, payments } = differencesOf(views);
  const isKnown = views.rsi !== null && views.urssaf !== null;
  return (
    <>
      {isKnown && balances.length === 0 && payments.length === 0 ? (
        <Notice tone="good" title={`Le ${printedDay(on)}, les deux savaient la même chose`} />
      ) : null}
      {payments.length > 0 || balances.length > 0 ? <Differences on={on} views={views} /> : null}
      <div className="desk-pair">
        <Known title="Le RSI savait" part={rsi} views={views} />
        <Known title="L’Urssaf savait" part={urssaf} views={views} />
      </div>
    </>
  );
}

/** What one knew and the other did not, in sentences, before any figure. */
function Differences({ on, views }: { readonly on: string; readonly views: BothViews }) {
  const { payments, balances } = differencesOf(views);
  return (
    <Notice tone="wait" title={`Le ${printedDay(on)}, le RSI et l’Urssaf ne savaient pas la même chose`}>
      <ul>
        {payments.map(({ key, payment, rsi, urssaf }) => (
          <li key={key}>
            {meansName(payment.means)} de {printed(payment.amount)} reçu le <DayText of={payment.valueOn} /> : Urssaf — {knowledge(urssaf)}{' '}
            ; RSI — {knowledge(rsi)}.
          </li>
        ))}
        {balances.map(({ term, pair }) => (
          <li key={term}>
            {balanceNames[term]} : RSI {said(pair.rsi)}, Urssaf {said(pair.urssaf)}.
          </li>
        ))}
      </ul>
    </Notice>
  );
}

const said = (amount: string | null | undefined): string => (amount ? printed(amount) : 'rien');

const knowledge = (state: keyof typeof paymentStates | null | undefined): string =>
  state ? paymentStates[state].text.toLowerCase() : 'n’en savait rien';

interface KnownProps {
  readonly title: string;
  readonly part: Part<AccountView>;
  readonly views: BothViews;
}

function Known({ title, part, views }: KnownProps) {
  return (
    <Section title={title}>
      <PartOf part={part}>{(view) => <KnownView view={view} views={views} />}</PartOf>
    </Section>
  );
}

function KnownView({ view, views }: { readonly view: AccountView; readonly views: BothViews }) {
  const { book, fingerprint, vector } = view;
  const whys = new AccountWhys(view);
  return (
    <>
      <Fingerprint fingerprint={fingerprint} vector={vector} />
      <Terms
        of={balanceTerms.map((term) => [
          balanceNames[term],
          <Differing key={term} isOther={differs(paired(views, (view) => view.book.balance[term]))}>
            <WhyAmount why={whys.balance(term)} />
          </Differing>,
        ])}
      />
      <Table
        caption="Derniers paiements connus"
        rows={book.payments.slice(-8).reverse()}
        keyOf={({ id }) => id}
        columns={[
          { name: 'Reçu le', cell: ({ valueOn }) => <DayText of={valueOn} /> },
          { name: 'Montant', isNumber: true, cell: (payment) => <WhyAmount why={whyPayment(payment)} /> },
          { name: 'État', cell: ({ state }) => <Badge tone={paymentStates[state].tone}>{paymentStates[state].text}</Badge> },
        ]}
      />
    </>
  );
}

function Differing({ isOther, children }: { readonly isOther: boolean; readonly children: React.ReactNode }) {
  if (!isOther) return <>{children}</>;
  return (
    <mark className="desk-mark">
      {children}
      <span className="only-read"> (diffère de l’autre organisme)</span>
    </mark>
  );
}
