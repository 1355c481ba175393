import { useMutation } from '@tanstack/react-query';
import { useLocation } from 'react-router';
import type { SessionState, Visitor } from '../../../src/face/session.js';
import { tell } from '../asking/portal.js';
import { useSession } from '../asking/queries.js';
import { Button, ButtonLink } from '../ui/button.js';
import { printedAccount } from '../ui/figures.js';
import { Brand } from './brand.js';

/** Whose page this is, and the way out. */
export function Masthead() {
  const session = useSession();
  const { pathname } = useLocation();
  const who = session.data?.who ?? { kind: 'nobody' };
  const atDesk = who.kind === 'agent' || pathname.startsWith('/bureau');
  return (
    <header className="masthead">
      <div className="masthead-row">
        <Brand to={atDesk ? '/bureau' : '/mon-compte'} name={atDesk ? 'Bureau des agents' : 'Mon compte'} />
        <div className="masthead-end">
          <Who who={who} />
          {session.isPending ? null : who.kind === 'nobody' ? (
            <ComeIn pathname={pathname} />
          ) : (
            <SignOut to={who.kind === 'agent' ? '/bureau' : '/connexion'} />
          )}
        </div>
      </div>
    </header>
  );
}

function Who({ who }: { readonly who: Visitor }) {
  if (who.kind === 'nobody') return null;
  if (who.kind === 'agent') return <span className="masthead-who">{who.name}</span>;
  return (
    <span className="masthead-who">
      {who.displayName ?? 'Compte'} · n° {printedAccount(who.account)}
    </span>
  );
}

function ComeIn({ pathname }: { readonly pathname: string }) {
  if (pathname.startsWith('/bureau')) return null;
  return (
    <>
      {pathname === '/simulateur' ? null : (
        <ButtonLink to="/simulateur" kind="quiet">
          Simulateur
        </ButtonLink>
      )}
      {pathname === '/connexion' ? null : <ButtonLink to="/connexion">Se connecter</ButtonLink>}
    </>
  );
}

/** The page is loaded anew afterwards: nothing of the person stays in memory. */
function SignOut({ to }: { readonly to: string }) {
  const leaving = useMutation({
    mutationFn: () => tell<SessionState>('DELETE', 'sessions/current'),
    onSettled: () => window.location.assign(to),
  });
  return (
    <Button onPress={() => leaving.mutate()} isDisabled={leaving.isPending}>
      Se déconnecter
    </Button>
  );
}
