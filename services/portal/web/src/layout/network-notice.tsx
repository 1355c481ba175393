import { useOnline } from '../asking/online.js';
import { Notice } from '../ui/notice.js';

export function NetworkNotice() {
  if (useOnline()) return null;
  return (
    <div className="network">
      <Notice tone="wait" title="Vous êtes hors connexion" announced>
        <p>Ce qui est à l’écran date de votre dernière connexion. Le simulateur, lui, continue de calculer.</p>
      </Notice>
    </div>
  );
}
