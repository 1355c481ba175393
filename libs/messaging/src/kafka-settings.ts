import type { BusinessClock } from '@isu/values';
import type { Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import type { Failpoints } from './failpoints.js';
import type { Logger, Metrics } from './observation.js';

export interface KafkaPace {
  /** A member that is silent for as long has lost its lanes; brokers refuse less than 6 s unless told otherwise. */
  sessionTimeoutMs: number;
  /** How long a group waits for its members to come to an agreement. */
  rebalanceTimeoutMs: number;
  heartbeatMs: number;
  /** The broker answers at once when there is something, and after this when there is not. */
  longestPollMs: number;
  requestTimeoutMs: number;
  /** Facts handed to a lane at once. */
  runLength: number;
  /** Lanes of one member that work at the same time. */
  lanesAtOnce: number;
  /** After a crash of the client a new one is made, first soon, then less often. */
  rejoinMs: { first: number; last: number };
  /** How often the bus asks the broker where the lanes stand. */
  lookEveryMs: number;
  /** A lane that has facts waiting and has not moved for as long, without asking for time, is stuck. */
  stuckAfterMs: number;
}

export const usualKafkaPace: KafkaPace = {
  sessionTimeoutMs: 10_000,
  rebalanceTimeoutMs: 60_000,
  heartbeatMs: 2_000,
  longestPollMs: 500,
  requestTimeoutMs: 10_000,
  runLength: 200,
  lanesAtOnce: 12,
  rejoinMs: { first: 500, last: 15_000 },
  lookEveryMs: 5_000,
  stuckAfterMs: 60_000,
};

/** How the client tries again by itself. */
export interface Retries {
  readonly initialRetryTime: number;
  readonly maxRetryTime: number;
  readonly retries: number;
  readonly factor: number;
  readonly multiplier: number;
  readonly restartOnFailure?: () => Promise<boolean>;
}

/** Spelt out, because kafkajs has values of its own where NODE_ENV is "test". Above all this, the relay and the rejoin try again. */
const patient: Retries = { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5, factor: 0.2, multiplier: 2 };

export const retries = {
  patient,
  /**
   * The producer must not try again by itself: kafkajs 2.2.4 then asks no broker that has answered once, although leaders may have
   * moved to it meanwhile, and says that all is sent (tulios/kafkajs#1798). A new call asks everyone.
   */
  once: { ...patient, retries: 0 },
  /**
   * A consumer holds out for as long as brokers take to agree on new leaders and a new coordinator, because a member that gives up
   * comes back as another one, and the group waits for the first until its session ends. Then it is made anew by us: KafkaSubscription.
   */
  outlastingElections: { ...patient, retries: 15, restartOnFailure: () => Promise.resolve(false) },
} satisfies Record<string, Retries>;

/** The pace of a group's member, in the client's words. */
export const memberSettings = ({ sessionTimeoutMs, rebalanceTimeoutMs, heartbeatMs, longestPollMs }: KafkaPace) => ({
  sessionTimeout: sessionTimeoutMs,
  rebalanceTimeout: rebalanceTimeoutMs,
  heartbeatInterval: heartbeatMs,
  maxWaitTimeInMs: longestPollMs,
  allowAutoTopicCreation: false,
  // Somebody else's open transaction on the topic must not hold ours up; nothing of ours is ever in one.
  readUncommitted: true,
});

/** Which group hears which topics, and whether from where it stands (from the beginning when it is new) or from now on. */
export interface Subscribed {
  readonly consumer: string;
  readonly topics: readonly string[];
  readonly from?: 'now';
}

export interface KafkaBusSettings {
  brokers: readonly string[];
  /** The service and its instance, as the broker's own logs name it. */
  clientId: string;
  clock: BusinessClock;
  log: Logger;
  metrics?: Metrics;
  failpoints?: Failpoints;
  /** Before the name of every topic and group: several installations may share a cluster. */
  prefix?: string;
  /** Copies of each topic; the broker's own default when absent. With three, a write is answered once two hold it. */
  replicas?: number;
  tls?: ConnectionOptions | boolean;
  login?: { username: string; password: string };
  pace?: Partial<KafkaPace>;
  /** How a connection is opened, when not as usual; tests cut it. */
  connect?: (to: { host: string; port: number; onConnect: () => void }) => Socket;
}
