/** A line of a file with its LF, or the end of a file that lacks one. */
const lf = 0x0a;
export const longestLineBytes = 16 * 1024;

/** Stands in for a line that is longer than any line of ours can be. */
export const tooLong = Buffer.alloc(0);

/**
 * Cuts a stream of bytes into lines, each with its LF; a last line without one is given as it is. Holds one line, never the file. What a
 * sender goes on sending is read to its end, so that it can be answered.
 */
export async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  let isSkipping = false;
  for await (const part of bytes) {
    const held: Buffer = rest.length === 0 ? Buffer.from(part.buffer, part.byteOffset, part.byteLength) : Buffer.concat([rest, part]);
    let start = 0;
    for (let end = held.indexOf(lf); end !== -1; end = held.indexOf(lf, start)) {
      yield isSkipping || end - start > longestLineBytes ? tooLong : held.subarray(start, end + 1);
      isSkipping = false;
      start = end + 1;
    }
    rest = held.subarray(start);
    if (rest.length <= longestLineBytes && !isSkipping) continue;
    isSkipping = true;
    rest = Buffer.alloc(0);
  }
  if (isSkipping) yield tooLong;
  else if (rest.length > 0) yield rest;
}

/** Whether a decoder met bytes that are no UTF-8. */
export const isWrongEncoding = (error: unknown): boolean =>
  (error as { code?: unknown } | null)?.code === 'ERR_ENCODING_INVALID_ENCODED_DATA';
