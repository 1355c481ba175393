import type { BusinessClock } from '@isu/values';
import type { DataSource } from 'typeorm';
import type { Logger } from '../../logs/logger.js';
import type { ServiceMetrics } from '../../metrics/service-metrics.js';
import { loopingWorker, type Worker } from '../../workers/worker.js';
import { journalLag, sealEntries } from './sealing.js';

interface SealerParts {
  readonly db: DataSource;
  readonly clock: Pick<BusinessClock, 'now'>;
  readonly log: Logger;
  readonly metrics?: Pick<ServiceMetrics, 'gauge'>;
  readonly everyMs?: number;
}

const batch = 500;

/** Chains the journal in the background, a batch a turn. Killed at any point, it goes on where it stood. */
export function journalSealer({ db, clock, log, metrics, everyMs = 500 }: SealerParts): Worker {
  metrics?.gauge('isu_journal_unsealed', async () => (await journalLag(db)).entries);
  metrics?.gauge('isu_journal_lag_seconds', async () => ageOf((await journalLag(db)).oldestWallAt, clock) / 1_000);
  return loopingWorker({
    name: 'journal-sealer',
    everyMs,
    log,
    turn: async () => (await sealEntries(db, batch)) === batch,
  });
}

const ageOf = (at: Date | null, clock: Pick<BusinessClock, 'now'>): number => Math.max(0, at ? clock.now().getTime() - at.getTime() : 0);
