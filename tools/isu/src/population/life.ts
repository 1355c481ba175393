import { setTimeout as pause } from 'node:timers/promises';
import { drawing } from '../draw.js';
import { act, actKinds, askPartner, nextAct, type ActKind, type ActOutcome, type Doors } from './acts.js';
import type { Inhabitant } from './moving-in.js';

/** What was done in a stretch of life, by kind of act. */
export interface Lived {
  readonly acts: Readonly<Record<ActKind, Readonly<Record<ActOutcome, number>>>>;
  readonly seconds: number;
  /** Acts that could not begin when they were due: the system, or this machine, is slower than the rate. */
  readonly late: number;
}

interface Pace {
  /** Acts a second. */
  readonly rate: number;
  /** For how long; without a word, until it is stopped. */
  readonly seconds: number | null;
  readonly seed: number;
  readonly stopping: AbortSignal;
}

/** At once at most: beyond, acts wait for their turn, and are counted late. */
const mostAtOnce = 32;
const lateMs = 1_000;
/** What was banked is told that often: a batch each time, as Urssaf does each day. */
const tellEveryMs = 5_000;

/** People live at a given pace: who acts, and how, is drawn; the same seed draws the same acts. */
export async function live(inhabitants: readonly Inhabitant[], doors: Doors, { rate, seconds, seed, stopping }: Pace): Promise<Lived> {
  const draw = drawing(seed);
  const tally = Object.fromEntries(actKinds.map((kind) => [kind, { done: 0, refused: 0, nothing: 0 }])) as Record<
    ActKind,
    Record<ActOutcome, number>
  >;
  const underWay = new Set<Promise<void>>();
  const startedAt = performance.now();
  let [late, toldAt, banked] = [0, startedAt, false];
  const tell = async (): Promise<void> => {
    if (doors.partner !== null && banked) await askPartner(doors.partner, '/batches', { businessDate: doors.date });
    [banked, toldAt] = [false, performance.now()];
  };
  const acts = seconds === null ? Number.POSITIVE_INFINITY : rate * seconds;
  for (let n = 0; n < acts && !stopping.aborted; n += 1) {
    const dueAt = startedAt + (n * 1_000) / rate;
    if (dueAt > performance.now()) await pause(dueAt - performance.now(), undefined, { signal: stopping }).catch(() => undefined);
    else if (performance.now() - dueAt > lateMs) late += 1;
    while (underWay.size >= mostAtOnce) await Promise.race(underWay);
    const inhabitant = inhabitants[draw(inhabitants.length)];
    if (!inhabitant) break;
    const kind = nextAct(inhabitant, draw, doors.partner !== null);
    // Its own numbers: what one act draws moves no other, in whatever order they end.
    const acting = act(kind, inhabitant, doors, drawing(seed + n)).then((outcome) => {
      tally[kind][outcome] += 1;
      banked ||= kind === 'payment' && outcome === 'done';
    });
    const kept: Promise<void> = acting.finally(() => underWay.delete(kept));
    underWay.add(kept);
    if (performance.now() - toldAt > tellEveryMs) await tell();
  }
  await Promise.all(underWay);
  await tell();
  return { acts: tally, late, seconds: (performance.now() - startedAt) / 1_000 };
}
