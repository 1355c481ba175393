import { describe, expect, it } from '@jest/globals';
import { tryOnce, type Attempts, type Patience } from './attempt.js';

const patience: Patience = { free: 3, firstS: 5, longestS: 60 };
const at = (seconds: number) => new Date(Date.UTC(2026, 10, 22, 10) + seconds * 1_000);
const known = (count: number): Attempts => ({ count, lastAt: at(0) });

describe('R15 — tries of something that can be guessed', () => {
  it('lets the first three pass', () => {
    expect(tryOnce(null, at(0), patience)).toEqual({ attempts: known(1) });
    expect(tryOnce(known(1), at(0), patience)).toEqual({ attempts: known(2) });
    expect(tryOnce(known(2), at(0), patience)).toEqual({ attempts: known(3) });
  });

  it.each([
    [3, 5],
    [4, 10],
    [5, 20],
    [6, 40],
    [7, 60],
    [20, 60],
  ])('after %d tries asks to wait %d s, no more than a minute', (count, waitS) => {
    expect(tryOnce(known(count), at(0), patience)).toEqual({ waitS });
    expect(tryOnce(known(count), at(waitS - 1), patience)).toEqual({ waitS: 1 });
    expect(tryOnce(known(count), at(waitS), patience)).toEqual({ attempts: { count: count + 1, lastAt: at(waitS) } });
  });

  it('forgets after an hour of rest', () => {
    expect(tryOnce(known(20), at(3_600), patience)).toEqual({ attempts: { count: 1, lastAt: at(3_600) } });
  });
});
