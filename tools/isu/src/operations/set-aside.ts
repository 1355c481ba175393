import { authors, type Author } from '@isu/contracts';
import type { AsideDetail, AsideSummary } from '@isu/messaging';
import { exitCodes, WrongUsage, type ExitCode } from '../exit-codes.js';
import { readService } from '../remote.js';
import type { Asker, SystemClient } from '../system-client.js';
import { plural } from '../terminal/in-french.js';
import { sheet, table } from '../terminal/table.js';
import { jsonLine, type Terminal } from '../terminal/terminal.js';

export const operator: Asker = { role: 'operator' };

interface Outlet {
  readonly client: SystemClient;
  readonly terminal: Terminal;
}

/** As JSON brings it: instants are texts. */
type Wire<T> = { readonly [K in keyof T]: T[K] extends Date ? string : T[K] extends Date | null ? string | null : T[K] };
type Item = Wire<AsideSummary> & { readonly id: string };
type Detail = Wire<AsideDetail> & { readonly id: string };

const states: Readonly<Record<string, string>> = {
  retrying: 'sera réessayé',
  behind: 'attend un précédent',
  gap: 'attend un fait manquant',
  parked: 'garé',
  unreadable: 'illisible',
  fork: 'bifurcation',
};

/** `isu parked list`: what could not be applied, in every service, what waits for somebody first. */
export async function listSetAside(
  options: { json?: boolean; state?: string; stream?: string },
  { client, terminal }: Outlet,
): Promise<ExitCode> {
  const query = new URLSearchParams(
    Object.entries({ state: options.state, stream: options.stream }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const lists = await Promise.all(
    authors.map(async (service) => {
      const { body } = await client.get<{ items: Item[] }>(`/api/${service}/v1/set-aside?${query.toString()}`, operator);
      return body.items.map((item) => ({ ...item, id: `${service}/${item.id}`, service }));
    }),
  );
  const items = lists.flat();
  if (options.json) await terminal.write(jsonLine({ items }));
  else if (items.length === 0) await terminal.write('Rien n’est mis de côté.\n');
  else await terminal.write(`${table(columns, items.map(rowOf))}\n${plural(items.length, 'fait')} de côté\n`);
  return exitCodes.ok;
}

const columns = [
  { title: 'Identifiant' },
  { title: 'État' },
  { title: 'Compte ou flux' },
  { title: 'Auteur' },
  { title: 'N°', align: 'right' as const },
  { title: 'Essais', align: 'right' as const },
  { title: 'Pourquoi' },
];
const rowOf = ({ id, state, stream, author, seq, attempts, error }: Item): string[] => [
  id,
  states[state] ?? state,
  stream ?? '',
  author ?? '',
  seq === null ? '' : String(seq),
  String(attempts),
  (error ?? '').split('\n')[0]?.slice(0, 80) ?? '',
];

/** `isu parked show`: one of them whole, with the fact as it came. */
export async function showSetAside(name: string, { json }: { json?: boolean }, { client, terminal }: Outlet): Promise<ExitCode> {
  const { body } = await client.get<Detail>(pathOf(name), operator);
  if (json) await terminal.write(jsonLine(body));
  else await terminal.write(`${sheet(detailEntries(name, body))}\n${contentOf(body)}\n`);
  return exitCodes.ok;
}

const detailEntries = (name: string, detail: Detail): (readonly [string, string])[] => [
  ['Identifiant', name],
  ['État', states[detail.state] ?? detail.state],
  ['Compte ou flux', detail.stream ?? 'inconnu'],
  ['Auteur', detail.author ?? 'inconnu'],
  ['Numéro', detail.seq === null ? 'inconnu' : String(detail.seq)],
  ['De côté depuis', detail.since],
  ['Essais', String(detail.attempts)],
  ['Prochain essai', detail.nextTryAt ?? 'aucun'],
  ['Pourquoi', detail.error ?? ''],
];

function contentOf({ envelope, raw }: Detail): string {
  if (envelope !== null) return JSON.stringify(JSON.parse(envelope), null, 2);
  return raw === null ? '' : `Octets reçus (base 64) : ${raw}`;
}

/** `isu parked retry`: asks that it be tried again now; the list says how it went. */
export async function retrySetAside(name: string, { json }: { json?: boolean }, { client, terminal }: Outlet): Promise<ExitCode> {
  await client.post(`${pathOf(name)}/retry`, { as: operator });
  await terminal.write(json ? jsonLine({ id: name, outcome: 'retrying' }) : `${name} : nouvel essai demandé. Suite : isu parked list\n`);
  return exitCodes.ok;
}

/** `isu parked give-up`: goes on without it; who decided and why are kept for ever. */
export async function giveUpSetAside(
  name: string,
  { json, reason }: { json?: boolean; reason: string },
  { client, terminal }: Outlet,
): Promise<ExitCode> {
  await client.post(`${pathOf(name)}/give-up`, { as: operator, json: { reason } });
  await terminal.write(json ? jsonLine({ id: name, outcome: 'given-up' }) : `${name} : abandonné, avec son motif.\n`);
  return exitCodes.ok;
}

/** `collection/isu.urssaf-sync~3~128`, as the list prints it. */
function pathOf(name: string): string {
  const slash = name.indexOf('/');
  if (slash < 0)
    throw new WrongUsage(`identifiant refusé : ${name} ; accepté : <service>/<identifiant>, tel que isu parked list l’affiche`);
  const service: Author = readService(name.slice(0, slash));
  return `/api/${service}/v1/set-aside/${encodeURIComponent(name.slice(slash + 1))}`;
}
