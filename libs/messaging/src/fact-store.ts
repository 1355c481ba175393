import { randomUUID } from 'node:crypto';
import { authors, topicOf, type Author, type Fact, type FactDraft, type Vector } from '@isu/contracts';
import { clockOf, type BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { afterCommit } from './after-commit.js';
import { numberFacts, type Numbering, type StreamHead, type WrittenFact } from './numbering.js';
import type { StreamEnd } from './peers.js';
import { together } from './together.js';
import { correlationIn } from './trace-context.js';
import { traceOfWriting, traceUnderWay } from './traces.js';
import { NotAcceptingWrites } from './trouble.js';
import { envelopeFrom, wireColumns, wireRows } from './wire-rows.js';
import type { WriteGate } from './write-gate.js';

export interface FactStoreOptions {
  /** A UUID version 7. */
  newId?: (at: Date) => string;
  /** Closed until the author knows that it was not restored from an old backup; absent, it is always open. */
  gate?: WriteGate;
}

/** Facts numbered and sent at a time. */
const partLength = 250;

/** A query surface: an `EntityManager` inside a transaction or, for reads, outside. */
export type Reading = Pick<EntityManager, 'query'>;

/** Every fact that this service wrote or applied, for ever. Its own enter here in the transaction that decides them. */
export class FactStore {
  private readonly newId: (at: Date) => string;
  private readonly gate: WriteGate | undefined;
  private readonly listeners: (() => void)[] = [];

  constructor(
    readonly author: Author,
    readonly clock: BusinessClock,
    { newId = timedId, gate }: FactStoreOptions = {},
  ) {
    this.newId = newId;
    this.gate = gate;
  }

  /** Called when a transaction that wrote facts is committed: what it wrote is there to be seen. */
  onPublished(listener: () => void): void {
    this.listeners.push(listener);
  }

  /**
   * Writes facts and their outbox rows in the caller's transaction, in the order given; any number of them. The streams are
   * locked until the transaction ends, so that numbers have no hole and commits follow numbers. Lock your own rows first.
   */
  async publish(tx: EntityManager, drafts: readonly FactDraft[]): Promise<Fact[]> {
    if (drafts.length === 0) return [];
    if (this.gate && !this.gate.isOpen) throw new NotAcceptingWrites(`${this.author} still asks its readers what they hold of it.`);
    const traceId = traceUnderWay();
    // Positions are taken when the heads are locked: in a stream they follow its numbers.
    const [heads, positions] = await together(lockHeads(tx, drafts), takePositions(tx, drafts.length));
    const act = clockOf(tx, this.clock);
    const now = act.now();
    const numbering = {
      author: this.author,
      heads,
      recordedAt: act.recordedAt(),
      correlation: traceId === undefined ? this.newId(now) : correlationIn(traceId),
      newId: () => this.newId(now),
    };
    const facts = await this.write(tx, drafts, { ...numbering, positions });
    for (const listener of this.listeners) afterCommit(tx, listener);
    return facts;
  }

  /**
   * In parts: while the database takes one, the next is numbered. Other work of the process has its turn in between. Texts are let go
   * with their part.
   */
  private async write(tx: EntityManager, drafts: readonly FactDraft[], numbering: Numbering): Promise<Fact[]> {
    const facts: Fact[] = [];
    let underWay: Promise<void> = Promise.resolve();
    for (let start = 0; start < drafts.length; start += partLength) {
      const end = start + partLength;
      const positions = numbering.positions.slice(start, end);
      let written: WrittenFact[];
      try {
        written = numberFacts(drafts.slice(start, end), { ...numbering, positions });
      } finally {
        await underWay;
      }
      facts.push(...written.map(({ fact }) => fact));
      const heads = end < drafts.length ? [] : [...numbering.heads];
      underWay = insertOwnFacts(tx, { author: this.author, written, heads, createdAt: clockOf(tx, this.clock).now() });
      // Heard where it is awaited; until then its failure is nobody's.
      underWay.catch(() => undefined);
      if (end < drafts.length) await new Promise((resolve) => setImmediate(resolve));
    }
    await underWay;
    return facts;
  }

  /** Every author's facts of the stream in this service's copy, by author and number; as this service knew them at an instant if asked. */
  async factsOf(tx: Reading, stream: string, asKnownAt?: string): Promise<Fact[]> {
    return (await this.factsOfStreams(tx, [stream], asKnownAt)).get(stream) ?? [];
  }

  /** The same for many streams in one question; a stream without facts is absent from the answer. */
  async factsOfStreams(tx: Reading, streams: readonly string[], asKnownAt?: string): Promise<Map<string, Fact[]>> {
    const rows = await tx.query<{ stream: string; text: string }[]>(
      `SELECT stream, envelope::text AS text FROM fact
        WHERE author = ANY($1) AND stream = ANY($2) AND ($3::timestamptz IS NULL OR received_at <= $3)
        ORDER BY stream, author, seq`,
      [authors, streams, asKnownAt ?? null],
    );
    const byStream = new Map<string, Fact[]>();
    for (const { stream, text } of rows) {
      const facts = byStream.get(stream);
      if (facts) facts.push(JSON.parse(text) as Fact);
      else byStream.set(stream, [JSON.parse(text) as Fact]);
    }
    return byStream;
  }

  /** The last number held of each author in the stream: what a decision rests on (I5). */
  async vectorOf(tx: Reading, stream: string): Promise<Vector> {
    const rows = await tx.query<{ author: Author; seq: string }[]>(
      'SELECT author, max(seq) AS seq FROM fact WHERE author = ANY($1) AND stream = $2 GROUP BY author ORDER BY author',
      [authors, stream],
    );
    return Object.fromEntries(rows.map(({ author, seq }) => [author, Number(seq)]));
  }

  /** Wire texts of a stretch of one author's stream, byte for byte: what a reader with a gap is answered. */
  async wireOf(
    tx: Reading,
    stretch: { author: Author; stream: string; fromSeq: number; toSeq: number; limit?: number },
  ): Promise<string[]> {
    const { author, stream, fromSeq, toSeq, limit = 500 } = stretch;
    const rows = await tx.query<{ text: string }[]>(
      'SELECT envelope::text AS text FROM fact WHERE author = $1 AND stream = $2 AND seq BETWEEN $3 AND $4 ORDER BY seq LIMIT $5',
      [author, stream, fromSeq, toSeq, limit],
    );
    return rows.map(({ text }) => text);
  }

  /** The highest position held of an author, 0 without any: what an author that may have been restored asks. */
  async highestPosition(tx: Reading, author: Author): Promise<bigint> {
    const [row] = await tx.query<{ position: string }[]>('SELECT coalesce(max(position), 0) AS position FROM fact WHERE author = $1', [
      author,
    ]);
    return BigInt(row?.position ?? 0);
  }

  /** Where this author's own streams end, by name: what a reader compares its copy with. */
  async endsAfter(tx: Reading, { after, limit }: { after: string; limit: number }): Promise<StreamEnd[]> {
    const rows = await tx.query<{ stream: string; seq: string }[]>(
      'SELECT stream, seq FROM stream_head WHERE stream > $1 ORDER BY stream LIMIT $2',
      [after, limit],
    );
    return rows.map(({ stream, seq }) => ({ stream, seq: Number(seq) }));
  }

  /** Wire texts of an author's facts above a position, by position. */
  async wireFrom(tx: Reading, request: { author: Author; after: bigint; limit: number }): Promise<string[]> {
    const rows = await tx.query<{ text: string }[]>(
      'SELECT envelope::text AS text FROM fact WHERE author = $1 AND position > $2 ORDER BY position LIMIT $3',
      [request.author, String(request.after), request.limit],
    );
    return rows.map(({ text }) => text);
  }
}

/** A UUID version 7: the instant, then randomness. Node keeps randomness in store for `randomUUID`, which makes this cheap. */
function timedId(at: Date): string {
  const instant = at.getTime().toString(16).padStart(12, '0');
  return `${instant.slice(0, 8)}-${instant.slice(8)}-7${randomUUID().slice(15)}`;
}

/**
 * Makes new streams known and locks all heads, both in ascending order of stream: two writers that meet wait for each
 * other, they never wait in a circle.
 */
async function lockHeads(tx: EntityManager, drafts: readonly FactDraft[]): Promise<Map<string, StreamHead>> {
  const streams = [...new Set(drafts.map(({ stream }) => stream))];
  const [, rows] = await together(
    tx.query(
      'INSERT INTO stream_head (stream, seq) SELECT stream, 0 FROM unnest($1::text[]) AS stream ORDER BY stream ON CONFLICT DO NOTHING',
      [streams],
    ),
    tx.query<{ stream: string; seq: string; digest: string | null }[]>(
      'SELECT stream, seq, digest FROM stream_head WHERE stream = ANY($1) ORDER BY stream FOR UPDATE',
      [streams],
    ),
  );
  return new Map(rows.map(({ stream, seq, digest }) => [stream, { seq: Number(seq), digest }]));
}

async function takePositions(tx: EntityManager, count: number): Promise<string[]> {
  const rows = await tx.query<{ position: string }[]>(`SELECT nextval('own_position') AS position FROM generate_series(1, $1)`, [count]);
  return rows.map(({ position }) => position);
}

interface OwnFacts {
  author: Author;
  written: readonly WrittenFact[];
  /** Those that move with these facts. */
  heads: readonly (readonly [string, StreamHead])[];
  createdAt: Date;
}

/** Facts, outbox rows and heads in one statement. Outbox ids follow positions, so within a stream they follow numbers. */
async function insertOwnFacts(tx: EntityManager, { author, written, heads, createdAt }: OwnFacts): Promise<void> {
  const { rows, bytes } = wireRows(written, ({ fact }) => ({ traceparent: traceOfWriting(fact) }));
  await tx.query(
    `WITH written AS MATERIALIZED (
       SELECT w.*, ${envelopeFrom('$6')} AS envelope FROM json_to_recordset($2) AS w(${wireColumns}, traceparent text)
     ), kept AS (
       INSERT INTO fact (author, stream, seq, id, type, envelope, digest, position, effective_on, recorded_at, received_at)
       SELECT $1, stream, seq, id, type, envelope, digest, position, effective, recorded, recorded FROM written
     ), queued AS (
       INSERT INTO outbox (topic, stream, seq, created_at, traceparent) SELECT $3, stream, seq, $4, traceparent FROM written ORDER BY position
     )
     UPDATE stream_head h SET seq = n.seq, digest = n.digest
       FROM json_to_recordset($5) AS n(stream text, seq bigint, digest text) WHERE h.stream = n.stream`,
    [author, rows, topicOf(author), createdAt, JSON.stringify(heads.map(([stream, head]) => ({ stream, ...head }))), bytes],
  );
}
