import { setTimeout as pause } from 'node:timers/promises';

interface Patience {
  withinMs?: number;
  everyMs?: number;
}

/**
 * Waits for a condition instead of for a time: asks until the answer is neither false, null nor undefined, and gives it back.
 * A condition may throw while it does not hold (an `expect` inside is welcome); at the limit its last word is the failure.
 */
export async function eventually<T>(condition: () => T | Promise<T>, { withinMs = 5_000, everyMs = 20 }: Patience = {}) {
  const limit = performance.now() + withinMs;
  for (;;) {
    let lastWord: unknown = 'the condition does not hold';
    try {
      const answer = await condition();
      if (answer !== false && answer !== null && answer !== undefined) return answer as Exclude<T, false | null | undefined>;
    } catch (fault) {
      lastWord = fault;
    }
    if (performance.now() >= limit) throw new Error(`Not within ${withinMs} ms: ${String(lastWord)}`, { cause: lastWord });
    await pause(everyMs);
  }
}
