/** What tests do to a broker behind the back of the system. */
export declare class BrokerHands {
  constructor(brokers: readonly string[]);
  seesBrokers(count: number, withinMs?: number): Promise<void>;
  /** Deletes the topics and groups whose names begin so, offsets included. */
  forget(prefix: string): Promise<void>;
  /** Deletes the topics whose names begin so, in full use. */
  loseTopics(prefix: string): Promise<void>;
  /** Waits until the group is empty, then sets its offsets to the beginning. */
  rewind(groupId: string): Promise<void>;
  leaderOf(topic: string, partition: number): Promise<{ leader: number; inSync: number[] }>;
  /** Writes what is none of ours to a topic; answers how many messages arrive. */
  writeAsStranger(topic: string): Promise<number>;
  describeGroup(groupId: string): Promise<{ state: string; members: number }>;
}

export interface BrokerNode {
  readonly id: number;
  readonly address: string;
  readonly pid: number | null;
  readonly lastLines: string;
  readonly guardedPort: number | null;
  /** The file of the certificate by which it is known, and an account that it knows; null where it has no guarded door. */
  readonly guarded: { readonly caFile: string; readonly login: { readonly username: string; readonly password: string } } | null;
  start(): Promise<void>;
  stop(): Promise<void>;
  kill(): Promise<void>;
  /** It holds its connections and answers nobody, until `thaw`. */
  freeze(): void;
  thaw(): void;
  /** Killed, emptied, formatted anew; `start` brings it back on the same port. */
  wipe(): Promise<void>;
}

export interface TestCluster {
  readonly brokers: string[];
  readonly nodes: BrokerNode[];
  readonly version: string;
  readonly hands: BrokerHands;
  stop(): Promise<void>;
}

/**
 * `forMeasures`: as a broker that is to carry much, not as one that is to be there soon. `guarded`: each node has a second door that
 * speaks TLS and asks for a SCRAM-SHA-512 account.
 */
export declare function startCluster(settings?: {
  nodes?: number;
  version?: string;
  forMeasures?: boolean;
  guarded?: boolean;
}): Promise<TestCluster>;

export interface ProducerFigures {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** What Kafka's own producer reaches on this broker: its ProducerPerformance, acknowledged by all; as fast as it can without `perSecond`. */
export declare function producerPerformance(load: {
  brokers: readonly string[];
  topic: string;
  records: number;
  bytes: number;
  perSecond?: number;
}): Promise<ProducerFigures>;

export interface ReachedBroker {
  readonly brokers: string[];
  readonly from: 'environment' | 'docker' | 'maven';
  stop(): Promise<void>;
}

export declare function reachBroker(settings?: { version?: string }): Promise<ReachedBroker>;
export declare function whyNoBroker(): Promise<string | null>;
/** Plants a mistake in every Kafka consumer made from now on; the answer takes it out again. */
export declare function plantInClient(bug: 'begins at the end' | 'settles by itself'): () => void;
export declare const pinnedVersion: string;
export declare const previousVersion: string;
