import { exitCodes, WrongUsage, type ExitCode } from '../exit-codes.js';
import { codeOf, followJob } from '../jobs/jobs.js';
import { operator } from '../operations/set-aside.js';
import type { SystemClient } from '../system-client.js';
import { frenchDay, plural } from '../terminal/in-french.js';
import { jsonLine, type Terminal } from '../terminal/terminal.js';
import { wordsOf, type Difference } from './divergence.js';

interface Outlet {
  readonly client: SystemClient;
  readonly terminal: Terminal;
}

interface OfAccount {
  readonly account: string;
  readonly copies: 'equal' | 'in-flight' | 'diverged';
  readonly difference: Difference | null;
  readonly balances: {
    readonly asOf: string;
    readonly opened: number;
    readonly closed: number;
    readonly byType: Readonly<Record<string, number>>;
  } | null;
}

interface Asked {
  readonly json?: boolean;
  readonly account?: string;
  readonly date?: string;
}

/** `isu reconcile`: one account now, or all of them by the jobs of the night. */
export async function reconcileCommand({ json, account, date }: Asked, outlet: Outlet): Promise<ExitCode> {
  if (account !== undefined) return reconcileOne(account, json, outlet);
  if (date === undefined) throw new WrongUsage('il manque --account <numéro>, ou --date <AAAA-MM-JJ> pour tous les comptes');
  const inside = await compareAll('inside-reconciliation', 'divergences', { json, date }, outlet);
  const outside = await compareAll('outside-reconciliation', 'différences', { json, date }, outlet);
  return inside === exitCodes.ok ? outside : inside;
}

/** One of the jobs of the night; what it found is the figure of that name. */
async function compareAll(
  job: string,
  figure: string,
  { json, date }: { readonly json?: boolean | undefined; readonly date: string },
  outlet: Outlet,
): Promise<ExitCode> {
  const run = await followJob(job, { json, date, wait: true }, outlet);
  return codeOf(run) === exitCodes.ok && Number(run.figures?.[figure] ?? 0) > 0 ? exitCodes.disagreement : codeOf(run);
}

async function reconcileOne(account: string, json: boolean | undefined, { client, terminal }: Outlet): Promise<ExitCode> {
  if (!/^\d{13}$/.test(account)) throw new WrongUsage('numéro de compte refusé ; accepté : 13 chiffres');
  const { body } = await client.post<OfAccount>(`/api/urssaf-sync/v1/accounts/${account}/reconciliation`, { as: operator });
  if (json) await terminal.write(jsonLine(body));
  else await terminal.write(`${copiesTold(body)}\n${balancesTold(body)}\n`);
  const differs = Object.keys(body.balances?.byType ?? {}).length > 0;
  return body.copies === 'equal' && !differs ? exitCodes.ok : exitCodes.disagreement;
}

function copiesTold({ copies, difference }: OfAccount): string {
  if (copies === 'equal' || !difference) return 'Copies   les trois services montrent le même compte';
  return `Copies   ${copies === 'diverged' ? 'divergence' : 'faits en route'} : ${wordsOf(difference)}`;
}

function balancesTold({ balances }: OfAccount): string {
  if (!balances) return 'Urssaf   aucun état des comptes n’a encore été reçu';
  const types = Object.entries(balances.byType).map(([type, count]) => `${kinds[type] ?? type} (${String(count)})`);
  const found = types.length === 0 ? 'aucune différence' : types.join(', ');
  return `Urssaf   état au ${frenchDay(balances.asOf)} : ${found} ; ${plural(balances.closed, 'anomalie')} réglée${balances.closed > 1 ? 's' : ''}`;
}

const kinds: Readonly<Record<string, string>> = {
  lost: 'perdu',
  doubled: 'doublé',
  late: 'en retard',
  'wrong-account': 'mauvais compte',
  'wrong-amount': 'mauvais montant',
  unmatched: 'non rapproché',
  conflict: 'contradiction',
  'other-rules': 'autre version des règles',
};
