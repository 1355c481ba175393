import type { FactData, FactType } from './catalogue.js';

/** The services that write facts; each is the only author of its own (I1). */
export const authors = ['affiliation', 'collection', 'benefits', 'urssaf-sync'] as const;
export type Author = (typeof authors)[number];

/** The topic that carries one author's facts, keyed by stream. */
export const topicOf = (author: Author): string => `isu.${author}`;

/** Last fact seen per author in one stream: what a view or a decision rests on (I4, I5). */
export type Vector = Partial<Record<Author, number>>;

/**
 * A fact: something that happened, said once by its only author and never edited. A CloudEvents 1.0 envelope whose wire
 * form is its canonical JSON (RFC 8785) in UTF-8. Extension attributes are lower-case, as CloudEvents requires.
 */
export interface Fact<T extends FactType = FactType> {
  readonly specversion: '1.0';
  /** UUID version 7. */
  readonly id: string;
  readonly source: `/isu/${Author}`;
  /** Author, past fact and version: `collection.payment-posted.v1`. */
  readonly type: T;
  /** The stream: an account number, or `flow/<partner>/<flow>` for what concerns no account. */
  readonly subject: string;
  /** When we learned it: business day with the wall time of day, ISO 8601 UTC with milliseconds. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  /** The author's own number in this stream: 1, 2, 3 … without holes. */
  readonly seq: number;
  /** Digest of the same author's previous fact in this stream; null on the first. */
  readonly previous: string | null;
  /** Grows over all facts of the author. Decimal digits, for CloudEvents integers stop at 2³¹. */
  readonly position: string;
  /** The day it took effect, ISO 8601. */
  readonly effectiveon: string;
  /** One trace from the first cause to the last effect: a UUID. */
  readonly correlation: string;
  /** The fact that led to this one, if a fact did. */
  readonly cause: string | null;
  readonly data: FactData<T>;
}

export const authorOf = (fact: { readonly source: string }): Author => fact.source.slice('/isu/'.length) as Author;

/** The stream of a partner flow: `flow/urssaf/payments`. */
export const flowStream = (partner: string, flow: string): string => `flow/${partner}/${flow}`;
export const isFlowStream = (stream: string): boolean => stream.startsWith('flow/');
