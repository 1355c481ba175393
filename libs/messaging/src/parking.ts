import type { BusinessClock } from '@isu/values';
import type { DataSource, EntityManager } from 'typeorm';
import { lockCursors, moveCursors } from './cursors.js';
import { read, streamKey, type Place, type ReadArrival } from './delivery.js';
import { keepFacts, type Inbox } from './inbox.js';
import type { Logger } from './observation.js';
import { removeAsides } from './set-aside.js';
import type { AsideState } from './verdicts.js';

/** A line of the list: enough to choose, no content. */
export interface AsideSummary {
  readonly origin: string;
  readonly author: string | null;
  readonly stream: string | null;
  readonly seq: number | null;
  readonly state: AsideState;
  readonly attempts: number;
  readonly nextTryAt: Date | null;
  readonly error: string | null;
  readonly since: Date;
}

export interface AsideDetail extends AsideSummary {
  readonly factId: string | null;
  /** Wire text of a readable fact. */
  readonly envelope: string | null;
  /** Bytes that could not be read, in base 64. */
  readonly raw: string | null;
}

export interface GiveUp {
  readonly origin: string;
  readonly by: string;
  readonly reason: string;
}

export type ParkingOutcome = 'done' | 'not-found';

export interface ParkingSettings {
  consumer: string;
  db: DataSource;
  clock: BusinessClock;
  log: Logger;
  inbox: Inbox;
  /** Wakes the retry worker. */
  wake: () => void;
}

const summaryColumns = `origin, author, stream, seq::float8 AS seq, state, attempts, next_try_at AS "nextTryAt", error, since`;

/** The operator's tools for what could not be applied. */
export class Parking {
  constructor(private readonly settings: ParkingSettings) {}

  /** What waits for somebody first, then by stream and number. */
  list(filter: { state?: AsideState; stream?: string; limit?: number } = {}): Promise<AsideSummary[]> {
    return this.settings.db.query(
      `SELECT ${summaryColumns} FROM set_aside
        WHERE consumer = $1 AND ($2::text IS NULL OR state = $2) AND ($3::text IS NULL OR stream = $3)
        ORDER BY state NOT IN ('fork', 'parked', 'unreadable'), author, stream, seq, since LIMIT $4`,
      [this.settings.consumer, filter.state ?? null, filter.stream ?? null, filter.limit ?? 200],
    );
  }

  async show(origin: string): Promise<AsideDetail | null> {
    const [row] = await this.settings.db.query<AsideDetail[]>(
      `SELECT ${summaryColumns}, fact_id AS "factId", envelope::text AS envelope, encode(raw, 'base64') AS raw
         FROM set_aside WHERE consumer = $1 AND origin = $2`,
      [this.settings.consumer, origin],
    );
    return row ?? null;
  }

  /** Tries again now, as if for the first time; what waits behind follows. What could not be read is read again. */
  async retry(origin: string): Promise<ParkingOutcome> {
    const { db, consumer, clock, inbox, wake } = this.settings;
    const outcome = await db.transaction(async (tx): Promise<ParkingOutcome> => {
      const row = await takeRow(tx, consumer, origin);
      if (!row) return 'not-found';
      if (row.state === 'unreadable' || row.state === 'fork') {
        await removeAsides(tx, consumer, [origin]);
        await inbox.settle(tx, [row.arrival]);
      } else {
        const retried = `state = CASE state WHEN 'parked' THEN 'retrying' ELSE state END, attempts = 0, next_try_at = $3`;
        await tx.query(`UPDATE set_aside SET ${retried} WHERE consumer = $1 AND origin = $2`, [consumer, origin, clock.now()]);
      }
      return 'done';
    });
    wake();
    return outcome;
  }

