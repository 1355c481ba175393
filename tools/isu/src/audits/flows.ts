import { exitCodes, type ExitCode } from '../exit-codes.js';
import type { Asker } from '../system-client.js';
import { frenchDay } from '../terminal/in-french.js';
import { table } from '../terminal/table.js';
import { jsonLine } from '../terminal/terminal.js';
import type { Outlet } from './journals.js';

interface Flow {
  readonly partner: string;
  readonly flow: string;
  readonly direction: 'in' | 'out';
  readonly calendar: string | null;
  readonly lastNumber: number | null;
  readonly completedThrough: string | null;
  readonly awaitedThrough: string | null;
  readonly isLate: boolean;
  readonly lateSince: string | null;
  readonly gaps: readonly Stretch[];
  /** Of incoming flows: batches that never come, by the decision of two people. */
  readonly givenUp: readonly { readonly number: number; readonly arrivedAt: string | null }[];
  readonly unacknowledged: readonly Stretch[];
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

const operator: Asker = { role: 'operator' };

const calendars: Readonly<Record<string, string>> = {
  'business-days': 'jours ouvrés',
  daily: 'tous les jours',
  nightly: 'toutes les nuits',
  monthly: 'tous les mois',
  yearly: 'tous les ans',
};

/** `isu flows`: how each flow stands beside its calendar. A flow that is late or lacks a batch is an exit code of its own. */
export async function flowsCommand({ json }: { readonly json?: boolean }, { client, terminal }: Outlet): Promise<ExitCode> {
  const { body } = await client.get<{ items: Flow[] }>('/api/urssaf-sync/v1/flows', operator);
  if (json) await terminal.write(jsonLine(body));
  else await terminal.write(table(columns, body.items.map(rowOf)));
  return body.items.every(({ isLate, gaps }) => !isLate && gaps.length === 0) ? exitCodes.ok : exitCodes.disagreement;
}

const columns = [
  { title: 'Flux' },
  { title: 'Sens' },
  { title: 'Calendrier' },
  { title: 'Dernier lot', align: 'right' as const },
  { title: 'Complet jusqu’au' },
  { title: 'Attendu jusqu’au' },
  { title: 'État' },
  { title: 'Lots manquants' },
  { title: 'Lots abandonnés' },
  { title: 'Lots sans reçu' },
];

const rowOf = (flow: Flow): string[] => [
  `${flow.partner}/${flow.flow}`,
  flow.direction === 'in' ? 'reçu' : 'envoyé',
  calendars[flow.calendar ?? ''] ?? flow.calendar ?? 'aucun encore',
  flow.lastNumber === null ? 'aucun' : String(flow.lastNumber),
  flow.completedThrough === null ? 'jamais' : frenchDay(flow.completedThrough),
  flow.awaitedThrough === null ? '' : frenchDay(flow.awaitedThrough),
  stateOf(flow),
  stretches(flow.gaps),
  flow.givenUp
    .filter(({ arrivedAt }) => arrivedAt === null)
    .map(({ number }) => String(number))
    .join(', '),
  stretches(flow.unacknowledged),
];

const stretches = (numbers: readonly Stretch[]): string =>
  numbers.map(({ from, to }) => (from === to ? String(from) : `${String(from)} à ${String(to)}`)).join(', ');

function stateOf({ isLate, lateSince: since, gaps }: Flow): string {
  if (!isLate) return gaps.length === 0 ? 'à jour' : 'incomplet';
  return since === null ? 'en retard, jamais commencé' : `en retard depuis le ${frenchDay(since)}`;
}
