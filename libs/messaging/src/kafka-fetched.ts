import { askToEnterAgain } from './kafka-faults.js';
import type { FetchedLane } from './kafka-lanes.js';

/** What the client hands over with a batch, as far as it is used. */
interface FetchedBatch {
  readonly batch: {
    readonly topic: string;
    readonly partition: number;
    readonly messages: readonly { offset: string; key: Buffer | null; value: Buffer | null }[];
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
    facts: batch.messages.map(({ offset, key, value }) => ({
      topic,
      partition,
      offset,
      key: key === null ? null : key.toString(),
      bytes: value ?? new Uint8Array(),
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
