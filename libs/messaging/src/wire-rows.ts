import type { WrittenFact } from './numbering.js';
import { placeColumns, textFrom, textsBeside } from './texts-beside.js';

/** The columns of facts on their way into a table, for `json_to_recordset`; each says where its envelope is in the bytes beside them. */
export const wireColumns = `stream text, seq bigint, id uuid, type text, ${placeColumns}, digest text, position bigint, effective date, recorded timestamptz`;

/** The envelope of a row, cut out of the bytes of all. */
export const envelopeFrom = textFrom;

interface WireRows {
  /** JSON. */
  readonly rows: string;
  readonly bytes: Buffer;
}

/** Facts as two values for the database. */
export function wireRows<T extends WrittenFact>(written: readonly T[], more?: (one: T) => Readonly<Record<string, unknown>>): WireRows {
  const { rows, bytes } = textsBeside(
    written,
    ({ text }) => text,
    (one) => rowOf(one, more?.(one)),
  );
  return { rows: JSON.stringify(rows), bytes };
}

const rowOf = ({ fact, digest }: WrittenFact, more: object | undefined) => ({
  ...{ stream: fact.subject, seq: fact.seq, id: fact.id, type: fact.type, digest, position: fact.position },
  ...{ effective: fact.effectiveon, recorded: fact.time, ...more },
});
