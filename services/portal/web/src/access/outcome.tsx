import { RefusedByPortal } from '../asking/refused.js';
import { Notice } from '../ui/notice.js';
import { Trouble } from '../ui/states.js';

/** What happens now; read out as it appears, for the form has gone. */
export function Done({ says }: { readonly says: string }) {
  return (
    <Notice tone="good" title="Votre demande est enregistrée" announced>
      <p>{says}</p>
    </Notice>
  );
}

/** A form that was refused: the words of the portal, and how long to wait when it is a matter of waiting. */
export function Refusal({ error }: { readonly error: Error | null }) {
  if (error === null) return null;
  const wait = error instanceof RefusedByPortal ? error.retryAfter : null;
  return (
    <div className="stack-tight">
      <Trouble error={error} />
      {wait === null ? null : <p className="small">Vous pourrez réessayer dans {waitText(wait)}.</p>}
    </div>
  );
}

export function waitText(seconds: number): string {
  if (seconds < 90) return `${String(seconds)} seconde${seconds > 1 ? 's' : ''}`;
  return `${String(Math.ceil(seconds / 60))} minutes`;
}
