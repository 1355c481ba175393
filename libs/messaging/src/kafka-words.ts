import type { Logger } from './observation.js';

/** What the client wants to be logged. */
interface Words {
  readonly namespace: string;
  readonly label: string;
  readonly log: { readonly message: string; readonly [more: string]: unknown };
}

const silentForMs = 30_000;

/** Passes the client's words on to our log, the same ones once in a while: over a broker that is away it says hundreds. */
export function saidOnce(log: Logger): (words: Words) => void {
  const saidAt = new Map<string, number>();
  return ({ namespace, label, log: { error, message } }) => {
    const says = (typeof error === 'string' ? error : message).slice(0, 200);
    const now = performance.now();
    if (now - (saidAt.get(says) ?? -Infinity) < silentForMs) return;
    for (const [old, at] of saidAt) if (now - at >= silentForMs) saidAt.delete(old);
    saidAt.set(says, now);
    log.warn({ namespace, label, says }, 'The Kafka client says');
  };
}
