import type { DestinationStream } from 'pino';

/** Said for whoever searches by correlation; in a terminal, some lines for every payment would bury all others. */
const forSearching = new Set(['Facts are applied']);

/** Turns the JSON lines into lines for people: `10:04:31 collection  requête  POST /v1/payments 201 12 ms`. Embedded mode only. */
export function terminalDestination(out: { write(text: string): unknown } = process.stdout): DestinationStream {
  return {
    write(line: string) {
      const { time, level, service, msg, error, trace_id: _, ...fields } = JSON.parse(line) as Record<string, unknown>;
      if (forSearching.has(String(msg))) return;
      const mark = level === 'error' ? '✖ ' : level === 'warn' ? '! ' : '';
      const shown = Object.entries(fields).map(([name, value]) => `${name}=${String(value)}`);
      out.write(`${String(time).slice(11, 19)} ${String(service ?? 'isu').padEnd(12)} ${mark}${String(msg)} ${shown.join(' ')}\n`);
      if (error) out.write(`${JSON.stringify(error, undefined, 2)}\n`);
    },
  };
}
