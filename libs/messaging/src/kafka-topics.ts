import { RefusedByBus, type TopicSpec, type WireFact } from './bus.js';
import { nameOf } from './kafka-lanes.js';

/** As topics are made: a fact above this is refused for good. */
export const maxFactBytes = 1024 * 1024;
/** What is sent at once, so that no partition's share is over the broker's limit. */
const maxPortionBytes = 900 * 1024;
const retentionMs = 35 * 86_400_000;

/** The topic's settings that our promises rest on; the rest is the broker's. */
export const topicConfig = (replicas: number | undefined): { name: string; value: string }[] =>
  Object.entries({
    'retention.ms': retentionMs,
    'max.message.bytes': maxFactBytes + 4 * 1024,
    // A stranger's compression that our client cannot undo would stop every lane: the broker undoes it as it arrives.
    'compression.type': 'uncompressed',
    'unclean.leader.election.enable': false,
    ...(replicas && replicas > 1 ? { 'min.insync.replicas': replicas - 1 } : {}),
  }).map(([name, value]) => ({ name, value: String(value) }));

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
