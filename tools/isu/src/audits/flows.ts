import { Day } from '@isu/values';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import type { Asker } from '../system-client.js';
import { frenchDay } from '../terminal/in-french.js';
import { table } from '../terminal/table.js';
import { jsonLine } from '../terminal/terminal.js';
import type { Outlet } from './journals.js';

interface Flow {
  readonly partner: string;
  readonly flow: string;
  readonly calendar: string | null;
  readonly lastNumber: number | null;
  readonly completedThrough: string | null;
  readonly awaitedThrough: string | null;
  readonly isLate: boolean;
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
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
  const flows = body.items.map((flow) => ({ ...flow, lateSince: lateSince(flow) }));
  if (json) await terminal.write(jsonLine({ items: flows }));
  else await terminal.write(table(columns, flows.map(rowOf)));
  return flows.every(({ isLate, gaps }) => !isLate && gaps.length === 0) ? exitCodes.ok : exitCodes.disagreement;
}

/** The first day of which nothing complete was heard; null while the flow is on time, or has never begun. */
const lateSince = ({ isLate, completedThrough }: Flow): string | null =>
  isLate && completedThrough !== null ? Day.of(completedThrough).plusDays(1).iso : null;

const columns = [
  { title: 'Flux' },
  { title: 'Calendrier' },
  { title: 'Dernier lot', align: 'right' as const },
  { title: 'Complet jusqu’au' },
  { title: 'Attendu jusqu’au' },
  { title: 'État' },
  { title: 'Lots manquants' },
];

const rowOf = (flow: Flow & { readonly lateSince: string | null }): string[] => [
  `${flow.partner}/${flow.flow}`,
  calendars[flow.calendar ?? ''] ?? flow.calendar ?? 'aucun encore',
  flow.lastNumber === null ? 'aucun' : String(flow.lastNumber),
  flow.completedThrough === null ? 'jamais' : frenchDay(flow.completedThrough),
  flow.awaitedThrough === null ? '' : frenchDay(flow.awaitedThrough),
  stateOf(flow),
  flow.gaps.map(({ from, to }) => (from === to ? String(from) : `${String(from)} à ${String(to)}`)).join(', '),
];

function stateOf({ isLate, lateSince: since }: Flow & { readonly lateSince: string | null }): string {
  if (!isLate) return 'à jour';
  return since === null ? 'en retard, jamais commencé' : `en retard depuis le ${frenchDay(since)}`;
}
