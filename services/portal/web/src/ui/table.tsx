import type { ReactNode } from 'react';

export interface Column<Row> {
  readonly name: string;
  readonly cell: (row: Row) => ReactNode;
  /** Figures stand to the right, one under the other. */
  readonly isNumber?: boolean;
  /** What the last line of the table says in this column. */
  readonly total?: ReactNode;
}

interface TableProps<Row> {
  /** What the table is about, for everybody or only for who does not see it. */
  readonly caption: string;
  readonly hideCaption?: boolean;
  /** The first column names the row. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}

/**
 * Figures in rows; on a phone each row is a card. The roles are written out because a table that CSS lays out as blocks is no longer
 * one to some screen readers.
 */
export function Table<Row>({ caption, hideCaption = false, columns, rows, keyOf }: TableProps<Row>) {
  const hasTotal = columns.some(({ total }) => total !== undefined);
  return (
    <table className="table table-cards" role="table">
      <caption className={hideCaption ? 'only-read' : undefined}>{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ name, isNumber }) => (
            <th key={name} scope="col" role="columnheader" className={isNumber ? 'number' : undefined}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row">
            {columns.map((column, rank) => cellOf(column, { rank, content: column.cell(row) }))}
          </tr>
        ))}
      </tbody>
      {hasTotal ? (
        <tfoot role="rowgroup">
          <tr role="row">{columns.map((column, rank) => cellOf(column, { rank, content: column.total ?? null }))}</tr>
        </tfoot>
      ) : null}
    </table>
  );
}

function cellOf<Row>({ name, isNumber }: Column<Row>, { rank, content }: { rank: number; content: ReactNode }) {
  if (rank === 0) {
    return (
      <th key={name} scope="row" role="rowheader">
        {content}
      </th>
    );
  }
  const isEmpty = content === null || content === '';
  return (
    <td key={name} role="cell" className={isNumber ? 'number' : undefined} data-column={name} data-empty={isEmpty ? '' : undefined}>
      {content}
    </td>
  );
}
