import { cpus, loadavg, totalmem } from 'node:os';
import { holds, type Figure, type Section } from './section.js';
import { printed } from './printed.js';

/** Loaded when asked for: the law needs no database, and the other way round. */
const sections: Readonly<Record<string, () => Promise<Section>>> = {
  calc: async () => (await import('./prices/prices.js')).prices,
  start: async () => (await import('./systems/start.js')).starting,
  latency: async () => (await import('./latencies/latency.js')).latency,
  file: async () => (await import('./files/file.js')).fileOfPayments,
};

const args = process.argv.slice(2);
const json = args.includes('--json');
const quick = args.includes('--quick');
const asked = args.filter((arg) => !arg.startsWith('--'));
const unknown = asked.filter((name) => !(name in sections));
if (unknown.length > 0) {
  process.stderr.write(`Unknown section ${unknown.join(', ')}; known: ${Object.keys(sections).join(', ')}\n`);
  process.exit(2);
}

const [{ model = 'unknown' } = {}, ...others] = cpus();
/** A load above the number of cores says that others were at work: times are then longer than this machine's own. */
const [load = 0] = loadavg();
const machine = {
  load: Number(load.toFixed(1)),
  processor: model,
  cores: others.length + 1,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.version,
};
const results: Record<string, readonly (Figure & { holds: boolean | null })[]> = {};
for (const name of asked.length > 0 ? asked : Object.keys(sections)) {
  const section = await sections[name]?.();
  if (!section) continue;
  const figures = await section.measure({ quick, tell: (text) => void process.stderr.write(`… ${name}: ${text}\n`) });
  results[name] = figures.map((figure) => ({ ...figure, holds: holds(figure) }));
  if (!json) process.stdout.write(printed(section.title, figures));
}
if (json) process.stdout.write(`${JSON.stringify({ machine, sections: results })}\n`);
else
  process.stdout.write(
    `\n${String(machine.cores)} cores (${machine.processor}), ${String(machine.memoryGb)} GB, Node ${machine.node}, load before ${String(machine.load)}\n`,
  );
