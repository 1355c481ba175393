import { run } from './command-line.js';
import { endQuietlyWithoutReader, processTerminal } from './terminal/terminal.js';

endQuietlyWithoutReader();
process.exitCode = await run(process.argv.slice(2), processTerminal());
