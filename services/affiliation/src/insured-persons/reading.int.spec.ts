import { DataSource } from 'typeorm';
import { setScope } from '@isu/chassis';
import { AccountNumber } from '@isu/values';
import { AffiliationAlone, askers, insured, karim, nadia, type Claims } from '../affiliation.spec-kit.js';

let affiliation: AffiliationAlone;
let karims: string;
let nadias: string;
beforeAll(async () => {
  affiliation = await AffiliationAlone.start();
  karims = await affiliation.registered(karim);
  nadias = await affiliation.registered(nadia);
});
afterAll(() => affiliation?.close());

/** The only part of a refusal that differs from one request to the next. */
const withoutInstance = (text: string): string => text.replace(/"instance":"[^"]*"/, '');
const unknownAccount = AccountNumber.make('12', 99_999).toString();

describe('I9 — the card and the identity, by role', () => {
  const clear = { nir: karim.nir, iban: karim.iban };
  const masked = { nir: `${karim.nir[0]} 75 09 ●● ●●● ●●● ●●`, iban: expect.stringMatching(/^FR\d\d\D+\d{3}$/) as unknown };

  // The row `insured-persons.read-identity` of policy.matrix.md, by hand: `*` masks the two numbers.
  it.each<[string, () => Claims, typeof clear | typeof masked]>([
    ['to the person, masked', () => insured(karims), masked],
    ['to an agent of the caisse, in clear', () => askers.rsi12, clear],
    ['to a national agent of the RSI, in clear', () => askers.rsiNational, clear],
    ['to an agent of Urssaf, masked', () => askers.urssaf12, masked],
    ['to a national agent of Urssaf, masked', () => askers.urssafNational, masked],
    ['to the joint cell, in clear', () => askers.cell12, clear],
    ['to a mediator, masked', () => askers.mediator12, masked],
    ['to an auditor, masked', () => askers.auditor, masked],
    ['to a service that must print them, in clear', () => askers.service, clear],
  ])('F12 shows NIR and IBAN %s', async (_, as, numbers) => {
    const { status, json, text } = await affiliation.ask('GET', `/insured-persons/${karims}/identity`, { as: as() });
    expect([status, json]).toEqual([
      200,
      {
        account: karims,
        familyName: 'Haddad',
        givenNames: 'Karim',
        birthDate: '1975-09-02',
        email: karim.email,
        phone: '01 23 45 67 89',
        address: '48 avenue Jean-Jaurès, 93300 Aubervilliers',
        ...numbers,
      },
    ]);
    if (numbers === masked) for (const number of [karim.nir.slice(5, 13), karim.iban.slice(4, 20)]) expect(text).not.toContain(number);
  });

  it.each([
    ['a prevention officer', askers.prevention12],
    ['an operator', askers.operator],
    ['a partner’s system', { sub: 'partner:urssaf', org: 'partner', role: 'partner-system' }],
    ['a third party', { sub: 'third-party:1', org: 'isu', role: 'third-party' }],
  ])('F12 shows neither card nor identity to %s', async (_, as) => {
    for (const path of ['', '/identity', '/bank-details']) {
      expect((await affiliation.ask('GET', `/insured-persons/${karims}${path}`, { as })).status).toBe(403);
    }
  });

  it.each(['', '/identity', '/bank-details'])('out of reach is absent, to the byte: GET …%s', async (path) => {
    for (const as of [askers.rsi26, askers.urssaf12, askers.cell12, askers.mediator12, insured(karims)]) {
      const outOfReach = as === askers.rsi26 ? karims : nadias;
      const [hidden, unknown] = await Promise.all([
        affiliation.ask('GET', `/insured-persons/${outOfReach}${path}`, { as }),
        affiliation.ask('GET', `/insured-persons/${unknownAccount}${path}`, { as }),
      ]);
      expect([hidden.status, unknown.status]).toEqual([404, 404]);
      expect(withoutInstance(hidden.text)).toBe(withoutInstance(unknown.text));
    }
    const absent = await affiliation.ask('GET', `/insured-persons/${unknownAccount}${path}`, { as: askers.rsiNational });
    expect([absent.status, absent.json['code']]).toEqual([404, 'not-found']);
  });

  it('F13 the person reads their own card; no entry tells of it, one tells of each agent', async () => {
    const before = (await affiliation.journal()).length;
    const own = await affiliation.ask('GET', `/insured-persons/${nadias}`, { as: insured(nadias) });
    expect([own.status, own.json['fundName']]).toEqual([200, 'Rhône']);
    await affiliation.ask('GET', `/insured-persons/${nadias}`, { as: askers.rsi26 });
    await affiliation.ask('GET', `/insured-persons/${nadias}/identity`, { as: askers.auditor });
    expect((await affiliation.journal()).slice(before)).toMatchObject([
      { sub: 'rsi:26', operation: 'insured-persons.read', account: nadias, outcome: 'shown' },
      { sub: 'isu:auditor', operation: 'insured-persons.read-identity', account: nadias, outcome: 'masked' },
    ]);
  });

  it('R14 no log line holds what was shown', () => {
    const logged = affiliation.logged.join('\n');
    for (const secret of [karim.nir, karim.iban, karim.lastName, karim.email, 'Jean-Jaurès']) expect(logged).not.toContain(secret);
  });
});

describe('I9 — the second wall, in PostgreSQL', () => {
  const people = 'SELECT account FROM insured_person ORDER BY account';
  const db = (): DataSource => affiliation.service.context.db;

  it('a query that forgets its scope sees nobody and changes nobody', async () => {
    expect(await db().query(people)).toEqual([]);
    expect(await db().query('SELECT * FROM bank_details')).toEqual([]);
    const [, changed] = (await db().query(`UPDATE insured_person SET department = '75'`)) as [unknown, number];
    expect(changed).toBe(0);
  });

  it('a scope is one transaction’s: the next on the same connection sees nobody again', async () => {
    await db().transaction(async (tx) => {
      await setScope(tx, { kind: 'everything' });
      expect(await tx.query(people)).toHaveLength(2);
    });
    const looks = await Promise.all(Array.from({ length: 20 }, () => db().query(people) as Promise<unknown[]>));
    expect(looks.flat()).toEqual([]);
  });

  it.each([
    ['a caisse sees its people', { kind: 'funds', funds: ['12'], on: '2016-05-20' } as const, () => [karims]],
    ['a person sees themselves', { kind: 'account', account: '' } as const, () => [nadias]],
    ['a partner sees nobody', { kind: 'partner', partner: 'urssaf' } as const, () => []],
  ])('%s', async (_, reach, accounts) => {
    const seen = await db().transaction(async (tx) => {
      await setScope(tx, reach.kind === 'account' ? { kind: 'account', account: nadias } : reach);
      return (await tx.query(people)) as { account: string }[];
    });
    expect(seen.map(({ account }) => account)).toEqual(accounts());
  });

  it('nobody is written outside the scope', async () => {
    const stray = db().transaction(async (tx) => {
      await setScope(tx, { kind: 'funds', funds: ['12'], on: '2016-05-20' });
      await tx.query(`INSERT INTO bank_details (account, version, iban_sealed, recorded_at, recorded_by) VALUES ($1, 9, 'x', now(), 'x')`, [
        nadias,
      ]);
    });
    await expect(stray).rejects.toThrow(/row-level security/);
  });
});
