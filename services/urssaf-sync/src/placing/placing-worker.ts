import { loopingWorker, type ServiceContext, type Worker } from '@isu/chassis';
import { v7 } from 'uuid';
import { findUnplaced, sweepStaged } from '../batches/batch.table.js';
import type { PlacingService } from './placing.service.js';

/** Longer than any arrival may take: the port lets go of a sender after a minute. */
const abandonedAfterMs = 3_600_000;

/** Finishes what was accepted when a process died, and sweeps up what never was. */
export function placingWorker(
  { db, clock, log }: Pick<ServiceContext, 'db' | 'clock' | 'log'>,
  placing: PlacingService,
  everyMs = 1_000,
): Worker {
  const loop = loopingWorker({
    name: 'placing',
    everyMs,
    log,
    turn: async (signal) => {
      for (const key of await findUnplaced(db.manager, 10)) if (!signal.aborted) await placing.finish(key);
      await sweepStaged(db.manager, v7({ msecs: clock.now().getTime() - abandonedAfterMs }));
      return false;
    },
  });
  return {
    ...loop,
    stop: async () => {
      await placing.close();
      await loop.stop();
    },
  };
}
