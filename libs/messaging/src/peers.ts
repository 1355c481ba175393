import type { Author } from '@isu/contracts';

/** What a reader asks an author, over REST, when numbers are missing. Answers are wire texts, byte for byte as written. */
export interface Peers {
  /** Facts `fromSeq` to `toSeq` of a stream, in order; a page from the start is a good answer too. */
  factsOf(author: Author, stream: string, fromSeq: number, toSeq: number): Promise<readonly string[]>;
}

/** Where an author's stream ends. */
export interface StreamEnd {
  readonly stream: string;
  readonly seq: number;
}

/** What a reader asks an author now and then, over REST, to learn whether it lacks something that no later fact would show. */
export interface StreamEnds {
  /** The ends of the author's streams, by name, after the one given ('' from the beginning), at most `limit`. */
  endsOf(author: Author, request: { after: string; limit: number }): Promise<readonly StreamEnd[]>;
}

/** What an author asks its readers at start, over REST, to learn whether it was restored from an old backup. */
export interface Readers {
  /** The services that keep a copy of this author's facts. */
  readonly names: readonly string[];
  /** The highest position of this author's facts that the reader holds; 0 when it holds none. */
  highestPosition(reader: string, author: Author): Promise<bigint>;
  /** Wire texts of the author's facts with a position above `after`, by position, at most `limit`. */
  factsFrom(reader: string, request: { author: Author; after: bigint; limit: number }): Promise<readonly string[]>;
}
