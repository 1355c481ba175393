import { exitCodes, type ExitCode } from '../exit-codes.js';
import { readDay } from '../read-day.js';
import type { SystemClient } from '../system-client.js';
import { jsonLine, type Terminal } from '../terminal/terminal.js';
import { operator } from './set-aside.js';

/** `isu close-day`: the day's figures are frozen; closing a closed day again changes nothing. */
export async function closeDayCommand(
  date: string,
  { json }: { json?: boolean },
  { client, terminal }: { client: SystemClient; terminal: Terminal },
): Promise<ExitCode> {
  const day = readDay(date);
  const { body } = await client.post(`/api/collection/v1/accounting-days/${day.iso}/close`, { as: operator, key: `close-${day.iso}` });
  await terminal.write(json ? jsonLine(body) : `La journée comptable du ${day.print()} est arrêtée.\n`);
  return exitCodes.ok;
}
