import { Day, Money } from '@isu/values';

/** What stands in a cell: a text, an amount, a day, a number of something, or nothing. */
export type Cell = string | Money | Day | number | null;

/** Says that the bytes are UTF-8 to a spreadsheet that would take them for something else. */
const mark = '\ufeff';
const endOfLine = '\r\n';

/** What a spreadsheet computes instead of showing it, also in full width, also after blanks. */
const formula = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/;

/**
 * A table as a French spreadsheet opens it by a double click (CSV, RFC 4180): UTF-8 with its mark, semicolons, CR LF. Amounts have a comma and two
 * decimals and no other sign, so that they are numbers there; days are ISO, which no setting reads otherwise. A text that would be
 * computed is kept a text by an apostrophe before it.
 */
export function renderCsv(columns: readonly string[], rows: readonly (readonly Cell[])[]): Buffer {
  const lines = [columns, ...rows].map((cells) => cells.map(written).join(';') + endOfLine);
  return Buffer.from(mark + lines.join(''), 'utf8');
}

function written(cell: Cell): string {
  if (cell === null) return '';
  if (cell instanceof Money) return amountText(cell);
  if (cell instanceof Day || typeof cell === 'number') return String(cell);
  const text = formula.test(cell) ? `'${cell}` : cell;
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function amountText(amount: Money): string {
  const text = amount.toString();
  return (text.includes('.') ? text : `${text}.00`).replace('.', ',');
}
