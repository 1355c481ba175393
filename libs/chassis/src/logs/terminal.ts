import type { DestinationStream } from 'pino';

interface TerminalWanted {
  readonly out?: { write(text: string): unknown };
  /** Also what is said for whoever searches. */
  readonly everything?: boolean;
}

/** Said for whoever searches: in a terminal, a line for every payment and every table would bury what people are told. */
const forSearching = new Set(['Facts are applied', 'a migration was applied']);

/** Turns the JSON lines into lines for people: `10:04:31 collection  requête  POST /v1/payments 409 12 ms`. Embedded mode only. */
export function terminalDestination({ out = process.stdout, everything = false }: TerminalWanted = {}): DestinationStream {
  return {
    write(line: string) {
      const { time, level, service, msg, error, trace_id: _, ...fields } = JSON.parse(line) as Record<string, unknown>;
      if (!everything && (forSearching.has(String(msg)) || wentWell(msg, fields['status']))) return;
      const mark = level === 'error' ? '✖ ' : level === 'warn' ? '! ' : '';
      const shown = Object.entries(fields).map(([name, value]) => `${name}=${String(value)}`);
      out.write(`${String(time).slice(11, 19)} ${String(service ?? 'isu').padEnd(12)} ${mark}${String(msg)} ${shown.join(' ')}\n`);
      if (error) out.write(`${JSON.stringify(error, undefined, 2)}\n`);
    },
  };
}

/** A request that got what it asked for. The partner beside asks twice a second whether there is something for it. */
const wentWell = (event: unknown, status: unknown): boolean => event === 'request' && Number(status) < 400;
