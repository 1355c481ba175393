/** The same incomes for us and for our peer: from nothing to above four PASS, each once. */
export const incomes: readonly number[] = Array.from({ length: 1_000 }, (_, i) => i * 170);

/**
 * Calls `work` on the items, again and again, for that long; answers how many a second of processor, its collector of memory included, so
 * that others at work on the machine are not counted.
 */
export function perSecond<T>(items: readonly T[], milliseconds: number, work: (item: T) => unknown): number {
  const start = process.cpuUsage();
  let done = 0;
  let elapsed = 0;
  while (elapsed < milliseconds) {
    // A few at a time, so that a slow one is not measured by whole rounds.
    for (let i = 0; i < 10; i += 1) work(items[done++ % items.length] as T);
    const { user, system } = process.cpuUsage(start);
    elapsed = (user + system) / 1_000;
  }
  return (done * 1_000) / elapsed;
}
