import { gzipSync } from 'node:zlib';

/**
 * Fails the build when the script that any first page needs (the entry and all that it imports statically) weighs more than the budget,
 * gzipped. Pages loaded later are not counted: they come when asked for.
 */
export function firstLoadBudget({ gzippedKilobytes }) {
  return {
    name: 'first-load-budget',
    apply: 'build',
    generateBundle(_, bundle) {
      const weight = firstLoadOf(bundle).reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0);
      const kilobytes = Math.ceil(weight / 1000);
      if (kilobytes > gzippedKilobytes) this.error(`The first load weighs ${kilobytes} kB gzipped; the budget is ${gzippedKilobytes} kB.`);
      this.info(`first load: ${kilobytes} kB gzipped of ${gzippedKilobytes}`);
    },
  };
}

/** The entry chunks and, from one to the next, what they import statically; each once. */
export function firstLoadOf(bundle) {
  const loaded = new Map();
  const load = (name) => {
    const chunk = bundle[name];
    if (chunk?.type !== 'chunk' || loaded.has(name)) return;
    loaded.set(name, chunk);
    chunk.imports.forEach(load);
  };
  for (const [name, chunk] of Object.entries(bundle)) if (chunk.type === 'chunk' && chunk.isEntry) load(name);
  return [...loaded.values()];
}
