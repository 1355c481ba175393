import { describe, expect, it } from '@jest/globals';
import { canonicalToken, isUsable, newCode, newToken, type OneTimeLink } from './one-time-link.js';

const madeAt = Date.UTC(2026, 10, 22, 10);
const link: OneTimeLink = {
  kind: 'link',
  account: '1300001234517',
  personId: '00000000-0000-4000-8000-000000000000',
  sealedEmail: Buffer.of(1),
  endsAt: new Date(madeAt + 1_800_000),
  usedAt: null,
};

describe('F2 — the link and the code that serve once', () => {
  it('serves for 30 minutes, and not at the thirtieth', () => {
    expect(isUsable(link, new Date(madeAt + 1_799_999))).toBe(true);
    expect(isUsable(link, new Date(madeAt + 1_800_000))).toBe(false);
  });

  it('serves no second time', () => {
    expect(isUsable({ ...link, usedAt: new Date(madeAt + 1) }, new Date(madeAt + 2))).toBe(false);
  });

  it('is drawn at random: 256 bits in a link, 60 in a code that can be read out', () => {
    expect(newToken()).toMatch(/^[\w-]{43}$/);
    expect(newCode()).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(new Set(Array.from({ length: 1_000 }, newCode)).size).toBe(1_000);
  });

  it.each(['7K2M-9QXA-01ZT', '7k2m9qxa01zt', ' 7K2M 9QXA OIZT', '7K2M-9QXA-OLZT'])('reads the code however it is typed: %s', (typed) => {
    expect(canonicalToken(typed)).toBe('7K2M9QXA01ZT');
  });

  it('leaves the token of a link as it is', () => {
    const token = newToken();
    expect(canonicalToken(token)).toBe(token);
  });
});
