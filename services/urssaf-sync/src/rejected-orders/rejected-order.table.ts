import type { EntityManager } from 'typeorm';
import type { RejectedOrderLine } from '../payments/money-line.js';

/** An order of ours that a bank rejected, to be told on the account that it names, if we know it. */
export interface RejectedOrder {
  readonly line: number;
  readonly content: string;
  readonly said: RejectedOrderLine;
  readonly isKnown: boolean;
}

interface Source {
  readonly partner: string;
  readonly flow: string;
  readonly batch: string;
}

/** What banks rejected, once per order: the same word again is nothing new. */
export async function insertRejectedOrders(
  tx: EntityManager,
  { partner, flow, batch }: Source,
  orders: readonly (RejectedOrder & { readonly fact: string })[],
): Promise<void> {
  if (orders.length === 0) return;
  const rows = orders.map(({ said: { reference }, content, line, fact }) => ({ reference, content, line, fact }));
  await tx.query(
    `INSERT INTO rejected_order (partner, reference, content, flow, batch, line, fact)
     SELECT $2, reference, content, $3, $4, line, fact FROM json_to_recordset($1) AS n(reference text, content text, line int, fact uuid)`,
    [JSON.stringify(rows), partner, flow, batch],
  );
}
