import type { Logger } from '../logs/logger.js';

/** A loop beside the requests: started when the service is, stopped before its connections go. */
export interface Worker {
  readonly name: string;
  start(): void;
  /** Resolves when the turn under way is over; nothing runs afterwards. */
  stop(): Promise<void>;
}

interface Loop {
  readonly name: string;
  /** Rest between two turns that found nothing to do. */
  readonly everyMs: number;
  readonly log: Logger;
  /** One small turn; true when there is more to do at once. */
  turn(signal: AbortSignal): Promise<boolean>;
}

const longestRestMs = 30_000;

/** A worker made of small turns. A turn that fails is logged and tried again after a rest that doubles up to 30 s: the work stays where it is. */
export function loopingWorker({ name, everyMs, log, turn }: Loop): Worker {
  const closing = new AbortController();
  let running: Promise<void> | undefined;

  const run = async (): Promise<void> => {
    let failures = 0;
    while (!closing.signal.aborted) {
      let more = false;
      try {
        more = await turn(closing.signal);
        failures = 0;
      } catch (error) {
        failures += 1;
        if (!closing.signal.aborted) log.error({ worker: name, attempts: failures, error }, 'a turn of the worker failed');
      }
      if (!more) await rest(Math.min(everyMs * 2 ** failures, longestRestMs), closing.signal);
    }
  };

  return {
    name,
    start: () => {
      running ??= run();
    },
    stop: async () => {
      closing.abort();
      await running;
    },
  };
}

function rest(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
}
