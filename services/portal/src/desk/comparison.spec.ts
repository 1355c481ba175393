import { describe, expect, it } from '@jest/globals';
import type { AccountView } from '@isu/account';
import type { Vector } from '@isu/contracts';
import type { Part, Service } from '../face/parts.js';
import { compare } from './comparison.js';

const shows = (from: Service, vector: Vector, fingerprint = 'f1'): Part<AccountView> => ({
  state: 'ok',
  from,
  data: { vector, fingerprint } as unknown as AccountView,
});
const silent: Part<AccountView> = { state: 'missing', from: 'benefits', says: 'ne répond pas' };
const both = { affiliation: 1, collection: 4 };

describe('N1 — the same account, or the facts that one of them lacks', () => {
  it('equal vectors and fingerprints are the same account', () => {
    const views = { collection: shows('collection', both), benefits: shows('benefits', both), 'urssaf-sync': shows('urssaf-sync', both) };
    expect(compare(views)).toEqual({ verdict: 'same', ahead: both, lacks: [] });
  });

  it('one that is behind is named, with the numbers that it lacks of each author', () => {
    const behind = shows('benefits', { affiliation: 1, collection: 2 }, 'f0');
    const views = { collection: shows('collection', both), benefits: behind, 'urssaf-sync': shows('urssaf-sync', { collection: 4 }, 'f2') };
    expect(compare(views)).toEqual({
      verdict: 'behind',
      ahead: both,
      lacks: [
        { who: 'benefits', author: 'collection', from: 3, to: 4 },
        { who: 'urssaf-sync', author: 'affiliation', from: 1, to: 1 },
      ],
    });
  });

  it('equal vectors with two fingerprints are a fault that must be seen', () => {
    const views = { collection: shows('collection', both), benefits: shows('benefits', both, 'f2'), 'urssaf-sync': silent };
    expect(compare(views).verdict).toBe('broken');
  });

  it('two that agree say nothing of the one that did not answer', () => {
    const views = { collection: shows('collection', both), benefits: silent, 'urssaf-sync': shows('urssaf-sync', both) };
    expect(compare(views)).toEqual({ verdict: 'unknown', ahead: both, lacks: [] });
  });

  it('one alone proves nothing', () => {
    expect(compare({ collection: shows('collection', both), benefits: silent, 'urssaf-sync': silent }).verdict).toBe('unknown');
  });
});
