import { createPrivateKey } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { SystemClient } from '@isu/isu';
import pg from 'pg';
import { Books } from './books.js';
import { serve } from './server.js';
import type { UrssafSettings } from './settings.js';
import { ToldBooks } from './told-books.js';
import { SimulatedUrssaf } from './urssaf.js';

/** A simulated Urssaf that runs. */
export interface RunningUrssaf {
  readonly url: string;
  stop(): Promise<void>;
}

const everyMs = 500;

/** Opens the books, the port, and goes on by itself: what has no receipt is sent again. */
export async function openUrssaf(settings: UrssafSettings): Promise<RunningUrssaf> {
  const pool = new pg.Pool({ connectionString: settings.databaseUrl, max: 2 });
  // A server that goes takes its idle connections along: the next question opens another.
  pool.on('error', () => undefined);
  const books = new Books(pool);
  await books.open();
  const told = new ToldBooks(pool);
  await told.open();
  const urssaf = new SimulatedUrssaf({
    books,
    told,
    client: new SystemClient(settings.systemUrl),
    key: createPrivateKey(settings.privateKey),
    receiptKey: settings.receiptKey,
    calendar: settings.calendar,
    netEntreprisesKey: settings.netEntreprisesKey === '' ? null : createPrivateKey(settings.netEntreprisesKey),
  });
  const { url, server } = await serve(urssaf, settings.port);
  const stopping = new AbortController();
  const turning = turns(urssaf, stopping.signal);
  return {
    url,
    stop: async () => {
      stopping.abort();
      await turning;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await pool.end();
    },
  };
}

/** A system that does not answer is asked again: that is what a partner does. */
async function turns(urssaf: SimulatedUrssaf, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await urssaf.turn().catch(() => undefined);
    await pause(everyMs, undefined, { signal }).catch(() => undefined);
  }
}
