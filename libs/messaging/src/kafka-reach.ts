import { pause } from './wakeup.js';

interface Client {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
}

/** A broker that accepts a connection and says nothing (it is frozen, or its disk is) is left for the next one after this. */
const answersWithinMs = 6_000;

/**
 * The first client that reaches a broker. Each one made begins with another broker: kafkajs turns to the next only when a
 * connection is refused, and waits for one that is held without a word for as long as it has patience.
 */
export async function reached<C extends Client>(make: () => C, turns: number): Promise<C> {
  let fault: unknown;
  for (let turn = 0; turn < turns; turn += 1) {
    const client = make();
    try {
      await within(client.connect());
      return client;
    } catch (thrown) {
      fault = thrown;
      void client.disconnect().catch(() => undefined);
    }
  }
  throw fault;
}

/** The list begun at another place. */
export const rotated = <T>(list: readonly T[], turn: number): T[] => {
  const first = turn % list.length;
  return [...list.slice(first), ...list.slice(0, first)];
};

async function within(work: Promise<void>): Promise<void> {
  const over = new AbortController();
  const silence = pause(answersWithinMs, over.signal).then(() => {
    if (!over.signal.aborted) throw new Error(`No broker has answered within ${answersWithinMs / 1_000} s.`);
  });
  await Promise.race([work, silence]).finally(() => over.abort());
}
