/** Where a row's JSON text is in the bytes beside the rows. */
export interface TextPlace {
  readonly start: number;
  readonly length: number;
}

interface TextsBeside<Row> {
  readonly rows: (Row & TextPlace)[];
  readonly bytes: Buffer;
}

/**
 * Rows on their way to the database, their JSON texts laid end to end beside them. Inside other JSON a text would be escaped here or read twice
 * more there, which was a fifth of what keeping a fact costs the database.
 */
export function textsBeside<One, Row extends object>(
  all: readonly One[],
  textOf: (one: One) => string,
  rowOf: (one: One) => Row,
): TextsBeside<Row> {
  const texts = all.map(textOf);
  const bytes = Buffer.allocUnsafe(texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0));
  let end = 0;
  const rows = all.map((one, rank) => {
    const start = end + 1;
    const length = bytes.write(texts[rank] ?? '', end);
    end += length;
    return Object.assign(rowOf(one), { start, length });
  });
  return { rows, bytes };
}

/** The columns that say where the text of a row is, for `json_to_recordset`. */
export const placeColumns = 'start int, length int';

/** The text of a row, cut out of the bytes of all. */
export const textFrom = (bytes: `$${number}`): string => `convert_from(substring(${bytes}::bytea FROM start FOR length), 'UTF8')::json`;
