import { useState } from 'react';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { Trouble } from '../ui/states.js';
import { isReason, ReasonField } from './reason-field.js';
import { useAct } from './use-act.js';

interface DecideProps {
  /** Of the proposal, under the desk. */
  readonly path: string;
  /** Whoever proposed may take it back, and not approve it. */
  readonly isMine: boolean;
}

/** The second pair of eyes. */
export function DecideProposal({ path, isMine }: DecideProps) {
  const [reason, setReason] = useState('');
  const [isAsked, setAsked] = useState(false);
  const approving = useAct<undefined>(() => ({ method: 'POST', path: `${path}/approval`, body: {} }));
  const refusing = useAct<string>((because) => ({ method: 'POST', path: `${path}/refusal`, body: { reason: because } }));
  const isBusy = approving.isPending || refusing.isPending;
  return (
    <div className="fields">
      {isMine ? (
        <Notice>
          <p>Vous avez fait cette proposition : une autre personne de la cellule doit l’approuver. Vous pouvez la retirer.</p>
        </Notice>
      ) : (
        <div className="row">
          <Button kind="main" isDisabled={isBusy} onPress={() => approving.mutate(undefined)}>
            Approuver
          </Button>
        </div>
      )}
      <form
        className="fields"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(true);
          if (isReason(reason)) refusing.mutate(reason.trim());
        }}
      >
        <ReasonField
          value={reason}
          change={setReason}
          isAsked={isAsked}
          about="la proposition"
          label={isMine ? 'Pourquoi la retirer' : 'Pourquoi la refuser'}
        />
        <div className="row">
          <Button type="submit" isDisabled={isBusy}>
            {isMine ? 'Retirer' : 'Refuser'}
          </Button>
        </div>
      </form>
      {approving.isError ? <Trouble error={approving.error} /> : null}
      {refusing.isError ? <Trouble error={refusing.error} /> : null}
    </div>
  );
}
