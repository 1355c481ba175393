import { asLeader, loopingWorker, type ServiceContext, type Worker } from '@isu/chassis';
import type { FolderExchange } from './folder-exchange.js';

/** Looks into the folders every few seconds, in one instance of the service at a time: no file is taken by two. */
export function folderWorker({ db, log }: Pick<ServiceContext, 'db' | 'log'>, exchange: FolderExchange, everyMs = 3_000): Worker {
  return loopingWorker({
    name: 'exchange-folders',
    everyMs,
    log,
    turn: async (stopping) => {
      await asLeader(db, 'urssaf-sync:exchange-folders', (lost) => exchange.turn(AbortSignal.any([stopping, lost])));
      return false;
    },
  });
}
