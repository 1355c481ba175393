import type { DataSource } from 'typeorm';
import type { Logger } from '../../logs/logger.js';
import { loopingWorker, type Worker } from '../../workers/worker.js';
import { sealEntries } from './sealing.js';

interface SealerParts {
  readonly db: DataSource;
  readonly log: Logger;
  readonly everyMs?: number;
}

const batch = 500;

/** Chains the journal in the background, a batch a turn. Killed at any point, it goes on where it stood. */
export function journalSealer({ db, log, everyMs = 500 }: SealerParts): Worker {
  return loopingWorker({
    name: 'journal-sealer',
    everyMs,
    log,
    turn: async () => (await sealEntries(db, batch)) === batch,
  });
}
