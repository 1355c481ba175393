import { AffiliationAlone } from '../affiliation.spec-kit.js';
import type { Fund } from './fund.js';

let affiliation: AffiliationAlone;
beforeAll(async () => {
  affiliation = await AffiliationAlone.start();
});
afterAll(() => affiliation?.close());

describe('F9 — the caisses, for everybody', () => {
  it('lists the 29 with what one needs to reach them, without a token', async () => {
    const { status, json } = await affiliation.ask('GET', '/funds');
    const listed = json as unknown as Fund[];
    expect([status, listed.length]).toEqual([200, 29]);
    for (const { name, seat, phone, openingHours } of listed)
      for (const text of [name, seat, phone, openingHours]) expect(text).toMatch(/\S/);
  });

  it('shows one of them', async () => {
    const { status, json } = await affiliation.ask('GET', '/funds/26');
    expect([status, json['name'], json['seat'], json['departments']]).toEqual([200, 'Rhône', 'Lyon', ['01', '42', '69']]);
  });

  it.each(['00', '30', '1', 'lyon', '26%20', '..%2F26'])('I8 knows no caisse %s', async (code) => {
    const { status, json, text } = await affiliation.ask('GET', `/funds/${code}`);
    expect([status, json['code']]).toEqual([404, 'unknown-fund']);
    expect(text).not.toContain('lyon');
  });

  it('cannot be written', async () => {
    expect((await affiliation.ask('POST', '/funds', { body: {} })).status).toBe(405);
  });
});
