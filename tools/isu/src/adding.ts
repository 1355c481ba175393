import type { Command } from 'commander';
import type { ExitCode } from './exit-codes.js';
import type { Terminal } from './terminal/terminal.js';

/** How a command is added: it carries its work out with `carryOut`, whose outcome becomes the exit code. */
export interface Adding {
  readonly program: Command;
  readonly terminal: Terminal;
  readonly carryOut: (work: () => Promise<ExitCode>) => Promise<void>;
}
