import type { BusinessClock } from '@isu/values';
import type { DataSource } from 'typeorm';
import type { Logger } from '../../logs/logger.js';
import type { GaugeName } from '../../metrics/catalogue.js';
import type { ServiceMetrics } from '../../metrics/service-metrics.js';
import { loopingWorker, type Worker } from '../../workers/worker.js';
import { accessChain, hasUnsealed, journalLag, sealEntries, type ChainedJournal } from './sealing.js';

interface SealerParts {
  readonly db: DataSource;
  readonly clock: Pick<BusinessClock, 'now'>;
  readonly log: Logger;
  readonly metrics?: Pick<ServiceMetrics, 'gauge'>;
  readonly everyMs?: number;
}

/** A journal to be chained, and the figures that say how far behind its chain is. */
export interface SealedJournal {
  readonly journal: ChainedJournal<{ readonly id: string }>;
  readonly unsealed: GaugeName;
  readonly lagSeconds: GaugeName;
}

const access: SealedJournal = { journal: accessChain, unsealed: 'isu_journal_unsealed', lagSeconds: 'isu_journal_lag_seconds' };
const batch = 500;

/** Chains a journal in the background, a batch a turn. Killed at any point, it goes on where it stood. */
export function journalSealer(
  { db, clock, log, metrics, everyMs = 500 }: SealerParts,
  { journal, unsealed, lagSeconds }: SealedJournal = access,
): Worker {
  metrics?.gauge(unsealed, async () => (await journalLag(db, journal)).entries);
  metrics?.gauge(lagSeconds, async () => ageOf((await journalLag(db, journal)).oldestWallAt, clock) / 1_000);
  return loopingWorker({
    name: journal.name === accessChain.name ? 'journal-sealer' : `${journal.name}-journal-sealer`,
    everyMs,
    log,
    // Most of the time nobody has been read, and one question says so.
    turn: async () => (await hasUnsealed(db, journal)) && (await sealEntries(db, batch, journal)) === batch,
  });
}

const ageOf = (at: Date | null, clock: Pick<BusinessClock, 'now'>): number => Math.max(0, at ? clock.now().getTime() - at.getTime() : 0);
