import { useEffect, useState } from 'react';
import { refresh } from './queries.js';

/** Whether news of the account comes by itself: `live`, or not for now, and then a page is as fresh as when it was asked. */
export type Liveness = 'opening' | 'live' | 'interrupted';

/**
 * Hears that something happened on the account and asks the pages of the area again (F30). The browser opens the stream again by
 * itself; what was said in between was not heard, so each opening asks the pages again too.
 */
export function useLiveNews(area: string, path: string): Liveness {
  const [liveness, setLiveness] = useState<Liveness>('opening');
  useEffect(() => {
    const stream = new EventSource(`/api/portal/v1/${area}/${path}`);
    let opened = false;
    const soon = gathered(() => void refresh(area));
    stream.addEventListener('open', () => {
      setLiveness('live');
      if (opened) soon();
      opened = true;
    });
    stream.addEventListener('account-changed', soon);
    stream.addEventListener('error', () => setLiveness('interrupted'));
    return () => stream.close();
  }, [area, path]);
  return liveness;
}

const GATHERING_MS = 250;

/** A payment makes several facts within a moment: they are one reason to ask again. */
function gathered(act: () => void): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      act();
    }, GATHERING_MS);
  };
}
