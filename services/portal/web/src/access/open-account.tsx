import { useMutation, type UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Accepted, AccountOpeningRequest } from '../../../src/face/session.js';
import { tell } from '../asking/portal.js';
import { acceptedIn } from '../asking/refused.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/fields.js';
import { Page } from '../ui/page.js';
import { MailboxLink } from './mailbox-link.js';
import { EmailField } from './email-field.js';
import { Done, Refusal } from './outcome.js';

/** F1: a social-security number and an e-mail, nothing else. The answer never tells whether the person is known. */
export function OpenAccount() {
  const [request, setRequest] = useState<AccountOpeningRequest>({ nir: '', email: '' });
  const opening = useMutation({ mutationFn: () => tell<Accepted>('POST', 'account-openings', withoutSpaces(request)) });
  return (
    <Page
      title="Ouvrir mon compte"
      lead="Quelques minutes suffisent, avec votre numéro de sécurité sociale et une adresse électronique."
      narrow
    >
      {opening.isSuccess ? (
        <>
          <Done says={opening.data.says} />
          <MailboxLink />
          <p>
            Vous avez reçu un code par courrier ? <Link to="/mot-de-passe">Saisir mon code</Link>
          </p>
        </>
      ) : (
        <OpeningForm request={request} change={setRequest} opening={opening} />
      )}
      <p>
        Votre compte est déjà ouvert ? <Link to="/connexion">Se connecter</Link>
      </p>
    </Page>
  );
}

interface OpeningFormProps {
  readonly request: AccountOpeningRequest;
  readonly change: (request: AccountOpeningRequest) => void;
  readonly opening: UseMutationResult<Accepted, Error, void>;
}

function OpeningForm({ request, change, opening }: OpeningFormProps) {
  return (
    <form
      className="card fields"
      onSubmit={(event) => {
        event.preventDefault();
        opening.mutate();
      }}
    >
      <Field
        label="Numéro de sécurité sociale"
        help="Les 15 caractères de votre carte Vitale, clé comprise. Les espaces ne comptent pas."
        value={request.nir}
        onChange={(nir) => change({ ...request, nir })}
        error={acceptedIn(opening.error, 'nir')}
        autoComplete="off"
        inputMode="text"
        maxLength={25}
        isRequired
      />
      <EmailField
        help="Celle que votre caisse connaît déjà : le lien n’est envoyé qu’à elle. Si nous n’en avons pas, un code vous parviendra par courrier."
        value={request.email}
        onChange={(email) => change({ ...request, email })}
        error={acceptedIn(opening.error, 'email')}
      />
      <Refusal error={opening.error} />
      <div>
        <Button kind="main" type="submit" isDisabled={opening.isPending}>
          {opening.isPending ? 'Envoi en cours…' : 'Recevoir mon lien'}
        </Button>
      </div>
    </form>
  );
}

/** As it is printed on the card, in groups, or in one piece. */
const withoutSpaces = ({ nir, email }: AccountOpeningRequest): AccountOpeningRequest => ({
  nir: nir.replace(/[\s.-]/g, ''),
  email: email.trim(),
});
