import type { Author } from '@isu/contracts';
import type pg from 'pg';
import type { DataSource } from 'typeorm';
import { answerOf, read } from './delivery.js';
import type { Inbox } from './inbox.js';
import { Leadership } from './leadership.js';
import { raiseAlarm, type Observer } from './observation.js';
import type { Peers, StreamEnd, StreamEnds } from './peers.js';
import { faultFields } from './trouble.js';
import { pause } from './wakeup.js';

export interface CatchUpPace {
  /** After the start, when what waits on the bus has had time to come. */
  firstAfterMs: number;
  everyMs: number;
  /** A stream that has not moved for as long, and ends before its author says, lacks something: what is merely on its way would have come. */
  graceMs: number;
  /** Between two questions: the walk leaves the machine to the work. */
  restMs: number;
}

export const usualCatchUpPace: CatchUpPace = { firstAfterMs: 30_000, everyMs: 6 * 3_600_000, graceMs: 60_000, restMs: 200 };

export interface CatchUpSettings extends Observer {
  consumer: string;
  authors: readonly Author[];
  inbox: Inbox;
  db: DataSource;
  /** For the lock: one instance of a service walks at a time. */
  connection: pg.ClientConfig;
  peers: Peers;
  ends: StreamEnds;
  pace: CatchUpPace;
}

const streamsPerQuestion = 500;
const factsPerQuestion = 500;

/**
 * Compares a reader's copy with its authors, stream by stream, slowly, at start and some times a day. Gaps are seen when a later
 * fact comes; this sees the holes after which nothing comes: a reader restored from a backup while the bus kept its later offsets, topics
 * that were lost before they were read. What is missing is asked of its author and taken in like anything that arrives.
 */
export class CatchUp {
  private readonly stopping = new AbortController();
  private running: Promise<void> | null = null;

  constructor(private readonly settings: CatchUpSettings) {}

  start(): void {
    this.running ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { pace, connection, consumer, log } = this.settings;
    await pause(pace.firstAfterMs, this.signal);
    while (!this.signal.aborted) {
      try {
        const leadership = await Leadership.tryTake(connection, `catching up of ${consumer}`);
        if (leadership) await this.walk(leadership).finally(() => leadership.resign());
      } catch (fault) {
        log.warn({ consumer, ...faultFields(fault) }, 'The comparison with the authors broke off; it begins anew later');
      }
      await pause(pace.everyMs, this.signal);
    }
  }

  private async walk(leadership: Leadership): Promise<void> {
    for (const author of this.settings.authors) {
      for (let after = ''; !this.signal.aborted && leadership.isHeld;) {
        const ends = await this.settings.ends.endsOf(author, { after, limit: streamsPerQuestion });
        const last = ends.at(-1);
        if (!last) break;
        await this.compare(author, ends);
        after = last.stream;
        await pause(this.settings.pace.restMs, this.signal);
      }
    }
  }

  private async compare(author: Author, ends: readonly StreamEnd[]): Promise<void> {
    const before = await this.shortOf(author, ends);
    if (before.size === 0) return;
    await pause(this.settings.pace.graceMs, this.signal);
    const after = await this.shortOf(author, ends);
    const still = ends.filter(({ stream }) => after.has(stream) && after.get(stream) === before.get(stream));
    if (still.length === 0 || this.signal.aborted) return;
    const { consumer } = this.settings;
    raiseAlarm(this.settings, 'reader-behind', {
      fields: { consumer, author, streams: still.length },
      message: 'This service lacks facts that the bus does not bring: they are asked of their author',
    });
    for (const { stream, seq } of still) await this.fill(author, { stream, seq }, (after.get(stream) ?? 0) + 1);
  }

  /** Streams that end here before their author says, with our last number. Those with something set aside are in other hands. */
  private async shortOf(author: Author, ends: readonly StreamEnd[]): Promise<Map<string, number>> {
    const { db, consumer } = this.settings;
    const rows = await db.query<{ stream: string; seq: string }[]>(
      `SELECT e.stream, coalesce(c.last_seq, 0) AS seq FROM unnest($3::text[], $4::bigint[]) AS e(stream, seq)
         LEFT JOIN inbox_cursor c ON c.consumer = $1 AND c.author = $2 AND c.stream = e.stream
        WHERE coalesce(c.last_seq, 0) < e.seq
          AND NOT EXISTS (SELECT FROM set_aside a WHERE a.consumer = $1 AND a.author = $2 AND a.stream = e.stream)`,
      [consumer, author, ends.map(({ stream }) => stream), ends.map(({ seq }) => seq)],
    );
    return new Map(rows.map(({ stream, seq }) => [stream, Number(seq)]));
  }

  /** A fact that its handler cannot take ends this stream's turn: it comes again at the next walk, or by the bus, and is then set aside. */
  private async fill(author: Author, { stream, seq }: StreamEnd, from: number): Promise<void> {
    const { peers, db, inbox, log, consumer } = this.settings;
    try {
      for (let next = from; next <= seq && !this.signal.aborted; next += factsPerQuestion) {
        const texts = await peers.factsOf(author, stream, next, Math.min(seq, next + factsPerQuestion - 1));
        const answers = texts.map((text, index) => read(answerOf(author, stream, { text, number: next + index })));
        await db.transaction((tx) => inbox.settle(tx, answers));
      }
    } catch (fault) {
      log.warn({ consumer, author, ...faultFields(fault) }, 'What a stream lacks could not be taken in');
    }
  }

  private get signal(): AbortSignal {
    return this.stopping.signal;
  }
}
