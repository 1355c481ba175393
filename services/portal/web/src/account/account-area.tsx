import { lazy, Suspense, type ReactNode } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import type { InsuredVisitor, Tab } from '../../../src/face/session.js';
import { useSession } from '../asking/queries.js';
import { Menu, type MenuEntry } from '../layout/menu.js';
import { NotFound } from '../layout/not-found.js';
import { ButtonLink } from '../ui/button.js';
import { Page } from '../ui/page.js';
import { Asked, Waiting } from '../ui/states.js';
import { Home } from './home.js';
import { Incomes } from './incomes.js';
import { Instalments } from './instalments.js';
import { LiveAccount } from './live-account.js';
import { NotForYou } from './not-for-you.js';
import { Payments } from './payments.js';
import { Readings } from './readings.js';
import { Summary } from './summary.js';

/** Heavier than the others, or for a few: they come when they are opened. */
const Contributions = lazy(async () => ({ default: (await import('./contributions.js')).Contributions }));
const Declaration = lazy(async () => ({ default: (await import('./declaration.js')).Declaration }));
const MyFile = lazy(async () => ({ default: (await import('../file/my-file.js')).MyFile }));
const Debits = lazy(async () => ({ default: (await import('../file/debits.js')).Debits }));
const Family = lazy(async () => ({ default: (await import('../file/family.js')).Family }));
const Documents = lazy(async () => ({ default: (await import('../file/documents.js')).Documents }));
const MyFund = lazy(async () => ({ default: (await import('../file/fund.js')).MyFund }));
const Guide = lazy(async () => ({ default: (await import('../file/guide.js')).Guide }));
const EstimateIncome = lazy(async () => ({ default: (await import('../file/estimate.js')).EstimateIncome }));
const Pay = lazy(async () => ({ default: (await import('./pay.js')).Pay }));
const CashCalendar = lazy(async () => ({ default: (await import('../file/cash-calendar.js')).CashCalendar }));
const Refunds = lazy(async () => ({ default: (await import('./refunds.js')).Refunds }));
const Leaving = lazy(async () => ({ default: (await import('../file/leaving.js')).Leaving }));

/** *Mon compte*: for the person whose account it is, and nobody else. */
export function AccountArea() {
  const session = useSession();
  const { pathname } = useLocation();
  return (
    <Asked query={session}>
      {({ who }) => {
        if (who.kind === 'insured') return <Mine who={who} />;
        if (who.kind === 'agent') return <NotAnAgents />;
        return <Navigate to="/connexion" replace state={{ cameFrom: pathname }} />;
      }}
    </Asked>
  );
}

interface AccountPage {
  readonly path: string;
  readonly text: string;
  readonly element: ReactNode;
  /** The tab that a status may hide (F85): it is then neither in the menu nor at its address. */
  readonly tab?: Tab;
}

const pages: readonly AccountPage[] = [
  { path: 'synthese', text: 'Synthèse du compte', element: <Summary /> },
  { path: 'declaration', text: 'Déclaration', element: <Declaration />, tab: 'declaration' },
  { path: 'revenus', text: 'Revenus', element: <Incomes />, tab: 'incomes' },
  { path: 'estimation', text: 'Estimer mon revenu', element: <EstimateIncome />, tab: 'incomes' },
  { path: 'cotisations', text: 'Cotisations annuelles', element: <Contributions />, tab: 'contributions' },
  { path: 'echeances', text: 'Échéances', element: <Instalments />, tab: 'instalments' },
  { path: 'payer', text: 'Payer maintenant', element: <Pay /> },
  { path: 'tresorerie', text: 'Ma trésorerie sur 24 mois', element: <CashCalendar />, tab: 'instalments' },
  { path: 'prelevement', text: 'Prélèvement', element: <Debits />, tab: 'instalments' },
  { path: 'paiements', text: 'Paiements', element: <Payments /> },
  { path: 'remboursements', text: 'Remboursements', element: <Refunds /> },
  { path: 'courriers', text: 'Avis et courriers', element: <Documents /> },
  { path: 'informations', text: 'Informations générales', element: <MyFile /> },
  { path: 'famille', text: 'Ma famille', element: <Family /> },
  { path: 'caisse', text: 'Ma caisse', element: <MyFund /> },
  { path: 'guide', text: 'Guide et réglementation', element: <Guide /> },
  { path: 'cessation', text: 'Arrêter mon activité', element: <Leaving /> },
  { path: 'consultations', text: 'Qui a consulté mon compte', element: <Readings /> },
];

const isHidden = (who: InsuredVisitor, { tab }: AccountPage): boolean => tab !== undefined && who.hiddenTabs.includes(tab);

/** What the status of the person opens, in the order of the menu: the home lists the same (F6, F7). */
export const servicesOf = (who: InsuredVisitor): MenuEntry[] =>
  pages.filter((page) => !isHidden(who, page)).map(({ path, text }) => ({ to: `/mon-compte/${path}`, text }));

function Mine({ who }: { readonly who: InsuredVisitor }) {
  const services = servicesOf(who);
  return (
    <LiveAccount>
      <div className="with-menu">
        <Menu
          label="Mon compte"
          entries={[{ to: '/mon-compte', text: 'Accueil', isExact: true }, ...services, { to: '/simulateur', text: 'Simulateur' }]}
        />
        <Suspense fallback={<Waiting />}>
          <Routes>
            <Route index element={<Home who={who} services={services} />} />
            {pages.map((page) => (
              <Route
                key={page.path}
                path={page.path}
                element={isHidden(who, page) ? <NotForYou title={page.text} tab={page.tab} /> : page.element}
              />
            ))}
            <Route path="*" element={<NotFound />} />
          </Routes>
        </Suspense>
      </div>
    </LiveAccount>
  );
}

function NotAnAgents() {
  return (
    <Page title="Cet espace est celui des assurés" narrow>
      <p>Vous êtes connecté comme agent. Les comptes des assurés se consultent depuis le bureau des agents, avec un motif.</p>
      <div>
        <ButtonLink to="/bureau" kind="main">
          Aller au bureau des agents
        </ButtonLink>
      </div>
    </Page>
  );
}
