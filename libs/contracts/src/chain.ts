import { canonicalJson, sha256 } from './digest.js';

/** The last link of a chained journal. Whoever keeps one can tell later whether the journal up to there is still the same. */
export interface ChainHead {
  /** How many entries are chained. */
  readonly position: number;
  readonly hash: string;
}

/** An entry in its place: its hash rests on the one before, so that no entry can be changed, taken out or slipped in unseen. */
export interface ChainLink<Entry = unknown> extends ChainHead {
  readonly entry: Entry;
}

/** What a chain starts from. */
export const genesis: ChainHead = { position: 0, hash: '0'.repeat(64) };

/** SHA-256 of the hash before and the canonical JSON (RFC 8785) of the entry, one after the other. */
export const linkHash = (previous: string, entry: unknown): string => sha256(previous + canonicalJson(entry));

export interface ChainFault {
  /** The first place where the chain breaks. */
  readonly position: number;
  readonly code: 'entry-missing' | 'entry-altered' | 'other-chain' | 'cut-short';
}

/**
 * Walks a chain from genesis, link by link, and finds the first that breaks it. Taking away the end leaves a shorter chain that
 * holds: that is what `known` is for, the heads that somebody else has kept, each of which must stand in the chain.
 */
export class ChainWalk {
  head: ChainHead = genesis;

  constructor(private readonly known: readonly ChainHead[] = []) {}

  take({ position, hash, entry }: ChainLink): ChainFault | null {
    const expected = this.head.position + 1;
    if (position !== expected) return { position: expected, code: 'entry-missing' };
    if (linkHash(this.head.hash, entry) !== hash) return { position, code: 'entry-altered' };
    if (this.known.some((given) => given.position === position && given.hash !== hash)) return { position, code: 'other-chain' };
    this.head = { position, hash };
    return null;
  }

  end(): ChainFault | null {
    const missing = this.known.find(({ position }) => position > this.head.position);
    return missing ? { position: missing.position, code: 'cut-short' } : null;
  }
}
