import { exitCodes, type ExitCode } from '../exit-codes.js';
import type { SystemClient } from '../system-client.js';
import { jsonLine, type Terminal } from '../terminal/terminal.js';

interface TokenOptions {
  readonly json?: boolean;
  readonly role: string;
  readonly org?: string;
  readonly region?: string;
  readonly account?: string;
  readonly purpose?: string;
  readonly partner?: string;
}

/** `isu token`: the token alone on the output, to stand in a command: `-H "Authorization: Bearer $(isu token …)"`. */
export async function tokenCommand(
  { json, role, org, region, account, purpose, partner }: TokenOptions,
  { client, terminal }: { client: SystemClient; terminal: Terminal },
): Promise<ExitCode> {
  const asked = { role, org, funds: region, account: account?.replace(/\s/gu, ''), purpose, partner };
  const told = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  const token = await client.token({ ...told, role });
  await terminal.write(json ? jsonLine({ token }) : `${token}\n`);
  return exitCodes.ok;
}
