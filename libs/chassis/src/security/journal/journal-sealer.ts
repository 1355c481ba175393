import type { DataSource } from 'typeorm';
import type { Logger } from '../../logs/logger.js';
import type { ServiceMetrics } from '../../metrics/service-metrics.js';
import { loopingWorker, type Worker } from '../../workers/worker.js';
import { journalLag, sealEntries } from './sealing.js';

interface SealerParts {
  readonly db: DataSource;
  readonly log: Logger;
  readonly metrics?: Pick<ServiceMetrics, 'gauge'>;
  readonly everyMs?: number;
}

const batch = 500;

/** Chains the journal in the background, a batch a turn. Killed at any point, it goes on where it stood. */
export function journalSealer({ db, log, metrics, everyMs = 500 }: SealerParts): Worker {
  metrics?.gauge('isu_journal_unsealed', 'Journal entries that no link of the chain holds yet', async () => (await journalLag(db)).entries);
  return loopingWorker({
    name: 'journal-sealer',
    everyMs,
    log,
    turn: async () => (await sealEntries(db, batch)) === batch,
  });
}
