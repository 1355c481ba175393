import { nameOf } from './kafka-lanes.js';

/** Where one lane stands, as the broker tells it. */
export interface LaneOffsets {
  /** The first place that is still kept. */
  readonly first: string;
  /** The place that the next fact will have. */
  readonly end: string;
  /** Where the group goes on; null when it has committed nothing there. */
  readonly committed: string | null;
}

/** Facts of a lane that its consumer has not settled. What the broker has dropped for its age waits for nobody. */
export function lagOf({ first, end, committed }: LaneOffsets): number {
  const from = committed === null || BigInt(committed) < BigInt(first) ? BigInt(first) : BigInt(committed);
  return BigInt(end) > from ? Number(BigInt(end) - from) : 0;
}

interface PartitionEnds {
  readonly partition: number;
  readonly low: string;
  readonly high: string;
}

interface PartitionOffset {
  readonly partition: number;
  readonly offset: string;
}

/** Joins what the broker says of its topics with what it says of a group; a group that has committed nothing is at −1. */
export function standingOf(
  ends: readonly { topic: string; partitions: readonly PartitionEnds[] }[],
  committed: readonly { topic: string; partitions: readonly PartitionOffset[] }[],
  ownName: (topic: string) => string,
): Map<string, LaneOffsets> {
  const offsets = new Map(
    committed.flatMap(({ topic, partitions }) =>
      partitions.map(({ partition, offset }) => [nameOf({ topic, partition }), offset] as const),
    ),
  );
  return new Map(
    ends.flatMap(({ topic, partitions }) =>
      partitions.map(({ partition, low, high }) => {
        const offset = offsets.get(nameOf({ topic, partition })) ?? '-1';
        const lane = { first: low, end: high, committed: offset.startsWith('-') ? null : offset };
        return [nameOf({ topic: ownName(topic), partition }), lane] as const;
      }),
    ),
  );
}
