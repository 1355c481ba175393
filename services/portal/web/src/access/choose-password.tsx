import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { OneTimeLink, PasswordRequest, SessionState } from '../../../src/face/session.js';
import { tell } from '../asking/portal.js';
import { takeSession } from '../asking/queries.js';
import { acceptedIn } from '../asking/refused.js';
import { Button, ButtonLink } from '../ui/button.js';
import { Field } from '../ui/fields.js';
import { Page } from '../ui/page.js';
import { Asked } from '../ui/states.js';
import { tokenIn } from './one-time-token.js';
import { EmailField } from './email-field.js';
import { Refusal } from './outcome.js';

/**
 * F2: the single-use token of the e-mail stands after the `#`, which no server sees; it is taken out of the address at once, so that it
 * stays in no history. Who has a letter types its code.
 */
export function ChoosePassword() {
  const { hash, pathname } = useLocation();
  const navigate = useNavigate();
  const [token, setToken] = useState(() => tokenIn(hash));
  useEffect(() => {
    if (hash !== '') void navigate(pathname, { replace: true });
  }, [hash, pathname, navigate]);
  return (
    <Page title="Choisir mon mot de passe" narrow>
      {token === '' ? <TypeCode use={setToken} /> : <WithToken token={token} />}
    </Page>
  );
}

function TypeCode({ use }: { readonly use: (code: string) => void }) {
  const [code, setCode] = useState('');
  return (
    <form
      className="card fields"
      onSubmit={(event) => {
        event.preventDefault();
        use(code.trim());
      }}
    >
      <Field
        label="Code reçu par courrier"
        help="Il est imprimé sur la lettre de votre caisse. Si vous avez reçu un courriel, ouvrez plutôt le lien qu’il contient."
        value={code}
        onChange={setCode}
        autoComplete="one-time-code"
        isRequired
      />
      <div>
        <Button kind="main" type="submit">
          Continuer
        </Button>
      </div>
    </form>
  );
}

function WithToken({ token }: { readonly token: string }) {
  const link = useQuery({
    queryKey: ['one-time-link'],
    queryFn: () => tell<OneTimeLink>('POST', 'one-time-links/check', { token }),
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  return (
    <>
      <Asked query={link}>{(usable) => <PasswordForm token={token} link={usable} />}</Asked>
      {link.isError ? (
        <div className="row">
          <ButtonLink to="/ouvrir-mon-compte" kind="main">
            Demander un nouveau lien
          </ButtonLink>
        </div>
      ) : null}
    </>
  );
}

function PasswordForm({ token, link }: { readonly token: string; readonly link: OneTimeLink }) {
  const navigate = useNavigate();
  const [password, setPassword] = useState('');
  const [isShown, setShown] = useState(false);
  const [email, setEmail] = useState('');
  const body: PasswordRequest = { token, password, ...(link.kind === 'letter' && { email }) };
  const choosing = useMutation({
    mutationFn: () => tell<SessionState>('POST', 'passwords', body),
    onSuccess: async (session) => {
      takeSession(session);
      await navigate('/mon-compte');
    },
  });
  return (
    <form
      className="card fields"
      onSubmit={(event) => {
        event.preventDefault();
        choosing.mutate();
      }}
    >
      {link.kind === 'letter' ? (
        <EmailField
          help="C’est avec elle que vous vous connecterez."
          value={email}
          onChange={setEmail}
          error={acceptedIn(choosing.error, 'email')}
        />
      ) : null}
      <Field
        label="Mot de passe"
        help={link.passwordRules.says}
        type={isShown ? 'text' : 'password'}
        value={password}
        onChange={setPassword}
        error={acceptedIn(choosing.error, 'password')}
        autoComplete="new-password"
        minLength={link.passwordRules.minLength}
        maxLength={link.passwordRules.maxLength}
        isRequired
      />
      <div>
        <Button kind="quiet" aria-pressed={isShown} onPress={() => setShown(!isShown)}>
          {isShown ? 'Masquer le mot de passe' : 'Afficher le mot de passe'}
        </Button>
      </div>
      <Refusal error={choosing.error} />
      <div>
        <Button kind="main" type="submit" isDisabled={choosing.isPending}>
          Enregistrer et entrer
        </Button>
      </div>
    </form>
  );
}