  /**
   * Somebody decides to go on without this fact, and says why. If its stream waits for it, the cursor moves past it: a readable
   * fact stays in the account's view, only its effects are given up. If numbers before it are missing, those are given up
   * instead, and the fact itself is tried. A fork or an unplaced one is dropped; the first version stands.
   */
  async giveUp(decision: GiveUp): Promise<ParkingOutcome> {
    const { db, consumer, clock, log, wake } = this.settings;
    const outcome = await db.transaction(async (tx): Promise<ParkingOutcome> => {
      const row = await takeRow(tx, consumer, decision.origin);
      if (!row) return 'not-found';
      const moved = await this.goOn(tx, row);
      await recordGivenUp(tx, { consumer, decision, moved, at: clock.now() });
      if (!moved.stays) await removeAsides(tx, consumer, [decision.origin]);
      return 'done';
    });
    if (outcome === 'done') log.warn({ consumer, origin: decision.origin }, 'Somebody gave up a fact that was set aside');
    wake();
    return outcome;
  }

  private async goOn(tx: EntityManager, { arrival, place, state }: AsideRow): Promise<Moved> {
    const { consumer, clock } = this.settings;
    if (!place || state === 'fork') return { before: null, after: null, stays: false };
    const key = streamKey(place);
    const cursor = (await lockCursors(tx, consumer, [place])).get(key);
    const before = cursor?.lastSeq ?? 0;
    if (place.seq <= before) return { before, after: before, stays: false };
    const isNext = place.seq === before + 1;
    const after = isNext ? place.seq : place.seq - 1;
    if (isNext && arrival.fact) await keepFacts(tx, [arrival], clock.recordedAt());
    await moveCursors(
      tx,
      consumer,
      new Map([[key, { lastSeq: after, lastDigest: isNext && arrival.fact ? arrival.digest : null, waitingFrom: null }]]),
    );
    return { before, after, stays: !isNext };
  }
}

interface Moved {
  readonly before: number | null;
  readonly after: number | null;
  /** The row itself is not given up, only what was missing before it. */
  readonly stays: boolean;
}

interface AsideRow {
  readonly state: AsideState;
  readonly arrival: ReadArrival;
  readonly place: Place | null;
}

/** The cursor is locked before the row, as lanes do. */
async function takeRow(tx: EntityManager, consumer: string, origin: string): Promise<AsideRow | null> {
  const [place] = await tx.query<(Omit<Place, 'seq'> & { seq: string })[]>(
    'SELECT author, stream, seq FROM set_aside WHERE consumer = $1 AND origin = $2 AND seq IS NOT NULL',
    [consumer, origin],
  );
  if (place) await lockCursors(tx, consumer, [{ ...place, seq: Number(place.seq) }]);
  const [row] = await tx.query<
    {
      topic: string;
      key: string | null;
      text: string | null;
      raw: Buffer | null;
      state: AsideState;
      author: Place['author'] | null;
      stream: string;
      seq: string;
    }[]
  >(
    'SELECT topic, key, envelope::text AS text, raw, state, author, stream, seq FROM set_aside WHERE consumer = $1 AND origin = $2 FOR UPDATE',
    [consumer, origin],
  );
  if (!row) return null;
  const arrival = read({ origin, topic: row.topic, key: row.key, bytes: row.raw ?? Buffer.from(row.text ?? '') });
  return { state: row.state, arrival, place: row.author ? { author: row.author, stream: row.stream, seq: Number(row.seq) } : null };
}

async function recordGivenUp(
  tx: EntityManager,
  { consumer, decision, moved, at }: { consumer: string; decision: GiveUp; moved: Moved; at: Date },
): Promise<void> {
  await tx.query(
    `INSERT INTO given_up (consumer, origin, author, stream, seq, digest, state, attempts, error, envelope, raw, cursor_before, cursor_after, decided_by, reason, decided_at)
     SELECT consumer, origin, author, stream, seq, digest, state, attempts, error, envelope, raw, $3, $4, $5, $6, $7
       FROM set_aside WHERE consumer = $1 AND origin = $2`,
    [consumer, decision.origin, moved.before, moved.after, decision.by, decision.reason, at],
  );
}
