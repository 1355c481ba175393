import type { Vector } from '@isu/contracts';

/** The services whose words a page is composed of. */
export type Service = 'affiliation' | 'collection' | 'benefits' | 'urssaf-sync';

/**
 * A piece of a page, from one service. The others are shown when one is away (F3).
 * - `ok`: what the service answered, as it answered it;
 * - `missing`: it did not answer, or knows nothing of it yet; `says` is for people, in French;
 * - `closed`: it is there and the one who asks has no business with it (health data at Urssaf, for instance).
 */
export type Part<T> =
  | { readonly state: 'ok'; readonly from: Service; readonly data: T }
  | { readonly state: 'missing'; readonly from: Service; readonly says: string }
  | { readonly state: 'closed'; readonly from: Service; readonly says: string };

/** The proof that goes with every figure of an account (N1): equal vectors have equal fingerprints, in every service. */
export interface ViewProof {
  readonly vector: Vector;
  readonly fingerprint: string;
}

/** Figures read out of the consolidated account, with its proof. */
export interface Proven<T> {
  readonly view: ViewProof;
  readonly figures: T;
}

/** Every page: the business day it is about, and its parts. */
export interface Page<Parts> {
  /** ISO day. */
  readonly today: string;
  readonly parts: Parts;
}
