import { holds, type Figure } from './section.js';

const verdicts = new Map([
  [true, 'ok'],
  [false, 'MISSED'],
]);

/** A section as a table for people; the same figures go to programs with `--json`. */
export function printed(title: string, figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [figure.name, quantity(figure.value, figure.unit), limitOf(figure), figure.note ?? '']);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const lines = rows.map(([name = '', value = '', limit = '', note = '']) =>
    `  ${name.padEnd(widths[0] ?? 0)}  ${value.padStart(widths[1] ?? 0)}  ${limit.padEnd(widths[2] ?? 0)}  ${note}`.trimEnd(),
  );
  return `\n${title}\n${lines.join('\n')}\n`;
}

function limitOf(figure: Figure): string {
  const { limit, unit } = figure;
  if (!limit) return '';
  return `${limit.at === 'least' ? '≥' : '≤'} ${quantity(limit.value, unit)}  ${verdicts.get(holds(figure) ?? true) ?? ''}`;
}

function quantity(value: number, unit: string): string {
  const digits = Math.abs(value) >= 100 ? 0 : 1;
  return `${value.toLocaleString('en-US', { maximumFractionDigits: digits })} ${unit}`;
}
