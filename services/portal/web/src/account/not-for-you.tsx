import type { Tab } from '../../../src/face/session.js';
import { ButtonLink } from '../ui/button.js';
import { Page } from '../ui/page.js';

/** A page that exists, and not for the status of this person (F85). */
export function NotForYou({ title, tab }: { readonly title: string; readonly tab: Tab | undefined }) {
  return (
    <Page title="Cette page n’existe pas pour votre statut" narrow>
      <p>
        {tab === 'declaration'
          ? `« ${title} » est la page des micro-entrepreneurs, qui cotisent sur leur chiffre d’affaires. Vous cotisez sur votre revenu : voyez « Revenus » et « Cotisations annuelles ».`
          : `« ${title} » ne concerne pas votre façon de cotiser. Micro-entrepreneur, vous cotisez sur votre chiffre d’affaires : tout se trouve dans « Déclaration ».`}
      </p>
      <div className="row">
        <ButtonLink to="/mon-compte" kind="main">
          Retour à l’accueil
        </ButtonLink>
      </div>
    </Page>
  );
}
