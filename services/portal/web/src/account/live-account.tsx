import { createContext, useContext, type ReactNode } from 'react';
import { useLiveNews, type Liveness } from '../asking/live.js';
import { Badge } from '../ui/notice.js';

const CurrentLiveness = createContext<Liveness>('opening');

/** One stream of news for the whole area: whatever page is open is asked again when something happens (F30). */
export function LiveAccount({ children }: { readonly children: ReactNode }) {
  return <CurrentLiveness value={useLiveNews('my', 'events')}>{children}</CurrentLiveness>;
}

/** Whether what is on the screen follows by itself. */
export function LiveBadge() {
  const liveness = useContext(CurrentLiveness);
  if (liveness === 'opening') return null;
  return (
    <span className="no-print">
      {liveness === 'live' ? <Badge tone="good">Mis à jour en direct</Badge> : <Badge tone="wait">Mise à jour en direct interrompue</Badge>}
    </span>
  );
}
