import { useEffect, useState } from 'react';
import { refresh } from './queries.js';

/** Whether news of the account comes by itself: `live`, or not for now, and then a page is as fresh as when it was asked. */
export type Liveness = 'opening' | 'live' | 'interrupted';

/**
 * Hears that something happened on the account and asks the pages of the area again (F30). What was said while the stream was cut was
 * not heard, so each opening asks the pages again too.
 */
export function useLiveNews(area: string, path: string): Liveness {
  const [liveness, setLiveness] = useState<Liveness>('opening');
  useEffect(
    () =>
      listenTo(`/api/portal/v1/${area}/${path}`, {
        changed: gathered(() => void refresh(area)),
        liveness: setLiveness,
      }),
    [area, path],
  );
  return liveness;
}

interface Listener {
  readonly changed: () => void;
  readonly liveness: (liveness: Liveness) => void;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * The browser opens a stream that was cut again by itself, but gives up for good when it is once refused (a restart, a gateway's 502):
 * then we open it, with growing pauses.
 */
function listenTo(address: string, { changed, liveness }: Listener): () => void {
  let pauseMs = FIRST_PAUSE_MS;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let hasOpened = false;
  let stream: EventSource;
  const open = (): void => {
    stream = new EventSource(address);
    stream.addEventListener('open', () => {
      liveness('live');
      pauseMs = FIRST_PAUSE_MS;
      if (hasOpened) changed();
      hasOpened = true;
    });
    stream.addEventListener('account-changed', changed);
    stream.addEventListener('error', () => {
      liveness('interrupted');
      if (stream.readyState !== EventSource.CLOSED) return;
      waiting = setTimeout(open, pauseMs);
      pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
    });
  };
  open();
  return () => {
    clearTimeout(waiting);
    stream.close();
  };
}

const GATHERING_MS = 250;

/** A payment makes several facts within a moment: they are one reason to ask again. */
function gathered(act: () => void): () => void {
  let isWaiting = false;
  return () => {
    if (isWaiting) return;
    isWaiting = true;
    setTimeout(() => {
      isWaiting = false;
      act();
    }, GATHERING_MS);
  };
}
