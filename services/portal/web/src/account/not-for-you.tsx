import { ButtonLink } from '../ui/button.js';
import { Page } from '../ui/page.js';

/** A page that exists, and not for the status of this person (F85). */
export function NotForYou({ title }: { readonly title: string }) {
  return (
    <Page title="Cette page n’existe pas pour votre statut" narrow>
      <p>
        « {title} » ne concerne pas votre façon de cotiser. Micro-entrepreneur, vous cotisez sur votre chiffre d’affaires : tout se trouve
        dans « Déclaration ».
      </p>
      <div className="row">
        <ButtonLink to="/mon-compte" kind="main">
          Retour à l’accueil
        </ButtonLink>
      </div>
    </Page>
  );
}
