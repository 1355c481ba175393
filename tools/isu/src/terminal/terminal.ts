import { once } from 'node:events';

/** Where a command reads and writes: the process's own streams, or a test's. */
export interface Terminal {
  readonly input: AsyncIterable<Uint8Array>;
  /** Whether somebody types on the input, so that waiting for it would look like a hang. */
  readonly typed: boolean;
  /** Whether somebody watches the error output, for whom a progress bar is worth drawing. */
  readonly watched: boolean;
  /** Results; resolves when more can be taken. */
  write(text: string): Promise<void>;
  /** Beside the results: progress, hints, refusals. */
  tell(text: string): void;
}

export const processTerminal = (): Terminal => ({
  input: process.stdin,
  typed: process.stdin.isTTY,
  watched: process.stderr.isTTY,
  write: async (text) => {
    if (!process.stdout.write(text)) await once(process.stdout, 'drain');
  },
  tell: (text) => void process.stderr.write(text),
});

/** The reader went away, as `isu … | head` does: nothing is left to say, and nothing went wrong. */
export function endQuietlyWithoutReader(): void {
  process.stdout.on('error', (fault: NodeJS.ErrnoException) => {
    if (fault.code !== 'EPIPE') throw fault;
    process.exit(0);
  });
}

/** One JSON document on its own line, for programs. */
export const jsonLine = (value: unknown): string => `${JSON.stringify(value)}\n`;
