import { cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { holds, type Figure, type Section } from './section.js';
import { printed } from './printed.js';

/** Loaded when asked for: the law needs no database, and the other way round. */
const sections: Readonly<Record<string, () => Promise<Section>>> = {
  calc: async () => (await import('./prices/prices.js')).prices,
  calls: async () => (await import('./calls/calls.js')).calls,
  money: async () => (await import('./money/money.js')).money,
  start: async () => (await import('./systems/start.js')).starting,
  latency: async () => (await import('./latencies/latency.js')).latency,
  kafka: async () => (await import('./latencies/on-kafka.js')).latencyOnKafka,
  backlog: async () => (await import('./backlogs/backlog.js')).backlog,
  file: async () => (await import('./files/file.js')).fileOfPayments,
  receipt: async () => (await import('./border/receipt.js')).signedReceipt,
  border: async () => (await import('./border/border.js')).border,
  cent: async () => (await import('./border/cent.js')).plantedCent,
};

const { values, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    /** Minutes: 60 is the hour that somebody was away. */
    backlog: { type: 'string', default: '3' },
  },
});
const { json, quick } = values;
const unknown = asked.filter((name) => !(name in sections));
if (unknown.length > 0) {
  process.stderr.write(`Unknown section ${unknown.join(', ')}; known: ${Object.keys(sections).join(', ')}\n`);
  process.exit(2);
}

// Whoever loses patience leaves nothing running: what was started ends with this process.
process.once('SIGINT', () => process.exit(130));

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
  const tell = (text: string): void => void process.stderr.write(`… ${name}: ${text}\n`);
  const figures = await section.measure({ quick, tell, backlogMinutes: Number(values.backlog) });
  results[name] = figures.map((figure) => ({ ...figure, holds: holds(figure) }));
  if (!json) process.stdout.write(printed(section.title, figures));
}
if (json) process.stdout.write(`${JSON.stringify({ machine, sections: results })}\n`);
else
  process.stdout.write(
    `\n${String(machine.cores)} cores (${machine.processor}), ${String(machine.memoryGb)} GB, Node ${machine.node}, load before ${String(machine.load)}\n`,
  );
