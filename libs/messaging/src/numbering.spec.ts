import { describe, expect, it } from '@jest/globals';
import { canonicalJson, digestOf, type FactDraft } from '@isu/contracts';
import { numberFacts, type StreamHead } from './numbering.js';

const [first, second] = ['1300000000184', '1300000000281'];
const opened = (stream: string, data: object = { openedOn: '2016-05-20' }): FactDraft =>
  ({ stream, type: 'collection.account-opened.v1', effectiveOn: '2016-05-20', data }) as FactDraft;

let ids = 0;
const numbering = (heads: Map<string, StreamHead>, positions = ['7', '8', '9']) => ({
  author: 'collection' as const,
  heads,
  positions,
  recordedAt: '2016-05-20T09:00:00.000Z',
  correlation: '01900000-0000-7000-8000-000000000001',
  newId: () => `01900000-0000-7000-8000-${String(++ids).padStart(12, '0')}`,
});

describe('Numbers and links of new facts (I1)', () => {
  it('goes on where each stream stands, in the order of the drafts, each fact naming the one before it', () => {
    const heads = new Map([[first, { seq: 4, digest: 'a'.repeat(64) }]]);
    const [one, two, three] = numberFacts([opened(first), opened(second), opened(first)], numbering(heads));
    expect([one, two, three].map((written) => [written?.fact.subject, written?.fact.seq, written?.fact.position])).toEqual([
      [first, 5, '7'],
      [second, 1, '8'],
      [first, 6, '9'],
    ]);
    expect([one?.fact.previous, two?.fact.previous, three?.fact.previous]).toEqual(['a'.repeat(64), null, one?.digest]);
    expect(heads.get(first)).toEqual({ seq: 6, digest: three?.digest });
    expect([one?.text, one?.digest]).toEqual([canonicalJson(one?.fact), digestOf(one?.fact)]);
  });

  it('says the same of a payload whatever the order of its fields, and of one that only its text is of', () => {
    const income = { amount: '20000', declaredOn: '2016-05-20', kind: 'declared', source: 'portal', year: 2015 };
    const turned = Object.fromEntries(Object.entries(income).reverse());
    const written = [income, turned, { ...income, amount: { toJSON: () => '20000' } }].map((data) => {
      const [one] = numberFacts([{ ...opened(first, data), type: 'collection.income-recorded.v1' } as FactDraft], {
        ...numbering(new Map()),
        newId: () => '01900000-0000-7000-8000-000000000009',
      });
      return [one?.text, one?.digest, one?.fact.data];
    });
    expect(written[0]?.[0]).toContain(
      '"data":{"amount":"20000","declaredOn":"2016-05-20","kind":"declared","source":"portal","year":2015},"datacontenttype"',
    );
    expect(written).toEqual([written[0], written[0], written[0]]);
  });

  it('refuses what readers would not read: another author, a wrong payload, a field too many, more than 256 KiB', () => {
    const write = (draft: FactDraft) => () => numberFacts([draft], numbering(new Map()));
    expect(write({ ...opened(first), type: 'affiliation.ended.v1' } as never)).toThrow(
      'collection is not the author of affiliation.ended.v1',
    );
    expect(write(opened(first, { openedOn: '2016-02-30' }))).toThrow('openedOn');
    expect(write(opened(first, { openedOn: '2016-05-20', name: 'x' }))).toThrow('payload of collection.account-opened.v1: name');
    expect(write({ ...opened(first, { text: 'x'.repeat(262_144) }), type: 'collection.something-newer.v1' } as never)).toThrow(
      'over the limit of 262144',
    );
    expect(write({ ...opened(first), stream: 'not a stream' })).toThrow('subject');
  });
});
