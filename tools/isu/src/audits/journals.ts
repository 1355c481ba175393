import { authors, type Author, type ChainHead, type ChainLink } from '@isu/contracts';
import { exitCodes, WrongUsage, type ExitCode } from '../exit-codes.js';
import { readService } from '../remote.js';
import type { Asker, SystemClient } from '../system-client.js';
import { jsonLine, type Terminal } from '../terminal/terminal.js';

export const auditor: Asker = { role: 'auditor', purpose: 'Vérification des journaux' };

export interface Outlet {
  readonly client: SystemClient;
  readonly terminal: Terminal;
}

export interface ChosenJournal {
  readonly service?: string;
  readonly journal?: string;
}

/** A chained journal of a service: who read whose account (`access`), or what crossed between the organisations (`exchange`). */
export interface Journal {
  readonly service: Author;
  readonly journal: 'access' | 'exchange';
}

/** Those that exist and were asked for; the exchanges are urssaf-sync's alone. */
export function journalsOf({ service, journal }: ChosenJournal): Journal[] {
  if (journal !== undefined && journal !== 'access' && journal !== 'exchange')
    throw new WrongUsage(`journal inconnu : ${journal} ; acceptés : access, exchange`);
  const services = service === undefined ? authors : [readService(service)];
  const all = services.flatMap((each): Journal[] => [
    { service: each, journal: 'access' },
    ...(each === 'urssaf-sync' ? [{ service: each, journal: 'exchange' } as const] : []),
  ]);
  const found = all.filter((each) => journal === undefined || each.journal === journal);
  if (found.length === 0) throw new WrongUsage('le journal « exchange » est celui d’urssaf-sync');
  return found;
}

/** The links up to where the chain ended when the reading began: reading the accesses adds to them. */
export async function* linksOf(client: SystemClient, { service, journal }: Journal): AsyncGenerator<ChainLink> {
  let end: number | null = null;
  for (let after = 0; end === null || after < end;) {
    const path = `/api/${service}/v1/journals/${journal}?after=${String(after)}`;
    const { body } = await client.get<{ head: ChainHead; items: ChainLink[] }>(path, auditor);
    end ??= body.head.position;
    for (const link of body.items) if (link.position <= end) yield link;
    const last = body.items.at(-1)?.position;
    // A page without links before the end: a link is missing, and the walk says which.
    if (last === undefined) return;
    after = last;
  }
}

/** `isu audit export`: one link a line, to be verified elsewhere and later. */
export async function exportJournal(chosen: Required<ChosenJournal>, { client, terminal }: Outlet): Promise<ExitCode> {
  const [journal] = journalsOf(chosen);
  if (journal) for await (const link of linksOf(client, journal)) await terminal.write(jsonLine(link));
  return exitCodes.ok;
}
