import { exitCodes, WrongUsage, type ExitCode } from '../exit-codes.js';
import { readService } from '../remote.js';
import type { SystemClient } from '../system-client.js';
import { jsonLine, type Terminal } from '../terminal/terminal.js';
import { operator } from './set-aside.js';

/** `isu resend`: a service queues its own facts again, for a bus that has lost them. Readers drop what they know. */
export async function resendCommand(
  { service, from, json }: { service: string; from: string; json?: boolean },
  { client, terminal }: { client: SystemClient; terminal: Terminal },
): Promise<ExitCode> {
  if (!/^\d{1,18}$/.test(from)) throw new WrongUsage('position refusée ; acceptée : de 1 à 18 chiffres, 0 pour tout renvoyer');
  const path = `/api/${readService(service)}/v1/facts/resend`;
  const { body } = await client.post<{ queued: number }>(path, { as: operator, json: { from } });
  await terminal.write(json ? jsonLine(body) : `${service} renvoie ${body.queued.toLocaleString('fr')} faits.\n`);
  return exitCodes.ok;
}
