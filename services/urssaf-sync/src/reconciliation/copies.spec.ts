import { differingBuckets, missingOf, verdictOn, type Copies, type Copy } from './copies.js';

const copy = (vector: Copy['vector'], fingerprint: string, fold = '1'): Copy => ({ fold, vector, fingerprint });
const of = (collection: Copy | null, benefits: Copy | null, sync: Copy | null): Copies => ({ collection, benefits, 'urssaf-sync': sync });
const whole = { affiliation: 1, collection: 4 };

describe('I4 — the copies of an account', () => {
  it.each<[string, Copies, string]>([
    ['one fingerprint everywhere: equal', of(copy(whole, 'a'), copy(whole, 'a'), copy(whole, 'a')), 'equal'],
    ['equal vectors, another fingerprint: diverged', of(copy(whole, 'a'), copy(whole, 'b'), copy(whole, 'a')), 'diverged'],
    [
      'two agree against the third that is only behind: in flight',
      of(copy(whole, 'a'), copy({ affiliation: 1 }, 'b'), copy(whole, 'a')),
      'in-flight',
    ],
    ['two diverge while the third is behind: diverged', of(copy(whole, 'a'), copy({ affiliation: 1 }, 'c'), copy(whole, 'b')), 'diverged'],
    ['a service that never heard of it: in flight', of(copy(whole, 'a'), null, copy(whole, 'a')), 'in-flight'],
    ['another version of the fold is no divergence', of(copy(whole, 'a'), copy(whole, 'b', '2'), copy(whole, 'a')), 'in-flight'],
  ])('%s', (_, copies, verdict) => expect(verdictOn(copies)).toBe(verdict));

  it('says which facts a service lacks', () => {
    const copies = of(copy({ affiliation: 1, collection: 9 }, 'a'), copy({ affiliation: 1, collection: 4 }, 'b'), null);
    expect(missingOf(copies)).toEqual([
      { service: 'benefits', author: 'collection', from: 5, to: 9 },
      { service: 'urssaf-sync', author: 'affiliation', from: 1, to: 1 },
      { service: 'urssaf-sync', author: 'collection', from: 1, to: 9 },
    ]);
  });

  it('asks further only in the buckets whose digests are not the same everywhere', () => {
    const same = { bucket: '0a1', digest: 'x' };
    expect(
      differingBuckets([
        [same, { bucket: '0a2', digest: 'y' }],
        [same, { bucket: '0a2', digest: 'z' }, { bucket: 'fff', digest: 'w' }],
        [same, { bucket: '0a2', digest: 'y' }],
      ]),
    ).toEqual(['0a2', 'fff']);
  });
});
