import { ButtonLink } from '../ui/button.js';
import { Page } from '../ui/page.js';

export function NotFound() {
  return (
    <Page title="Cette page n’existe pas" lead="L’adresse est peut-être incomplète, ou la page a été déplacée." narrow>
      <div className="row">
        <ButtonLink to="/mon-compte" kind="main">
          Aller à mon compte
        </ButtonLink>
        <ButtonLink to="/simulateur">Ouvrir le simulateur</ButtonLink>
      </div>
    </Page>
  );
}
