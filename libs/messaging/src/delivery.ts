import {
  authorOf,
  authors,
  canonicalJson,
  isStream,
  parseFact,
  sha256,
  topicOf,
  UnreadableFact,
  type Author,
  type Fact,
} from '@isu/contracts';
import type { DeliveredFact } from './bus.js';
import { traceHeader } from './trace-context.js';

/** Where a fact stands: whose it is, in which stream, with which number. */
export interface Place {
  readonly author: Author;
  readonly stream: string;
  readonly seq: number;
}

/** What came, by whatever road: the bus, an author asked for it, or the set-aside rows. `origin` names the road and the place on it. */
export interface Arrival {
  readonly origin: string;
  readonly topic: string;
  readonly key: string | null;
  readonly bytes: Uint8Array;
  /** The span that sent it, if it came by the bus and somebody records spans. */
  readonly traceparent?: string | undefined;
}

export interface ReadableArrival extends Arrival, Place {
  readonly fact: Fact;
  /** Exact wire text. */
  readonly text: string;
  readonly digest: string;
}

export interface UnreadableArrival extends Arrival {
  readonly fact: null;
  readonly reason: string;
  /** Its place, if the envelope at least says that much: what follows in the stream then waits for it. */
  readonly place: Place | null;
}

export type ReadArrival = ReadableArrival | UnreadableArrival;

export const arrivalOf = ({ topic, partition, offset, key, bytes, headers }: DeliveredFact): Arrival => ({
  origin: `${topic}/${partition}/${offset}`,
  topic,
  key,
  bytes,
  traceparent: headers?.[traceHeader],
});

/** The wire text of a fact that its author was asked for. */
export const answerOf = (author: Author, stream: string, wire: { text: string; number: number }): Arrival => ({
  origin: `asked/${author}/${stream}/${wire.number}`,
  topic: topicOf(author),
  key: stream,
  bytes: Buffer.from(wire.text),
});

/** What was read of these very bytes: where services share a process they are handed the same, and reading is a tenth of what a payment costs there. */
const readBefore = new WeakMap<Uint8Array, ReadableArrival>();

/** Reads a fact and checks that it came under its own name: its author's topic, its stream's key, its canonical form. Never throws. */
export function read(arrival: Arrival): ReadArrival {
  const before = readBefore.get(arrival.bytes);
  if (before?.topic === arrival.topic && before.key === arrival.key) return { ...before, ...arrival };
  const now = readAnew(arrival);
  if (now.fact) readBefore.set(arrival.bytes, now);
  return now;
}

function readAnew(arrival: Arrival): ReadArrival {
  try {
    const fact = parseFact(arrival.bytes);
    const author = authorOf(fact);
    if (topicOf(author) !== arrival.topic) throw new UnreadableFact(`the topic of another author than ${author}`);
    if (arrival.key !== fact.subject) throw new UnreadableFact('key differs from the stream');
    const text = canonicalJson(fact);
    if (text !== Buffer.from(arrival.bytes.buffer, arrival.bytes.byteOffset, arrival.bytes.length).toString())
      throw new UnreadableFact('not in canonical form');
    return { ...arrival, author, stream: fact.subject, seq: fact.seq, fact, text, digest: sha256(arrival.bytes) };
  } catch (fault) {
    const reason = fault instanceof UnreadableFact ? fault.reason : 'a fault of the reader';
    return { ...arrival, fact: null, reason, place: placeIn(arrival) };
  }
}

function placeIn({ bytes, topic, key }: Arrival): Place | null {
  try {
    const { source, subject, seq } = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
    const author = authors.find((name) => source === `/isu/${name}` && topic === topicOf(name));
    const isPlaced =
      typeof subject === 'string' && subject === key && isStream(subject) && Number.isSafeInteger(seq) && (seq as number) >= 1;
    return author && isPlaced ? { author, stream: subject, seq: seq as number } : null;
  } catch {
    return null;
  }
}

/** One key per author and stream, for maps. */
export const streamKey = ({ author, stream }: { author: string; stream: string }): string => `${author} ${stream}`;

export const placeOf = (arrival: ReadArrival): Place | null => (arrival.fact ? arrival : arrival.place);
