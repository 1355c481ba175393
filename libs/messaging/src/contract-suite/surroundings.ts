import type { BusinessClock } from '@isu/values';
import type { DataSource } from 'typeorm';
import type { Bus } from '../bus.js';
import type { FactHandler } from '../inbox.js';
import type { Consumer, ConsumerSettings } from '../consumer.js';
import type { Failpoints } from '../failpoints.js';
import type { FactStore } from '../fact-store.js';
import type { Migration } from '../migration.js';
import type { Logger } from '../observation.js';
import type { Relay, RelaySettings } from '../relay.js';

/** A database of its own, as @isu/testing makes one. */
export interface TestDatabase {
  readonly db: DataSource;
  readonly owner: DataSource;
  readonly url: string;
  close(): Promise<void>;
}

/** A bus under test, and the hands that misuse it. Each bus says for itself what "away" or "rewound" means. */
export interface TestBus {
  readonly bus: Bus;
  /** Nothing can be published or read until `back`. */
  away(): Promise<void>;
  back(): Promise<void>;
  /** The broker forgets everything: log and offsets. */
  wipe(): Promise<void>;
  /** The offsets of a consumer are set to the beginning. */
  rewind(consumer: string): Promise<void>;
  /** The process that holds this bus dies; `bus` is then that of the next process. */
  crash(): Promise<void>;
  close(): Promise<void>;
}

export interface BusSurroundings {
  readonly clock: BusinessClock;
  readonly log: Logger;
  readonly failpoints: Failpoints;
  /** With a seed, the bus delays, repeats and interleaves as far as it can be told to. */
  readonly seed: number | null;
}

/** A bug that somebody could write, planted from outside: the production code has no switch for it. */
export interface PlantedBug {
  readonly relay?: (settings: RelaySettings) => Relay;
  readonly consumer?: (settings: ConsumerSettings) => Consumer;
  readonly handler?: (handler: FactHandler) => FactHandler;
  readonly bus?: (bus: Bus) => Bus;
  readonly facts?: (store: FactStore, world: { bus: () => Bus }) => FactStore;
}

export interface Surroundings {
  readonly database: (migrations: readonly Migration[], schema: string) => Promise<TestDatabase>;
  /** As a superuser of the server. */
  readonly administer: (sql: string) => Promise<void>;
  readonly makeBus: (surroundings: BusSurroundings) => Promise<TestBus>;
  readonly bug?: PlantedBug;
  /** How long a condition may take to come true. */
  readonly patienceMs: number;
}

/** The contract does not hold: what a planted bug must lead to. */
export class ContractBroken extends Error {}

export function hold(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new ContractBroken(sentence);
}

/** The business day of the demo with a wall clock that runs, off by as much as the machine's is said to be. */
export const runningClock = (today: BusinessClock['today'], offByMs: () => number): BusinessClock => {
  const now = () => new Date(performance.timeOrigin + performance.now() + offByMs());
  return { today, now, recordedAt: () => `${today().iso}T${now().toISOString().slice(11)}` };
};

/** What everybody in this process reads off the machine, the client of the broker too, is off by so much; the answer sets it right. */
export function setMachineClock({ offByMs }: { offByMs: number }): () => void {
  const { now } = Date;
  Object.assign(Date, { now: () => now() + offByMs });
  return () => void Object.assign(Date, { now });
}

/** A small seeded generator (mulberry32): the same seed gives the same load and the same turbulence. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Something that one side gives once and the other waits for. */
export class Signal {
  give: () => void = () => undefined;
  readonly given = new Promise<void>((resolve) => (this.give = resolve));
}
