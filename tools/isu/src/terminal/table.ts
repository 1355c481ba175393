interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/** Aligned text columns under their titles, for people. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ title }, at) => Math.max(title.length, ...rows.map((row) => (row[at] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ align }, at) => (align === 'right' ? (cells[at] ?? '').padStart(widths[at] ?? 0) : (cells[at] ?? '').padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd();
  const titles = line(columns.map(({ title }) => title));
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return `${[titles, rule, ...rows.map(line)].join('\n')}\n`;
}

/** Title and value, one a line, the values under each other. */
export function sheet(entries: readonly (readonly [title: string, value: string])[]): string {
  const width = Math.max(...entries.map(([title]) => title.length));
  return entries.map(([title, value]) => `${title.padEnd(width)}  ${value}\n`).join('');
}
