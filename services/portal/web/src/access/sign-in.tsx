import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, Navigate, useLocation } from 'react-router';
import type { SessionState, SignInRequest } from '../../../src/face/session.js';
import { tell } from '../asking/portal.js';
import { takeSession, useSession } from '../asking/queries.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/fields.js';
import { Notice } from '../ui/notice.js';
import { Page } from '../ui/page.js';
import { DemoSignIn } from './demo-sign-in.js';
import { EmailField } from './email-field.js';
import { Refusal } from './outcome.js';

/** Where one wanted to go before being asked who one is. Kept in the history of the tab, not in the address. */
export interface CameFrom {
  readonly cameFrom?: string;
}

export function SignIn() {
  const session = useSession();
  const { cameFrom } = (useLocation().state ?? {}) as CameFrom;
  const who = session.data?.who.kind;
  if (who === 'insured') return <Navigate to={cameFrom ?? '/mon-compte'} replace />;
  if (who === 'agent') return <Navigate to="/bureau" replace />;
  return (
    <Page title="Se connecter" narrow>
      {cameFrom === undefined ? null : (
        <Notice>
          <p>Connectez-vous pour voir cette page. Pour votre sécurité, une session sans activité se ferme d’elle-même.</p>
        </Notice>
      )}
      <PasswordForm />
      <p>
        Pas encore de compte ? <Link to="/ouvrir-mon-compte">Ouvrir mon compte</Link>
      </p>
      {session.data?.doors.demo === true ? <DemoSignIn /> : null}
    </Page>
  );
}

function PasswordForm() {
  const [request, setRequest] = useState<SignInRequest>({ email: '', password: '' });
  const entering = useMutation({ mutationFn: () => tell<SessionState>('POST', 'sessions', request), onSuccess: takeSession });
  return (
    <form
      className="card fields"
      onSubmit={(event) => {
        event.preventDefault();
        entering.mutate();
      }}
    >
      <EmailField value={request.email} onChange={(email) => setRequest({ ...request, email })} autoComplete="username" />
      <Field
        label="Mot de passe"
        type="password"
        value={request.password}
        onChange={(password) => setRequest({ ...request, password })}
        autoComplete="current-password"
        isRequired
      />
      <Refusal error={entering.error} />
      <div className="row">
        <Button kind="main" type="submit" isDisabled={entering.isPending}>
          {entering.isPending ? 'Vérification…' : 'Se connecter'}
        </Button>
        <Link to="/mot-de-passe/oublie">Mot de passe oublié ?</Link>
      </div>
    </form>
  );
}
