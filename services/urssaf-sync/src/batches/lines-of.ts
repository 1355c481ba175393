/** A line of a file with its LF, or the end of a file that lacks one. */
const lf = 0x0a;
export const longestLineBytes = 16 * 1024;

/** Raised when a line is longer than any line of ours can be: the rest of it is not waited for. */
export class LineTooLong extends Error {}

/** Cuts a stream of bytes into lines, each with its LF; a last line without one is given as it is. Holds one line, never the file. */
export async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const part of bytes) {
    const held: Buffer = rest.length === 0 ? Buffer.from(part.buffer, part.byteOffset, part.byteLength) : Buffer.concat([rest, part]);
    let start = 0;
    for (let end = held.indexOf(lf); end !== -1; end = held.indexOf(lf, start)) {
      yield held.subarray(start, end + 1);
      start = end + 1;
    }
    rest = held.subarray(start);
    if (rest.length > longestLineBytes) throw new LineTooLong();
  }
  if (rest.length > 0) yield rest;
}

/** Whether a decoder met bytes that are no UTF-8. */
export const isWrongEncoding = (error: unknown): boolean =>
  (error as { code?: unknown } | null)?.code === 'ERR_ENCODING_INVALID_ENCODED_DATA';
