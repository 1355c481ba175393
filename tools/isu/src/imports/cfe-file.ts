import type { Asker, SystemClient } from '../system-client.js';
import { table } from '../terminal/table.js';

/** What affiliation answers to a file of a formalities centre (docs/cfe-files.md). */
export interface CfeReceipt {
  readonly centre: string;
  readonly number: number;
  readonly digest: string;
  readonly count: number;
  readonly outcomes: Readonly<Record<string, number>>;
}

/** A line that was not carried out, and why. */
export interface LineNotDone {
  readonly line: number;
  readonly reference: string;
  readonly code: string | null;
  readonly field: string | null;
  readonly accepted: string | null;
}

const operator: Asker = { role: 'operator' };
/** Of each kind; the others are counted, and read at the route. */
const shown = 20;

const words: Readonly<Record<string, string>> = {
  applied: 'appliquées',
  proposed: 'proposées à un second agent',
  duplicate: 'déjà connues',
  conflict: 'contradictoires',
  refused: 'refusées',
};

export async function notDone({ centre, number, outcomes }: CfeReceipt, client: SystemClient): Promise<LineNotDone[]> {
  const kinds = ['conflict', 'refused'].filter((kind) => (outcomes[kind] ?? 0) > 0);
  const pages = await Promise.all(
    kinds.map((kind) =>
      client.get<{ lines: LineNotDone[] }>(
        `/api/affiliation/v1/cfe-files/${centre}/${String(number)}/lines?outcome=${kind}&limit=${String(shown)}`,
        operator,
      ),
    ),
  );
  return pages.flatMap(({ body }) => body.lines).sort((a, b) => a.line - b.line);
}

/** Formalities by outcome, which add up to those of the file; then those that were not carried out. */
export function printedCfeFile({ centre, number, digest, count, outcomes }: CfeReceipt, lines: readonly LineNotDone[]): string {
  const rows = Object.entries(outcomes)
    .filter(([, met]) => met > 0)
    .map(([outcome, met]) => [words[outcome] ?? outcome, String(met)]);
  const columns = [{ title: 'Formalités' }, { title: 'Nombre', align: 'right' as const }];
  const told = lines.map(
    ({ line, reference, code, field, accepted }) =>
      `  ligne ${String(line)}, ${reference} : ${[code, field].filter((word) => word !== null).join(', ')}${accepted === null ? '' : ` ; accepté : ${accepted}`}\n`,
  );
  const head = `Fichier ${String(number)} de ${centre} traité\nEmpreinte ${digest}\n\n`;
  return `${head}${table(columns, [...rows, ['Total', String(count)]])}${told.length === 0 ? '' : `\nNon appliquées\n${told.join('')}`}`;
}
