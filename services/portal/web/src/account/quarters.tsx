import type { Rights } from '../../../src/face/my-account.js';
import { printedAccount } from '../ui/figures.js';
import { Nothing } from '../ui/states.js';

interface QuartersProps {
  readonly rights: Rights;
  /** On whose account the person is or was called as a collaborating spouse. */
  readonly head: string | undefined;
}

/**
 * The quarters that payments validate. What is paid for a collaborating spouse stands on the account of the head: it is said not to be counted
 * yet, and never that there is none (I5).
 */
export function Quarters({ rights: { quarters, quartersValidated, quartersPossible, upToDate }, head }: QuartersProps) {
  if (head !== undefined && quartersPossible === 0) return <NotCountedYet head={head} />;
  return (
    <>
      <p>
        <span className="figure">{quartersValidated}</span> {quartersValidated > 1 ? 'trimestres validés' : 'trimestre validé'} par vos
        paiements{quartersPossible > quartersValidated ? `, ${String(quartersPossible)} si tout ce qui est appelé est payé` : ''}.
      </p>
      {upToDate.value === 'unknown' ? (
        <p className="small">Nous attendons des informations sur vos paiements : aucun trimestre ne vous sera refusé en attendant.</p>
      ) : null}
      {quarters.length === 0 ? (
        <Nothing>Aucune année calculée pour l’instant.</Nothing>
      ) : (
        <dl className="terms">
          {quarters.map(({ year, validated, possible }) => (
            <div key={year}>
              <dt>{year}</dt>
              <dd>{possible === 0 ? 'aucun' : `${String(validated)} sur ${String(possible)}`}</dd>
            </div>
          ))}
        </dl>
      )}
      {head === undefined ? null : <NotCountedYet head={head} />}
    </>
  );
}

const NotCountedYet = ({ head }: { readonly head: string }) => (
  <p>
    Les cotisations payées pour vous sur le compte n° {printedAccount(head)} valident des trimestres à votre nom : ils ne sont pas encore
    comptés ici.
  </p>
);
