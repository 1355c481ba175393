import type { RightOfWay } from './right-of-way.js';

/** A topic of one author. The partition count never changes: order per stream rests on it. */
export interface TopicSpec {
  readonly topic: string;
  readonly partitions: number;
}

/** What travels beside the bytes, by lower-case name: about the road, never about the fact. */
export type Headers = Readonly<Record<string, string>>;

/** One fact on its way out: bytes that the bus carries and never reads. The key is the stream. */
export interface WireFact {
  readonly topic: string;
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly headers?: Headers | undefined;
}

export interface DeliveredFact {
  readonly topic: string;
  readonly partition: number;
  /** Place in the partition (a Kafka offset), as decimal digits. */
  readonly offset: string;
  readonly key: string | null;
  readonly bytes: Uint8Array;
  readonly headers?: Headers | undefined;
}

/** How many facts from the start are settled for good, and how long to wait before handing over the next one again. */
export interface LaneProgress {
  readonly done: number;
  readonly retryInMs?: number;
}

/** Called for one partition at a time, facts in order; never twice at once for the same partition in one process. Never throws. */
export type Lane = (facts: readonly DeliveredFact[], signal: AbortSignal) => Promise<LaneProgress>;

export interface Subscription {
  /** Resolves when the work in hand is finished; nothing of this subscription runs afterwards. */
  stop(): Promise<void>;
}

export interface BusHealth {
  readonly connected: boolean;
  /** `consumer topic/partition` of the lanes that wait before they try again. */
  readonly pausedLanes: readonly string[];
  /** Wall clock of the last run that moved a consumer forward. */
  readonly lastProgressAt: Date | null;
  /** Facts on the bus that a consumer has not settled yet, by consumer. */
  readonly lag: Readonly<Record<string, number>>;
  /** The same, by consumer and topic. */
  readonly lagByTopic: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** What carries facts from service to service. It may lose, repeat and delay; PostgreSQL decides what is true. */
export interface Bus {
  /** Of a bus that works in the process of the services: how its work makes room for what is more pressing there. */
  readonly way?: RightOfWay;
  /** Idempotent; resolves when every partition can be written to. */
  ensureTopics(topics: readonly TopicSpec[]): Promise<void>;
  /** Resolves when all are durable. A rejection says nothing about what arrived: send again. */
  publish(batch: readonly WireFact[]): Promise<void>;
  subscribe(to: { consumer: string; topics: readonly string[] }, lane: Lane): Promise<Subscription>;
  /**
   * News: what is published from now on, to each who listens, and nothing of before. No cursor is kept and nothing is said again: for
   * screens, which ask a service when they hear that something happened.
   */
  listen(topics: readonly string[], hear: (fact: WireFact) => void): Promise<Subscription>;
  health(): BusHealth;
  close(): Promise<void>;
}

/** The bus will never take this batch, however often it is sent (a fact too large for it). The relay stops and alarms. */
export class RefusedByBus extends Error {}

/** Every topic has as many; never change it (messaging decision: order per stream rests on it). */
export const partitionCount = 12;

/** Sums over the lanes of a topic, which are named `topic/partition`. */
export function lagByTopic(lanes: readonly (readonly [lane: string, lag: number])[]): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const [lane, lag] of lanes) {
    const topic = lane.slice(0, lane.lastIndexOf('/'));
    sums[topic] = (sums[topic] ?? 0) + lag;
  }
  return sums;
}
