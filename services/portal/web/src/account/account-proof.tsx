import type { ViewProof } from '../../../src/face/parts.js';
import { serviceName } from '../words/people.js';

/** The proof that goes with every balance (N1), in words for who is not of the trade; in full for who wants to compare. */
export function AccountProof({ view: { fingerprint, vector } }: { readonly view: ViewProof }) {
  return (
    <details className="proof">
      <summary>
        Empreinte du compte : <code>{fingerprint.slice(0, 8)}</code>
      </summary>
      <div className="stack-tight small soft">
        <p>
          Le RSI et l’Urssaf tiennent chacun ce compte de leur côté. S’ils ont reçu les mêmes informations, leurs empreintes sont les mêmes
          : dictez ces huit caractères à un agent, il doit voir les mêmes.
        </p>
        <p>
          Informations prises en compte :{' '}
          {Object.entries(vector)
            .map(([author, seq]) => `${String(seq)} de ${serviceName(author).replace(/^le /, '')}`)
            .join(', ')
            .replaceAll('de RSI', 'du RSI')
            .replaceAll('de service', 'du service')}
          .
        </p>
        <p>
          En entier : <code>{fingerprint}</code>
        </p>
      </div>
    </details>
  );
}
