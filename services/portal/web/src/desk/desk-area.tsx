import { Outlet, Route, Routes, useLocation } from 'react-router';
import { lazy, Suspense, useState } from 'react';
import type { Visitor } from '../../../src/face/session.js';
import { useSession } from '../asking/queries.js';
import { AnomaliesPage } from '../border/anomalies-page.js';
import { AnomalyPage } from '../border/anomaly-page.js';
import { BatchPage } from '../border/batch-page.js';
import { borderEntries } from '../border/border-words.js';
import { FlowsPage } from '../border/flows-page.js';
import { GiveUpsPage } from '../border/give-ups-page.js';
import { MatchingPage } from '../border/matching-page.js';
import { ReconciliationPage } from '../border/reconciliation-page.js';
import { ToBeMatchedPage } from '../border/to-be-matched-page.js';
import { Menu } from '../layout/menu.js';
import { NotFound } from '../layout/not-found.js';
import { Notice } from '../ui/notice.js';
import { Page } from '../ui/page.js';
import { Asked, Waiting } from '../ui/states.js';
import { AccountDesk } from './account-desk.js';
import { DuplicatesPage } from './file/duplicates-page.js';
import { ReturnedDebitsPage } from './file/returned-debits-page.js';
import { FundPage } from './file/fund-page.js';
import { RegisterPage } from './file/register-page.js';
import { SearchPage } from './search-page.js';
import '../styles/desk.css';

/** For few, and now and then: it comes when it is opened. */
const RefundsPage = lazy(async () => ({ default: (await import('./refunds-page.js')).RefundsPage }));

const SentBatchesPage = lazy(async () => ({ default: (await import('../border/sent-batches-page.js')).SentBatchesPage }));
const SentBatchPage = lazy(async () => ({ default: (await import('../border/sent-batch-page.js')).SentBatchPage }));
const AccountingPage = lazy(async () => ({ default: (await import('./accounting-page.js')).AccountingPage }));
const AccountingDayPage = lazy(async () => ({ default: (await import('./accounting-day-page.js')).AccountingDayPage }));

/** The agents' desk: whoever is no agent is shown the door to it. */
export function DeskArea() {
  const session = useSession();
  return <Asked query={session}>{({ who }) => (who.kind === 'agent' ? <DeskPages /> : <DeskDoor who={who} />)}</Asked>;
}

function DeskPages() {
  // In memory only: an agent who treats a file opens several accounts for the same reason.
  const [purpose, setPurpose] = useState('');
  return (
    <Routes>
      <Route path="comptes/:account/*" element={<AccountDesk purpose={purpose} setPurpose={setPurpose} />} />
      <Route element={<DeskColumn />}>
        <Route index element={<SearchPage purpose={purpose} setPurpose={setPurpose} />} />
        <Route path="affilier" element={<RegisterPage />} />
        <Route path="doubles" element={<DuplicatesPage />} />
        <Route path="prelevements" element={<ReturnedDebitsPage />} />
        <Route path="caisse" element={<FundPage />} />
        <Route path="remboursements" element={<RefundsPage />} />
        <Route path="journees" element={<AccountingPage />} />
        <Route path="journees/:day" element={<AccountingDayPage />} />
        <Route path="anomalies" element={<AnomaliesPage />} />
        <Route path="anomalies/:id" element={<AnomalyPage />} />
        <Route path="encaissements" element={<ToBeMatchedPage />} />
        <Route path="encaissements/:id" element={<MatchingPage />} />
        <Route path="rapprochements" element={<ReconciliationPage />} />
        <Route path="flux" element={<FlowsPage />} />
        <Route path="flux/:partner/:flow/manquants" element={<GiveUpsPage />} />
        <Route path="flux/:partner/:flow/lots/:number" element={<BatchPage />} />
        <Route path="flux/:partner/:flow/envois" element={<SentBatchesPage />} />
        <Route path="flux/:partner/:flow/envois/:number" element={<SentBatchPage />} />
      </Route>
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}

const fileEntries = [
  { to: '/bureau/affilier', text: 'Affilier une personne' },
  { to: '/bureau/doubles', text: 'Comptes en double' },
  { to: '/bureau/prelevements', text: 'Prélèvements impayés' },
  { to: '/bureau/caisse', text: 'Actualités et messages' },
  { to: '/bureau/remboursements', text: 'Remboursements' },
  { to: '/bureau/journees', text: 'Journées comptables' },
];

/** What an agent has beside the accounts: the desk’s own pages, with their menu. */
function DeskColumn() {
  return (
    <div className="desk with-menu">
      <Menu label="Bureau" entries={[{ to: '/bureau', text: 'Chercher un compte', isExact: true }, ...fileEntries, ...borderEntries]} />
      <div className="desk-column">
        <Suspense fallback={<Waiting />}>
          <Outlet />
        </Suspense>
      </div>
    </div>
  );
}

function DeskDoor({ who }: { readonly who: Visitor }) {
  const { pathname } = useLocation();
  return (
    <Page title="Bureau des agents" narrow lead="Réservé aux agents du RSI, de l’Urssaf et des cellules mixtes régionales.">
      {who.kind === 'insured' ? (
        <Notice tone="wait">
          <p>Vous êtes connecté à votre propre compte. Entrer au bureau vous en déconnectera.</p>
        </Notice>
      ) : null}
      <section className="card stack">
        <p>
          Vous vous identifiez auprès de votre organisme. Chaque ouverture d’un compte est inscrite au journal avec son motif, et montrée à
          la personne.
        </p>
        <div className="row">
          {/* A whole page: the answer is a redirection to the issuer. */}
          <a className="button button-main" href={`/api/portal/v1/agents/sign-in?to=${encodeURIComponent(pathname)}`}>
            S’identifier
          </a>
        </div>
      </section>
    </Page>
  );
}
