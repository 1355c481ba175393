import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from } from 'pg-copy-streams';
import type { EntityManager } from 'typeorm';

export type CopiedValue = string | number | Buffer | null;

const rowsInBlock = 500;
const plainName = /^[a-z_]{1,60}$/;

/**
 * Lays rows into a staging table by COPY, in the caller's transaction: as fast as rows can enter at all. PostgreSQL refuses it where rows are
 * under row-level security, so that the table has none, and statements of the service's role take them on from there.
 */
export async function copyRows(
  tx: EntityManager,
  { table, columns }: { readonly table: string; readonly columns: readonly string[] },
  rows: readonly (readonly CopiedValue[])[],
): Promise<void> {
  for (const name of [table, ...columns]) if (!plainName.test(name)) throw new Error('A table and its columns have plain names.');
  if (!tx.queryRunner?.isTransactionActive) throw new Error('Rows are laid in a transaction.');
  const client = (await tx.queryRunner.connect()) as ClientBase;
  await pipeline(Readable.from(inBlocks(rows)), client.query(from(`COPY ${table} (${columns.join(', ')}) FROM STDIN`)));
}

function* inBlocks(rows: readonly (readonly CopiedValue[])[]): Generator<string> {
  for (let start = 0; start < rows.length; start += rowsInBlock)
    yield rows
      .slice(start, start + rowsInBlock)
      .map((row) => `${row.map(copied).join('\t')}\n`)
      .join('');
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** As the text format of COPY writes it. */
export function copied(value: CopiedValue): string {
  if (value === null) return '\\N';
  if (Buffer.isBuffer(value)) return `\\\\x${value.toString('hex')}`;
  return String(value).replaceAll(/[\\\t\n\r]/g, (one) => escapes[one] ?? one);
}
