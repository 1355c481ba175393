import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Part } from '../../../src/face/parts.js';
import { RefusedByPortal, Unreachable } from '../asking/refused.js';
import { Button } from './button.js';
import { Notice } from './notice.js';

export function Waiting() {
  return (
    <div className="waiting" role="status">
      <span className="only-read">Chargement en cours…</span>
      <span className="waiting-bar" aria-hidden="true" />
      <span className="waiting-bar" aria-hidden="true" />
      <span className="waiting-bar" aria-hidden="true" />
    </div>
  );
}

/** What went wrong, in words that say what can be done; the identifier finds it in our logs. */
export function Trouble({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) {
  const again = retry ? <Button onPress={retry}>Réessayer</Button> : null;
  if (error instanceof Unreachable) {
    return (
      <Notice tone="wait" title="Nous n’arrivons pas à joindre le service" announced>
        <p>Vérifiez votre connexion. Rien de ce que vous aviez enregistré n’est perdu.</p>
        {again}
      </Notice>
    );
  }
  if (error instanceof RefusedByPortal) {
    const { title, detail, instance, status } = error.problem;
    return (
      <Notice tone={status >= 500 ? 'wait' : 'bad'} title={title} announced>
        <p>{detail}</p>
        {status >= 500 && instance !== '' ? <p className="small">À citer si vous nous appelez : {instance}</p> : null}
        {status >= 500 ? again : null}
      </Notice>
    );
  }
  return (
    <Notice tone="bad" title="Cette page a rencontré un défaut" announced>
      <p>Ce n’est pas de votre fait. Rechargez la page ; si cela recommence, dites-le à votre caisse.</p>
      {again}
    </Notice>
  );
}

/** An answer of the portal in its states: on its way, refused or unreachable, come. What came before stays while it is asked again. */
export function Asked<Answer>({
  query,
  children,
}: {
  readonly query: UseQueryResult<Answer>;
  readonly children: (answer: Answer) => ReactNode;
}) {
  if (query.data !== undefined) {
    return (
      <>
        {query.isError ? (
          <Notice tone="wait" announced>
            <p>Ces informations n’ont pas pu être mises à jour : vous voyez les dernières reçues.</p>
          </Notice>
        ) : null}
        {children(query.data)}
      </>
    );
  }
  if (query.isError) return <Trouble error={query.error} retry={() => void query.refetch()} />;
  return <Waiting />;
}

/** A part of a page: what its service said, or why it is not there; the rest of the page stands (F3). */
export function PartOf<T>({ part, children }: { readonly part: Part<T>; readonly children: (content: T) => ReactNode }) {
  if (part.state === 'ok') return <>{children(part.data)}</>;
  return (
    <Notice tone={part.state === 'missing' ? 'wait' : 'plain'}>
      <p>{part.says}</p>
    </Notice>
  );
}

export function Nothing({ children }: { readonly children: ReactNode }) {
  return <p className="soft">{children}</p>;
}
