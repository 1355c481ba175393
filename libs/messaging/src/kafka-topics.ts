import { RefusedByBus, type TopicSpec, type WireFact } from './bus.js';
import { nameOf } from './kafka-lanes.js';
import { pause } from './wakeup.js';

/** As topics are made: a fact above this is refused for good. */
export const maxFactBytes = 1024 * 1024;
/** What is sent at once, so that no partition's share is over the broker's limit. */
const maxPortionBytes = 900 * 1024;
const retentionMs = 35 * 86_400_000;
const readyWithinMs = 30_000;

/** The topic's settings that our promises rest on; the rest is the broker's. */
const topicConfig = (replicas: number | undefined): { name: string; value: string }[] =>
  Object.entries({
    'retention.ms': retentionMs,
    'max.message.bytes': maxFactBytes + 4 * 1024,
    // A writer's clock that jumps would be refused (over an hour ahead) or deleted as too old (behind): the broker's own counts.
    'message.timestamp.type': 'LogAppendTime',
    // A stranger's compression that our client cannot undo would stop every lane: the broker undoes it as it arrives.
    'compression.type': 'uncompressed',
    'unclean.leader.election.enable': false,
    ...(replicas && replicas > 1 ? { 'min.insync.replicas': replicas - 1 } : {}),
  }).map(([name, value]) => ({ name, value: String(value) }));

/** What the broker is asked to make; its own number of copies when none is given. */
export const topicRequests = (specs: readonly TopicSpec[], { prefix, replicas }: { prefix: string; replicas?: number }) =>
  specs.map(({ topic, partitions }) => ({
    topic: prefix + topic,
    numPartitions: partitions,
    replicationFactor: replicas ?? -1,
    configEntries: topicConfig(replicas),
  }));

interface FoundTopic {
  readonly partitions: readonly { readonly leader: number }[];
}

/** True when every partition can be written to; rises when the topic has another number of them, because order rests on it. */
export function leadersFor(found: FoundTopic | undefined, { topic, partitions }: TopicSpec): boolean {
  if (!found || found.partitions.length === 0) return false;
  if (found.partitions.length !== partitions)
    throw new Error(
      `The topic ${topic} has ${found.partitions.length} partitions and was promised ${partitions}: order per stream rests on it.`,
    );
  return found.partitions.every(({ leader }) => leader >= 0);
}

/** The client's own wait for leaders refreshes what it knows by fits and starts: here the broker is asked until all are there. */
export async function untilReady(spec: TopicSpec, describe: () => Promise<FoundTopic | undefined>): Promise<void> {
  const limit = performance.now() + readyWithinMs;
  while (!leadersFor(await describe().catch(() => undefined), spec)) {
    if (performance.now() > limit) throw new Error(`The topic ${spec.topic} has not been ready within ${readyWithinMs / 1_000} s.`);
    await pause(25);
  }
}

/** The batch in its order, in pieces that a broker takes. */
export function inPortions(batch: readonly WireFact[]): WireFact[][] {
  const portions: WireFact[][] = [];
  let bytes = Infinity;
  for (const fact of batch) {
    if (fact.bytes.length > maxFactBytes) throw new RefusedByBus(`A fact of ${fact.bytes.length} bytes is over the limit of the bus.`);
    bytes += fact.bytes.length;
    if (bytes > maxPortionBytes) {
      portions.push([]);
      bytes = fact.bytes.length;
    }
    portions.at(-1)?.push(fact);
  }
  return portions;
}

interface Place {
  readonly topic: string;
  readonly partition: number;
}

/** A partition that something was sent to and that no broker has confirmed. */
export function unanswered(
  sent: readonly Place[],
  answers: readonly { topicName: string; partition: number; errorCode: number }[],
): Place | undefined {
  const confirmed = new Set(
    answers.filter(({ errorCode }) => errorCode === 0).map(({ topicName: topic, partition }) => nameOf({ topic, partition })),
  );
  return sent.find((place) => !confirmed.has(nameOf(place)));
}
