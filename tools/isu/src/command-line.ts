import { Command, CommanderError } from 'commander';
import type { Adding } from './adding.js';
import { addAuditCommands } from './audits/audit-commands.js';
import { addAccountCommands } from './accounts/account-commands.js';
import { addImportCommand } from './imports/import-command.js';
import { exitCodes, WrongUsage, type ExitCode } from './exit-codes.js';
import { addJobCommands } from './jobs/job-commands.js';
import { addOperationCommands } from './operations/operation-commands.js';
import { addPopulationCommand } from './population/population-command.js';
import { addPriceCommand } from './prices/price-command.js';
import { addRehearseCommand } from './rehearsals/rehearse-command.js';
import { addReconciliationCommands } from './reconciliation/reconciliation-commands.js';
import { inFrench, wordingOf } from './terminal/french-commander.js';
import type { Terminal } from './terminal/terminal.js';

/** Runs one command line and answers its exit code; nothing is thrown, everything is told. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let outcome: ExitCode = exitCodes.ok;
  let help = '';
  const program = inFrench(new Command('isu'))
    .description('ISU en ligne de commande')
    .usage('<commande> [options]')
    .configureOutput({ writeOut: (text) => (help += text), writeErr: () => undefined });
  const adding: Adding = { program, terminal, carryOut: async (work) => void (outcome = await work()) };
  addPriceCommand(adding);
  addRehearseCommand(adding);
  addImportCommand(adding);
  addAccountCommands(adding);
  addAuditCommands(adding);
  addOperationCommands(adding);
  addJobCommands(adding);
  addReconciliationCommands(adding);
  addPopulationCommand(adding);
  try {
    await program.parseAsync(args, { from: 'user' });
    return outcome;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) {
      await terminal.write(help);
      return exitCodes.ok;
    }
    return await failure(error, args, terminal);
  }
}

async function failure(error: unknown, args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  if (error instanceof CommanderError)
    return wrongUsage(error.code === 'commander.help' ? 'il manque une commande' : wordingOf(error), terminal);
  if (error instanceof WrongUsage) return wrongUsage(error.message, terminal);
  // Loaded only now: the client of the services has no part in pricing.
  const { toldFailure } = await import('./failures.js');
  return toldFailure(error, { json: args.includes('--json'), terminal });
}

function wrongUsage(wording: string, terminal: Terminal): ExitCode {
  terminal.tell(`isu : ${wording}\nVoir isu --help, ou isu <commande> --help.\n`);
  return exitCodes.usage;
}
