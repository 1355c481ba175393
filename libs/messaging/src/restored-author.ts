import { topicOf, type Author, type Fact } from '@isu/contracts';
import type { BusinessClock } from '@isu/values';
import type { DataSource, EntityManager } from 'typeorm';
import { placeOf, read, type ReadableArrival } from './delivery.js';
import { keepFacts } from './inbox.js';
import { raiseAlarm, type LogFields, type Observer } from './observation.js';
import type { Readers } from './peers.js';
import { faultFields } from './trouble.js';
import { Wakeup } from './wakeup.js';
import type { WriteGate } from './write-gate.js';

export interface RestoredAuthorSettings extends Observer {
  author: Author;
  db: DataSource;
  readers: Readers;
  gate: WriteGate;
  clock: BusinessClock;
  /** Readers that an operator has decided to start without: they are gone for good, or everyone knows that nothing was restored. */
  withoutReaders?: readonly string[];
  /** Facts that came back, in the transaction that keeps them: the service rebuilds from them what it had derived. */
  onRecovered?: (tx: EntityManager, facts: readonly Fact[]) => Promise<void>;
  retryMs?: number;
}

/** Positions are given before commit: a fact below the highest we remember may still be one that the backup had missed. */
const marginPositions = 10_000n;
const factsPerQuestion = 1_000;
/** Services that start together wait for each other a moment: only a reader silent for longer is worth a line, and not every second. */
const tellEveryMs = 5_000;

/** The readers hold other facts under numbers that this author has used: two histories, which only a person can settle. */
export class AuthorDiverged extends Error {}

/**
 * Before an author writes, it asks everyone who keeps its facts how far they remember it. If one knows more, this database was
 * restored from an old backup: the missing facts are pulled back before a number is given twice. Until every reader has answered
 * the gate stays closed, for the one that is silent may be the one that knows.
 */
export class RestoredAuthor {
  private readonly wakeup = new Wakeup();
  private readonly touched = new Set<string>();
  private stopped = false;
  private silent: readonly string[];
  private readonly faults = new Map<string, LogFields>();
  private lastToldAt = performance.now();

  constructor(private readonly settings: RestoredAuthorSettings) {
    this.silent = settings.readers.names;
  }

  /** The readers that have not answered yet; empty when the gate is open. */
  get waitingFor(): readonly string[] {
    return this.settings.gate.isOpen ? [] : this.silent;
  }

  /** Asks until all have answered, then opens the gate. Rejects when histories differ; resolves early when stopped. */
  async openWhenWhole(): Promise<void> {
    const { readers, withoutReaders = [], gate, log, author, retryMs = 1_000 } = this.settings;
    this.silent = readers.names.filter((name) => !withoutReaders.includes(name));
    while (!this.stopped) {
      const answered = await Promise.all(this.silent.map((reader) => this.recoverFrom(reader)));
      this.silent = this.silent.filter((_, index) => !answered[index]);
      if (this.silent.length === 0) break;
      this.tellWhoIsSilent();
      await this.wakeup.wait(retryMs);
    }
    if (this.stopped) return;
    await this.checkNoHoles();
    gate.openForGood();
    log.info({ author }, 'The author has heard its readers and accepts writes');
  }

  stop(): void {
    this.stopped = true;
    this.wakeup.nudge();
  }

  private async recoverFrom(reader: string): Promise<boolean> {
    const { author, db, readers } = this.settings;
    try {
      const [row] = await db.query<{ position: string }[]>('SELECT coalesce(max(position), 0) AS position FROM fact WHERE author = $1', [
        author,
      ]);
      const own = BigInt(row?.position ?? 0);
      const highest = await readers.highestPosition(reader, author);
      if (highest > own) await this.pull(reader, own > marginPositions ? own - marginPositions : 0n);
      return true;
    } catch (fault) {
      if (fault instanceof AuthorDiverged) throw fault;
      this.faults.set(reader, faultFields(fault));
      return false;
    }
  }

  private tellWhoIsSilent(): void {
    const { author, log } = this.settings;
    if (performance.now() - this.lastToldAt < tellEveryMs) return;
    this.lastToldAt = performance.now();
    for (const reader of this.silent)
      log.warn(
        { author, reader, ...this.faults.get(reader) },
        'A reader has not said yet what it holds of this author: no write is accepted',
      );
  }

