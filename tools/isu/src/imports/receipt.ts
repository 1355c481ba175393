import { Money } from '@isu/values';
import { euros } from '../terminal/in-french.js';
import { table } from '../terminal/table.js';

/** What became of consecutive lines of a file. */
interface OutcomeRun {
  readonly from: number;
  readonly to: number;
  readonly outcome: string;
  readonly reason?: string;
  readonly count: number;
  readonly total: string;
}

/** The signed answer to a file (docs/partner-exchange.md). The same file has the same receipt. */
export interface Receipt {
  readonly batch: { readonly partner: string; readonly flow: string; readonly number: number; readonly name?: string };
  readonly digest: string;
  readonly outcome: string;
  readonly count: number;
  readonly total: string;
  readonly lines: readonly OutcomeRun[];
}

const outcomes: Readonly<Record<string, string>> = {
  posted: 'transmises au compte',
  'to-be-matched': 'à rapprocher',
  duplicate: 'déjà connues',
  conflict: 'contradictoires',
  refused: 'refusées',
};

/** The receipt in short: lines and euros by outcome, which add up to those of the file. */
export function printedReceipt({ batch, digest, count, total, lines }: Receipt): string {
  const sums = new Map<string, { count: number; total: Money }>();
  for (const run of lines) {
    const title = `${outcomes[run.outcome] ?? run.outcome}${run.reason ? ` (${run.reason})` : ''}`;
    const sum = sums.get(title) ?? { count: 0, total: Money.zero };
    sums.set(title, { count: sum.count + run.count, total: sum.total.plus(Money.of(run.total)) });
  }
  const rows = [...sums].map(([title, sum]) => [title, String(sum.count), euros(sum.total.toString())]);
  const columns = [{ title: 'Lignes' }, { title: 'Nombre', align: 'right' as const }, { title: 'Montant', align: 'right' as const }];
  return `${nameOf(batch)} accepté\nEmpreinte ${digest}\n\n${table(columns, [...rows, ['Total', String(count), euros(total)]])}`;
}

const nameOf = ({ partner, flow, number }: Receipt['batch']): string => `Lot ${String(number)} de ${partner}/${flow}`;
