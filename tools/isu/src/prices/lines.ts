const lineFeed = 0x0a;

/** Longer than any situation ever written by hand or program; a line beyond it is dropped as it comes, not kept. */
export const longestLine = 65_536;

/**
 * The lines of a stream of bytes, in groups as they arrive, so that memory stays flat whatever the length of the stream or
 * of a line. `null` stands for a line longer than `longestLine`.
 */
export async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<(string | null)[]> {
  const splitter = new LineSplitter();
  for await (const chunk of input) {
    const lines = splitter.take(Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk));
    if (lines.length > 0) yield lines;
  }
  const last = splitter.end();
  if (last !== undefined) yield [last];
}

class LineSplitter {
  private begun: Buffer[] = [];
  private size = 0;

  take(chunk: Buffer): (string | null)[] {
    const lastFeed = chunk.lastIndexOf(lineFeed);
    if (lastFeed < 0) {
      this.keep(chunk);
      return [];
    }
    const firstFeed = chunk.indexOf(lineFeed);
    this.keep(chunk.subarray(0, firstFeed));
    const lines: (string | null)[] = [this.finish()];
    // Line feeds never stand inside a UTF-8 sequence, so that whole lines are whole characters.
    if (lastFeed > firstFeed) {
      for (const line of chunk.toString('utf8', firstFeed + 1, lastFeed).split('\n')) lines.push(line.length > longestLine ? null : line);
    }
    this.keep(chunk.subarray(lastFeed + 1));
    return lines;
  }

  /** What stands after the last line feed, if anything does. */
  end(): string | null | undefined {
    return this.size === 0 ? undefined : this.finish();
  }

  private keep(part: Buffer): void {
    this.size += part.length;
    if (this.size > longestLine) this.begun = [];
    else this.begun.push(part);
  }

  private finish(): string | null {
    const line = this.size > longestLine ? null : Buffer.concat(this.begun).toString('utf8');
    this.begun = [];
    this.size = 0;
    return line;
  }
}
