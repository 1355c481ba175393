import type { ReadableArrival, ReadArrival } from './delivery.js';
import { placeOf, streamKey } from './delivery.js';

/** Where a consumer stands in one author's stream. */
export interface Cursor {
  readonly lastSeq: number;
  /** Digest of the fact the cursor stands on; null at the beginning and after a number was given up. */
  readonly lastDigest: string | null;
  /** The lowest number that waits above the cursor; forks do not count. */
  readonly waitingFrom: number | null;
}

export type AsideState = 'retrying' | 'behind' | 'gap' | 'parked' | 'unreadable' | 'fork';

export interface Verdicts {
  /** Next in their stream, in order: to be kept, handled, and the cursors moved to `cursors`. */
  readonly next: ReadableArrival[];
  /** Numbers already behind the cursor: duplicates, unless their digest says otherwise. */
  readonly known: ReadableArrival[];
  readonly aside: { arrival: ReadArrival; state: AsideState }[];
  /** The streams that move, with where they come to stand. */
  readonly cursors: Map<string, Cursor>;
  /** The lowest number set aside of some stream is now the next one there. */
  readonly unblocked: boolean;
}

const beginning: Cursor = { lastSeq: 0, lastDigest: null, waitingFrom: null };

/** Decides what becomes of each arrival of a run, given where the consumer stands. Pure: nothing is read or written here. */
export function judge(arrivals: readonly ReadArrival[], standing: ReadonlyMap<string, Cursor>): Verdicts {
  const moved = new Map<string, Cursor>();
  const waiting = new Map<string, number>();
  const inRun = new Map<string, string>();
  const verdicts: Verdicts = { next: [], known: [], aside: [], cursors: moved, unblocked: false };

  const cursorOf = (key: string): Cursor => moved.get(key) ?? standing.get(key) ?? beginning;
  const setAside = (arrival: ReadArrival, state: AsideState) => {
    verdicts.aside.push({ arrival, state });
    const place = placeOf(arrival);
    const key = place && streamKey(place);
    // A fork is evidence beside the stream: it holds nobody up, the number it claims is still to come.
    if (key && state !== 'fork' && place.seq > cursorOf(key).lastSeq) waiting.set(key, Math.min(place.seq, waiting.get(key) ?? place.seq));
  };

  for (const arrival of arrivals) {
    if (!arrival.fact) {
      setAside(arrival, 'unreadable');
      continue;
    }
    const key = streamKey(arrival);
    const cursor = cursorOf(key);
    const waitingFrom = Math.min(waiting.get(key) ?? Infinity, cursor.waitingFrom ?? Infinity);
    if (arrival.seq <= cursor.lastSeq) {
      const applied = inRun.get(`${key} ${arrival.seq}`);
      if (applied === undefined) verdicts.known.push(arrival);
      else if (applied !== arrival.digest) setAside(arrival, 'fork');
    } else if (arrival.seq > cursor.lastSeq + 1) {
      setAside(arrival, waitingFrom < arrival.seq ? 'behind' : 'gap');
    } else if (waitingFrom === arrival.seq) {
      // It is set aside already and the retry worker has it in hand; if this one differs, the store will see a fork.
      setAside(arrival, 'behind');
    } else if (cursor.lastDigest !== null && arrival.fact.previous !== cursor.lastDigest) {
      setAside(arrival, 'fork');
    } else {
      verdicts.next.push(arrival);
      inRun.set(`${key} ${arrival.seq}`, arrival.digest);
      moved.set(key, { lastSeq: arrival.seq, lastDigest: arrival.digest, waitingFrom: cursor.waitingFrom });
    }
  }
  const unblocked = [...moved].some(
    ([key, { lastSeq, waitingFrom }]) => Math.min(waiting.get(key) ?? Infinity, waitingFrom ?? Infinity) === lastSeq + 1,
  );
  return { ...verdicts, unblocked };
}
