import type { Situation } from '../../../src/face/file.js';
import { Link } from 'react-router';
import { DayText, printedDay } from '../ui/figures.js';
import { Notice } from '../ui/notice.js';
import { endCauseName, nothingEverDue } from '../words/file.js';

type Ended = Pick<Situation, 'state' | 'regime' | 'endedOn' | 'endCause' | 'lastIncomes'>;

/** After the end of an activity: since when, why, and what remains to be done until the account is settled. */
export function EndedActivity({ situation, today }: { readonly situation: Ended; readonly today: string }) {
  const { state, endedOn, endCause } = situation;
  if (endedOn === null || (state !== 'ended' && state !== 'settled')) return null;
  return (
    <Notice title={`Votre activité a pris fin le ${printedDay(endedOn)}`}>
      <p>{endCauseName(endCause ?? '')}. Plus rien n’est appelé ni prélevé pour la suite.</p>
      {endCause === nothingEverDue ? null : state === 'settled' ? <p>{settledWords}</p> : <StillToDo situation={situation} today={today} />}
    </Notice>
  );
}

const settledWords =
  'Vos cotisations définitives sont calculées. S’il vous reste une somme à payer, elle figure au solde ; si vous avez trop versé, la différence vous est remboursée.';

function StillToDo({ situation: { regime, lastIncomes }, today }: { readonly situation: Ended; readonly today: string }) {
  return (
    <ul>
      {regime === 'micro-social' ? (
        <li>
          Déclarez le chiffre d’affaires de votre dernière période, à son échéance : page{' '}
          <Link to="/mon-compte/declaration">« Déclaration »</Link>.
        </li>
      ) : (
        <li>
          <LastIncomes lastIncomes={lastIncomes} today={today} />
        </li>
      )}
      <li>Vos cotisations définitives sont alors calculées : un reste vous est demandé, un trop-versé vous est remboursé.</li>
    </ul>
  );
}

function LastIncomes({ lastIncomes, today }: Pick<Ended, 'lastIncomes'> & { readonly today: string }) {
  if (lastIncomes === null || lastIncomes.incomesOf.length === 0) return <>Vos derniers revenus sont déclarés.</>;
  const { incomesOf, incomesBy } = lastIncomes;
  const years = incomesOf.join(' et ');
  if (incomesBy < today)
    return (
      <>
        Vos revenus de {years} devaient être déclarés le <DayText of={incomesBy} /> au plus tard : déclarez-les sans attendre, sinon vos
        cotisations sont fixées d’office.
      </>
    );
  return (
    <>
      Déclarez vos revenus de {years} au plus tard le <DayText of={incomesBy} />.
    </>
  );
}