  private async pull(reader: string, from: bigint): Promise<void> {
    const { author, readers, log } = this.settings;
    let restored = 0;
    for (let after = from; ;) {
      const texts = await readers.factsFrom(reader, { author, after, limit: factsPerQuestion });
      const facts = texts.map((text, index) => this.readOwn(text, `${reader}/${after}/${index}`));
      const last = facts.at(-1);
      if (!last) break;
      restored += await this.takeBack(facts);
      after = BigInt(last.fact.position);
    }
    // Another instance may be writing while this one starts: what the reader knew beyond our first look was never forgotten.
    if (restored > 0)
      log.warn({ author, reader, restored }, 'This author was restored from an old backup: facts it had forgotten came back from a reader');
  }

  private readOwn(text: string, origin: string): ReadableArrival {
    const { subject } = JSON.parse(text) as Fact;
    const arrival = read({ origin, topic: topicOf(this.settings.author), key: subject, bytes: Buffer.from(text) });
    if (!arrival.fact)
      throw new AuthorDiverged(`A reader holds a fact of ours that cannot be read: ${arrival.reason}, ${String(placeOf(arrival)?.seq)}`);
    return arrival;
  }

  /** Keeps what is missing, sets the numbering forward, and queues it for everyone: not every reader may have had it. */
  private async takeBack(facts: readonly ReadableArrival[]): Promise<number> {
    const { author, db, clock, onRecovered } = this.settings;
    return db.transaction(async (tx) => {
      const missing = await this.missing(tx, facts);
      if (missing.length === 0) return 0;
      for (const { stream } of missing) this.touched.add(stream);
      // We knew them when we wrote them: "as known on" answers as before the restore.
      await keepFacts(tx, missing, null);
      await tx.query(
        `INSERT INTO outbox (topic, stream, seq, created_at)
         SELECT $1, stream, seq, $4 FROM unnest($2::text[], $3::bigint[]) WITH ORDINALITY AS m(stream, seq, n) ORDER BY n
         ON CONFLICT (topic, stream, seq) DO UPDATE SET sent_at = NULL`,
        [topicOf(author), missing.map(({ stream }) => stream), missing.map(({ seq }) => seq), clock.now()],
      );
      await tx.query(
        `INSERT INTO stream_head (stream, seq, digest)
         SELECT DISTINCT ON (stream) stream, seq, digest FROM fact WHERE author = $1 AND stream = ANY($2) ORDER BY stream, seq DESC
         ON CONFLICT (stream) DO UPDATE SET seq = excluded.seq, digest = excluded.digest WHERE stream_head.seq < excluded.seq`,
        [author, missing.map(({ stream }) => stream)],
      );
      await tx.query(
        `SELECT setval('own_position', greatest((SELECT max(position) FROM fact WHERE author = $1), nextval('own_position')))`,
        [author],
      );
      await onRecovered?.(
        tx,
        missing.map(({ fact }) => fact),
      );
      return missing.length;
    });
  }

  /** What came back must leave no number open: the next one of that stream would follow nothing. */
  private async checkNoHoles(): Promise<void> {
    const { author, db } = this.settings;
    const [holes] = await db.query<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM (
         SELECT stream FROM fact WHERE author = $1 AND stream = ANY($2) GROUP BY stream HAVING count(*) <> max(seq)) AS s`,
      [author, [...this.touched]],
    );
    if (!holes?.n) return;
    raiseAlarm(this.settings, 'author-diverged', {
      fields: { author, streams: holes.n },
      message: 'Numbers are missing that no reader holds; this author must not write',
    });
    throw new AuthorDiverged(`${holes.n} streams have numbers that no reader holds.`);
  }

  /** Compared by id: what we hold under the same number must be the same fact. */
  private async missing(tx: EntityManager, facts: readonly ReadableArrival[]): Promise<ReadableArrival[]> {
    const held = await tx.query<{ stream: string; seq: string; id: string; digest: string }[]>(
      `SELECT f.stream, f.seq, f.id, f.digest FROM unnest($2::text[], $3::bigint[]) AS a(stream, seq) JOIN fact f USING (stream, seq) WHERE f.author = $1`,
      [this.settings.author, facts.map(({ stream }) => stream), facts.map(({ seq }) => seq)],
    );
    const known = new Map(held.map((row) => [`${row.stream} ${row.seq}`, row]));
    const other = facts.find(({ stream, seq, fact, digest }) => {
      const own = known.get(`${stream} ${seq}`);
      return own && (own.id !== fact.id || own.digest !== digest);
    });
    if (other) {
      const fields = { author: this.settings.author, seq: other.seq };
      raiseAlarm(this.settings, 'author-diverged', {
        fields,
        message: 'A reader holds another fact under a number of ours; this author must not write',
      });
      throw new AuthorDiverged(`Number ${other.seq} of a stream is another fact at a reader.`);
    }
    return facts.filter(({ stream, seq }) => !known.has(`${stream} ${seq}`));
  }
}
