import { loopingWorker, StandingLeader, type ServiceContext, type Worker } from '@isu/chassis';
import type { FolderExchange } from './folder-exchange.js';

/** Looks into the folders every few seconds, in one instance of the service at a time: no file is taken by two. */
export function folderWorker({ db, log }: Pick<ServiceContext, 'db' | 'log'>, exchange: FolderExchange, everyMs = 3_000): Worker {
  const leader = new StandingLeader(db, 'urssaf-sync:exchange-folders');
  const loop = loopingWorker({
    name: 'exchange-folders',
    everyMs,
    log,
    turn: async (stopping) => {
      await leader.turn((lost) => exchange.turn(AbortSignal.any([stopping, lost])));
      return false;
    },
  });
  return {
    ...loop,
    stop: async () => {
      await loop.stop();
      await leader.end();
    },
  };
}
