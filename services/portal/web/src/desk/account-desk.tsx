import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Route, Routes, useParams } from 'react-router';
import type { DeskAccountPage, Opening } from '../../../src/face/desk.js';
import { useLiveNews, type Liveness } from '../asking/live.js';
import { tell } from '../asking/portal.js';
import { refresh, usePage } from '../asking/queries.js';
import { hasCode } from '../asking/refused.js';
import { Menu } from '../layout/menu.js';
import { NotFound } from '../layout/not-found.js';
import { Button } from '../ui/button.js';
import { printedAccount } from '../ui/figures.js';
import { Page } from '../ui/page.js';
import { Asked, Trouble } from '../ui/states.js';
import { borderEntries } from '../border/border-words.js';
import { DeskDocuments } from '../file/documents.js';
import { FactsPage } from './facts-page.js';
import { ActsPage } from './file/acts-page.js';
import { FilePage } from './file/file-page.js';
import { HistoryPage } from './file/history-page.js';
import { KnownOnPage } from './known-on-page.js';
import { LinesPage } from './lines-page.js';
import { MoneyPage } from './money-page.js';
import { Overview } from './overview.js';
import { isPurpose, PurposeField, purposeMissing } from './purpose-field.js';
import { RightsPage } from './rights-page.js';
import type { PurposeKept } from './search-page.js';

/** What each page of an opened account is handed. */
export interface OpenedAccount {
  readonly account: string;
  readonly page: DeskAccountPage;
}

/** One account as the joint cell sees it, live for as long as its opening lasts. */
export function AccountDesk({ purpose, setPurpose }: PurposeKept) {
  const { account = '' } = useParams();
  const path = `accounts/${account}`;
  const asked = usePage<DeskAccountPage>('desk', path);
  if (hasCode(asked.error, 'opening-required')) {
    return <OpenAgain account={account} purpose={purpose} setPurpose={setPurpose} />;
  }
  if (asked.data === undefined) {
    return (
      <Page title="Compte">
        <Asked query={asked}>{() => null}</Asked>
      </Page>
    );
  }
  return <Opened account={account} page={asked.data} isStale={asked.isError} />;
}

const menuOf = (account: string) => [
  { to: `/bureau/comptes/${account}`, text: 'Vue d’ensemble', isExact: true },
  { to: `/bureau/comptes/${account}/lignes`, text: 'Lignes par année' },
  { to: `/bureau/comptes/${account}/paiements`, text: 'Paiements' },
  { to: `/bureau/comptes/${account}/faits`, text: 'Faits' },
  { to: `/bureau/comptes/${account}/connu-le`, text: 'Connu à une date' },
  { to: `/bureau/comptes/${account}/droits`, text: 'Droits et anomalies' },
  { to: `/bureau/comptes/${account}/dossier`, text: 'Dossier d’affiliation' },
  { to: `/bureau/comptes/${account}/historique`, text: 'Historique du dossier' },
  { to: `/bureau/comptes/${account}/courriers`, text: 'Avis et courriers' },
  { to: `/bureau/comptes/${account}/actes`, text: 'Agir sur le dossier' },
  { to: '/bureau', text: 'Chercher un autre compte', isExact: true },
  ...borderEntries,
];

function Opened({ account, page, isStale }: OpenedAccount & { readonly isStale: boolean }) {
  const liveness = useLiveNews('desk', `accounts/${account}/events`);
  const opened = { account, page };
  return (
    <div className="desk with-menu">
      <Menu label="Compte ouvert" entries={menuOf(account)} />
      <div className="desk-column">
        <OpenedBar {...opened} liveness={isStale ? 'interrupted' : liveness} />
        <Routes>
          <Route index element={<Overview {...opened} />} />
          <Route path="lignes" element={<LinesPage {...opened} />} />
          <Route path="paiements" element={<MoneyPage {...opened} />} />
          <Route path="faits" element={<FactsPage {...opened} />} />
          <Route path="connu-le" element={<KnownOnPage {...opened} />} />
          <Route path="droits" element={<RightsPage {...opened} />} />
          <Route path="dossier" element={<FilePage {...opened} />} />
          <Route path="historique" element={<HistoryPage {...opened} />} />
          <Route path="courriers" element={<DeskDocuments account={account} />} />
          <Route path="actes" element={<ActsPage {...opened} />} />
          <Route path="*" element={<NotFound />} />
        </Routes>
      </div>
    </div>
  );
}

const livenessText: Readonly<Record<Liveness, string>> = {
  opening: 'Connexion au direct…',
  live: 'En direct',
  interrupted: 'Direct interrompu : rechargez pour être sûr',
};

/** Whose account it is, for what it was opened, and whether the screen is live: at the head of each of its pages. */
function OpenedBar({ account, page, liveness }: OpenedAccount & { readonly liveness: Liveness }) {
  const { identity } = page.parts;
  const name = identity.state === 'ok' ? `${identity.data.givenNames} ${identity.data.familyName}` : 'Identité indisponible';
  return (
    <aside className="desk-bar" aria-label="Compte ouvert">
      <span className="desk-bar-name">{name}</span>
      <span className="nowrap">n° {printedAccount(account)}</span>
      <span>Motif : {page.opening.purpose}</span>
      <span className="desk-live" data-liveness={liveness}>
        {livenessText[liveness]}
      </span>
    </aside>
  );
}

/** An account is looked at for a reason, and not for ever: half an hour later the reason is asked again. */
function OpenAgain({ account, purpose, setPurpose }: PurposeKept & { readonly account: string }) {
  const [isAsked, setAsked] = useState(false);
  const opening = useMutation({
    mutationFn: () => tell<Opening>('POST', 'desk/openings', { account, purpose: purpose.trim() }),
    onSuccess: () => refresh('desk'),
  });
  return (
    <Page title="Ouvrir le compte" narrow lead={`Compte n° ${account}`}>
      <form
        className="card fields"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(true);
          if (isPurpose(purpose)) opening.mutate();
        }}
      >
        <p>Un compte s’ouvre pour un motif, et pour une demi-heure.</p>
        <PurposeField value={purpose} change={setPurpose} error={isAsked && !isPurpose(purpose) ? purposeMissing : null} />
        <div className="row">
          <Button type="submit" kind="main" isDisabled={opening.isPending}>
            Ouvrir
          </Button>
        </div>
        {opening.isError ? <Trouble error={opening.error} /> : null}
      </form>
    </Page>
  );
}
