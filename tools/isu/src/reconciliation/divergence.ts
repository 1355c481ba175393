import { exitCodes, type ExitCode } from '../exit-codes.js';
import { operator } from '../operations/set-aside.js';
import type { SystemClient } from '../system-client.js';
import { plural } from '../terminal/in-french.js';
import { table } from '../terminal/table.js';
import { jsonLine, type Terminal } from '../terminal/terminal.js';

/** What urssaf-sync says of an account whose copies differ. Written here: the command line depends on no service. */
export interface Difference {
  readonly account: string;
  readonly kind: 'in-flight' | 'diverged';
  readonly missing: readonly { readonly service: string; readonly author: string; readonly from: number; readonly to: number }[];
  readonly altered: { readonly service: string; readonly author: string; readonly seq: number; readonly type: string } | null;
}

/** `isu divergence`: 0 when every copy agrees, 4 while one diverges. */
export async function divergenceCommand(
  { json, inFlight = false }: { json?: boolean; inFlight?: boolean },
  { client, terminal }: { client: SystemClient; terminal: Terminal },
): Promise<ExitCode> {
  const { body } = await client.get<{ items: Difference[] }>(
    `/api/urssaf-sync/v1/divergences${inFlight ? '' : '?kind=diverged'}`,
    operator,
  );
  const diverged = body.items.filter(({ kind }) => kind === 'diverged').length;
  if (json) await terminal.write(jsonLine(body));
  else if (body.items.length === 0) await terminal.write('Aucune divergence : les copies de chaque compte concordent.\n');
  else await terminal.write(`${table(columns, body.items.map(rowOf))}\n${plural(diverged, 'divergence')}\n`);
  return diverged === 0 ? exitCodes.ok : exitCodes.disagreement;
}

const columns = [{ title: 'Compte' }, { title: 'Constat' }, { title: 'Faits' }];
const rowOf = (difference: Difference): string[] => [
  difference.account,
  difference.kind === 'diverged' ? 'divergence' : 'en route',
  wordsOf(difference),
];

export function wordsOf({ altered, missing }: Pick<Difference, 'altered' | 'missing'>): string {
  if (altered) return `${altered.type} (${altered.author} ${String(altered.seq)}) n’est pas chez ${altered.service} tel qu’il a été écrit`;
  const lacks = missing.map(
    ({ service, author, from, to }) => `${service} n’a pas ${author} ${from === to ? String(from) : `${String(from)} à ${String(to)}`}`,
  );
  return lacks.length === 0 ? 'cause à rechercher' : lacks.join(' ; ');
}
