import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';

const idBytes = 16;
const fetchedAtOnce = 256 * idBytes;

/**
 * UUIDs of version 7 for the lines of great batches, in the order in which they are asked for. Randomness is fetched for many at once: asked for
 * each id by itself, it cost more than all that placing decides about the line.
 */
export function lineIds(now: () => number): () => string {
  let [store, taken] = [Buffer.alloc(0), 0];
  let [msecs, seq] = [0, 0];
  return () => {
    if (taken === store.length) [store, taken] = [randomBytes(fetchedAtOnce), 0];
    const random = store.subarray(taken, (taken += idBytes));
    const instant = now();
    // Within a millisecond, and where the clock is set back, the number that comes next keeps the order.
    if (instant > msecs) [msecs, seq] = [instant, random.readUInt32BE(6) >>> 1];
    else seq += 1;
    return v7({ msecs, seq, random });
  };
}
