import { Readable } from 'node:stream';
import { run } from '../command-line.js';
import type { Terminal } from './terminal.js';

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs one command line in this process, as a script would: nobody types, nobody watches. */
export async function isu(args: readonly string[], input: string | readonly Uint8Array[] = ''): Promise<Outcome> {
  const out: string[] = [];
  const err: string[] = [];
  const terminal: Terminal = {
    input: Readable.from(typeof input === 'string' ? [Buffer.from(input)] : input),
    typed: false,
    watched: false,
    write: async (text) => void out.push(text),
    tell: (text) => void err.push(text),
  };
  const code = await run(args, terminal);
  return { code, out: out.join(''), err: err.join('') };
}
