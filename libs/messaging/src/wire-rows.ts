import type { WrittenFact } from './numbering.js';

/** The columns of facts on their way into a table, for `json_to_recordset`; each says where its envelope is in the bytes beside them. */
export const wireColumns =
  'stream text, seq bigint, id uuid, type text, start int, length int, digest text, position bigint, effective date, recorded timestamptz';

/** The envelope of a row, cut out of the bytes of all. */
export const envelopeFrom = (bytes: `$${number}`): string => `convert_from(substring(${bytes}::bytea FROM start FOR length), 'UTF8')::json`;

interface WireRows {
  /** JSON. */
  readonly rows: string;
  readonly bytes: Buffer;
}

/**
 * Facts as two values for the database. Their texts are JSON already: inside other JSON each quote would be escaped here and read twice
 * there, which was a fifth of what keeping a fact costs the database.
 */
export function wireRows<T extends WrittenFact>(written: readonly T[], more?: (one: T) => Readonly<Record<string, unknown>>): WireRows {
  let end = 1;
  const rows = written.map((one) => {
    const { fact, text, digest } = one;
    const length = Buffer.byteLength(text);
    end += length;
    return {
      stream: fact.subject,
      seq: fact.seq,
      id: fact.id,
      type: fact.type,
      start: end - length,
      length,
      digest,
      position: fact.position,
      effective: fact.effectiveon,
      recorded: fact.time,
      ...more?.(one),
    };
  });
  return { rows: JSON.stringify(rows), bytes: Buffer.from(written.map(({ text }) => text).join('')) };
}
