import type { ExplainedBreakdown, Status } from '@isu/calc';
import { table } from '../terminal/table.js';
import { euros } from '../terminal/in-french.js';

const statuses: Record<Status, string> = {
  artisan: 'Artisan',
  commercant: 'Commerçant',
  'profession-liberale': 'Profession libérale',
  'micro-entrepreneur': 'Micro-entrepreneur',
};

/** The lines of a breakdown as a person reads them; explained, each with its sentence, article and arithmetic. */
export function printed({ year, status, lines, total, rules }: ExplainedBreakdown, { explained }: { explained: boolean }): string {
  const rows = lines.map(({ derivation, base, rate, amount }) => [
    derivation.title,
    euros(base.toString()),
    rate.print(),
    euros(amount.toString()),
  ]);
  const amounts = table(
    [
      { title: 'Contribution' },
      { title: 'Assiette', align: 'right' },
      { title: 'Taux', align: 'right' },
      { title: 'Montant', align: 'right' },
    ],
    [...rows, ['Total', '', '', euros(total.toString())]],
  );
  return [
    `${statuses[status]}, cotisations de ${String(year)} (règles ${rules})\n`,
    amounts,
    ...(explained ? ['Le calcul, ligne à ligne\n', ...lines.map(explanation)] : []),
  ].join('\n');
}

function explanation({ derivation: { title, law, sentence, expression, parameters } }: ExplainedBreakdown['lines'][number]): string {
  const values = parameters.map(
    ({ label, value, from, source, status }) =>
      `    ${label} : ${value}, depuis le ${from} (${source}${status === 'unsure' ? ' ; à confirmer' : ''})\n`,
  );
  return [`${title} — ${law}\n`, `  ${sentence}\n`, `  = ${expression}\n`, ...values].join('');
}
