import type { Headers } from './bus.js';
import { askToEnterAgain } from './kafka-faults.js';
import type { FetchedLane } from './kafka-lanes.js';

/** A name may come several times, with any bytes: whoever writes to a topic of ours may have been anybody. */
type KafkaHeaders = Readonly<Record<string, Buffer | string | (Buffer | string)[] | undefined>>;

/** What the client hands over with a batch, as far as it is used. */
interface FetchedBatch {
  readonly batch: {
    readonly topic: string;
    readonly partition: number;
    readonly messages: readonly { offset: string; key: Buffer | null; value: Buffer | null; headers?: KafkaHeaders }[];
  };
  isRunning(): boolean;
  isStale(): boolean;
  commitOffsetsIfNecessary(offsets: { topics: { topic: string; partitions: { partition: number; offset: string }[] }[] }): Promise<void>;
  resolveOffset(offset: string): void;
  heartbeat(): Promise<void>;
  pause(): () => void;
}

/** A batch of one partition, under our own name of the topic. */
export function fetchedLane({ batch, ...hands }: FetchedBatch, topic: string): FetchedLane {
  const { partition } = batch;
  return {
    topic,
    partition,
    facts: batch.messages.map(({ offset, key, value, headers }) => ({
      topic,
      partition,
      offset,
      key: key === null ? null : key.toString(),
      bytes: value ?? new Uint8Array(),
      headers: headers && textsOf(headers),
    })),
    isCurrent: () => hands.isRunning() && !hands.isStale(),
    // Committed first: when that fails the same facts come again, and their offset with them.
    settle: async ({ offset }) => {
      const next = { partition, offset: String(BigInt(offset) + 1n) };
      await hands.commitOffsetsIfNecessary({ topics: [{ topic: batch.topic, partitions: [next] }] }).catch(askToEnterAgain);
      hands.resolveOffset(offset);
    },
    beat: () => hands.heartbeat().catch(askToEnterAgain),
    pause: () => hands.pause(),
  };
}

/** The first word under each name. */
function textsOf(headers: KafkaHeaders): Headers {
  const entries = Object.entries(headers).flatMap(([name, values]): [string, string][] => {
    const [first] = Array.isArray(values) ? values : [values];
    return first === undefined ? [] : [[name.toLowerCase(), first.toString()]];
  });
  return Object.fromEntries(entries);
}
