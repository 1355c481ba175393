import { isRouteErrorResponse, useRouteError } from 'react-router';
import { Button } from '../ui/button.js';
import { NotFound } from './not-found.js';

/** A defect of ours, or a part of the app that could not be fetched: the page says it and offers to begin again. */
export function Broken() {
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFound />;
  return (
    <main id="contenu" className="page page-narrow">
      <title>Un défaut est survenu — Mon compte</title>
      <h1>Cette page n’a pas pu s’afficher</h1>
      <p>
        Ce n’est pas de votre fait, et rien de ce qui était enregistré n’est perdu. Vérifiez votre connexion, puis rechargez la page. Si
        cela recommence, dites-le à votre caisse.
      </p>
      <div className="row">
        <Button kind="main" onPress={() => window.location.reload()}>
          Recharger la page
        </Button>
      </div>
    </main>
  );
}
