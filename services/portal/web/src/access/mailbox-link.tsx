import { useSession } from '../asking/queries.js';

/** In development the e-mails do not leave: they are read there. */
export function MailboxLink() {
  const session = useSession();
  if (session.data?.doors.mailbox !== true) return null;
  return (
    <p className="small">
      Démonstration : les courriels envoyés se lisent dans la <a href="/courrier">boîte de développement</a>.
    </p>
  );
}
