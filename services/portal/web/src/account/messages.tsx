import type { AccountMessage } from '../../../src/face/my-account.js';
import { Link } from 'react-router';
import type { MenuEntry } from '../layout/menu.js';
import { DayText, printed } from '../ui/figures.js';
import { Nothing } from '../ui/states.js';
import { stageName } from '../words/contributions.js';

interface Said {
  readonly text: string;
  /** The page that tells more; its link is shown to those whose status has that page. */
  readonly page: string;
  readonly search?: string;
}

const declaration = '/mon-compte/declaration';

/** What happened on the account, in sentences. */
export function Messages({
  messages,
  services,
}: {
  readonly messages: readonly AccountMessage[];
  readonly services: readonly MenuEntry[];
}) {
  if (messages.length === 0) return <Nothing>Rien de nouveau pour l’instant.</Nothing>;
  return (
    <ul className="plain-list">
      {messages.map((message) => {
        const {
          text,
          page,
          search = '',
        } = said(
          message,
          services.some(({ to }) => to === declaration),
        );
        const service = services.find(({ to }) => to === page);
        return (
          <li key={`${message.kind} ${message.key}`}>
            <span className="soft small">
              <DayText of={message.on} />
            </span>
            <br />
            {text} {service === undefined ? null : <Link to={`${page}${search}`}>Voir « {service.text} »</Link>}
          </li>
        );
      })}
    </ul>
  );
}

function said(message: AccountMessage, declaresTurnovers: boolean): Said {
  switch (message.kind) {
    case 'payment-posted':
      return { text: `Votre paiement de ${printed(message.amount)} est enregistré.`, page: '/mon-compte/paiements' };
    case 'payment-reversed':
      return {
        text: `Votre paiement de ${printed(message.amount)} a été rejeté (${message.reason}) : ce qu’il avait réglé est de nouveau à payer.`,
        page: '/mon-compte/paiements',
      };
    case 'assessed':
      // Each turnover adds to the year: none of these sums is the last word about it.
      if (declaresTurnovers)
        return { text: `Vos cotisations ${String(message.year)} s’élèvent maintenant à ${printed(message.total)}.`, page: declaration };
      return {
        text: `Vos cotisations ${String(message.year)} sont calculées : ${printed(message.total)} (${stageName(message.stage).toLowerCase()}).`,
        page: '/mon-compte/cotisations',
        search: `?annee=${String(message.year)}`,
      };
    case 'income-recorded':
      return {
        text: `Votre revenu ${String(message.year)} de ${printed(message.amount)} est enregistré${message.isCorrection ? ', à la place du précédent' : ''}.`,
        page: '/mon-compte/revenus',
        search: `?annee=${String(message.year)}`,
      };
  }
}
