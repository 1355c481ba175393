import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Accepted } from '../../../src/face/session.js';
import { tell } from '../asking/portal.js';
import { acceptedIn } from '../asking/refused.js';
import { Button } from '../ui/button.js';
import { Page } from '../ui/page.js';
import { MailboxLink } from './mailbox-link.js';
import { EmailField } from './email-field.js';
import { Done, Refusal } from './outcome.js';

export function ForgottenPassword() {
  const [email, setEmail] = useState('');
  const asking = useMutation({ mutationFn: () => tell<Accepted>('POST', 'password-resets', { email }) });
  return (
    <Page
      title="Mot de passe oublié"
      lead="Nous vous envoyons un lien, valable une fois et trente minutes, pour en choisir un autre."
      narrow
    >
      {asking.isSuccess ? (
        <>
          <Done says={asking.data.says} />
          <MailboxLink />
        </>
      ) : (
        <form
          className="card fields"
          onSubmit={(event) => {
            event.preventDefault();
            asking.mutate();
          }}
        >
          <EmailField
            help="Celle avec laquelle vous vous connectez."
            value={email}
            onChange={setEmail}
            error={acceptedIn(asking.error, 'email')}
          />
          <Refusal error={asking.error} />
          <div>
            <Button kind="main" type="submit" isDisabled={asking.isPending}>
              Recevoir un lien
            </Button>
          </div>
        </form>
      )}
    </Page>
  );
}
