import { describe, expect, it } from '@jest/globals';
import type { ReadableArrival, ReadArrival } from './delivery.js';
import { judge, type Cursor } from './verdicts.js';

/** The fact number `seq` of account A; its digest is `d<seq>`, and it names the digest before it. */
const fact = (
  seq: number,
  { digest = `d${seq}`, previous = seq > 1 ? `d${seq - 1}` : null }: { digest?: string; previous?: string | null } = {},
): ReadableArrival => ({ origin: `o${seq}${digest}`, author: 'collection', stream: 'A', seq, digest, fact: { previous } }) as never;
const unreadable = (seq: number | null): ReadArrival =>
  ({ origin: 'u', fact: null, reason: 'seq', place: seq === null ? null : { author: 'collection', stream: 'A', seq } }) as never;

const at = (lastSeq: number, { waitingFrom = null, lastDigest = lastSeq > 0 ? `d${lastSeq}` : null }: Partial<Cursor> = {}) =>
  new Map<string, Cursor>([['collection A', { lastSeq, lastDigest, waitingFrom }]]);

const told = (arrivals: readonly ReadArrival[], standing: Map<string, Cursor>) => {
  const { next, known, aside, cursors, unblocked } = judge(arrivals, standing);
  return {
    next: next.map(({ seq }) => seq),
    known: known.map(({ seq }) => seq),
    aside: aside.map(({ state }) => state),
    stands: cursors.get('collection A')?.lastSeq,
    unblocked,
  };
};
const nothing = { next: [], known: [], aside: [], stands: undefined, unblocked: false };

describe('What becomes of a fact, given where its stream stands (R7)', () => {
  it('takes 1, 2, 3 in order from the beginning', () => {
    expect(told([fact(1), fact(2), fact(3)], new Map())).toEqual({ ...nothing, next: [1, 2, 3], stands: 3 });
  });

  it('asks the store about a number behind the cursor: a duplicate, unless its digest says otherwise', () => {
    expect(told([fact(2), fact(4)], at(3))).toEqual({ ...nothing, known: [2], next: [4], stands: 4 });
  });

  it('drops a repetition within the run, and sees a fork there', () => {
    expect(told([fact(1), fact(1), fact(1, { digest: 'other' })], new Map())).toEqual({
      ...nothing,
      next: [1],
      aside: ['fork'],
      stands: 1,
    });
  });

  it('sets aside what comes after a hole: first a gap, then what is behind it', () => {
    expect(told([fact(5), fact(6)], at(3))).toEqual({ ...nothing, aside: ['gap', 'behind'] });
    expect(told([fact(7)], at(3, { waitingFrom: 5 }))).toEqual({ ...nothing, aside: ['behind'] });
    expect(told([fact(4), fact(6)], at(3, { waitingFrom: 5 }))).toEqual({
      ...nothing,
      next: [4],
      aside: ['behind'],
      stands: 4,
      unblocked: true,
    });
  });

  it('leaves to the retry worker what is set aside already', () => {
    expect(told([fact(4), fact(5)], at(3, { waitingFrom: 4 }))).toEqual({ ...nothing, aside: ['behind', 'behind'] });
  });

  it('holds a stream behind a fact of it that could not be read; bytes without a place hold nobody', () => {
    expect(told([unreadable(4), fact(5)], at(3))).toEqual({ ...nothing, aside: ['unreadable', 'behind'] });
    expect(told([unreadable(null), fact(4)], at(3))).toEqual({ ...nothing, next: [4], aside: ['unreadable'], stands: 4 });
  });

  it('takes a fact that names another past than ours for a fork, and still takes the right one (I1)', () => {
    expect(told([fact(4, { digest: 'x', previous: 'y' }), fact(4)], at(3))).toEqual({ ...nothing, aside: ['fork'], next: [4], stands: 4 });
  });

  it('cannot compare after a number was given up', () => {
    expect(told([fact(4, { previous: 'lost' })], at(3, { lastDigest: null }))).toEqual({ ...nothing, next: [4], stands: 4 });
  });
});
