import { setScope, serviceScope } from '@isu/chassis';
import { AccountNumber } from '@isu/values';
import { inventedBirths } from './searches.spec-kit.js';
import { AffiliationAlone, askers, insured, jean, karim, nadia, sophie, type Claims } from '../affiliation.spec-kit.js';
import { makeSearchKeys } from './search-keys-worker.js';

let affiliation: AffiliationAlone;
let karims: string;
let nadias: string;
beforeAll(async () => {
  affiliation = await AffiliationAlone.start();
  karims = await affiliation.registered(karim);
  nadias = await affiliation.registered(nadia);
});
afterAll(() => affiliation?.close());

const search = (as: Claims | undefined, body: unknown) => affiliation.ask('POST', '/insured-persons/search', { as, body });
const byNir = (as: Claims | undefined, nir: string) => search(as, { by: 'nir', nir });
const accountsOf = ({ json }: Awaited<ReturnType<typeof search>>) => (json['found'] as { account: string }[]).map(({ account }) => account);
const ofKarim = { displayName: 'Karim Haddad', birthYear: 1975, fund: '12', fundName: 'Île-de-France Centre', group: 'commercant' };

describe('I9 — finding a person', () => {
  it.each<[string, () => Record<string, string>]>([
    ['by NIR', () => ({ by: 'nir', nir: karim.nir })],
    ['by SIRET', () => ({ by: 'siret', siret: karim.siret })],
    ['by account number', () => ({ by: 'account', account: karims })],
    ['by family name', () => ({ by: 'name', familyName: 'HADDAD' })],
    ['by family name and given name', () => ({ by: 'name', familyName: 'haddad', givenNames: 'KARIM' })],
  ])('%s: enough to tell who is meant, and nothing that identifies further', async (_, body) => {
    const answer = await search(askers.rsi12, body());
    expect([answer.status, answer.json]).toEqual([200, { found: [{ account: karims, ...ofKarim }], more: false }]);
    for (const secret of [karim.nir, karim.iban, karim.email, karim.bornOn]) expect(answer.text).not.toContain(secret);
  });

  it.each([
    ['an agent of the caisse', askers.rsi12],
    ['a national agent', askers.rsiNational],
    ['an agent of Urssaf for the same region', askers.urssaf12],
    ['the joint cell', askers.cell12],
    ['a service', askers.service],
  ])('is open to %s', async (_, as) => expect(accountsOf(await byNir(as, karim.nir))).toEqual([karims]));

  it.each<[string, () => Record<string, string>, Record<string, string>]>([
    ['by NIR', () => ({ by: 'nir', nir: karim.nir }), { by: 'nir', nir: sophie.nir }],
    ['by SIRET', () => ({ by: 'siret', siret: karim.siret }), { by: 'siret', siret: sophie.siret }],
    [
      'by account number',
      () => ({ by: 'account', account: karims }),
      { by: 'account', account: AccountNumber.make('12', 99_999).toString() },
    ],
    ['by name', () => ({ by: 'name', familyName: 'Haddad' }), { by: 'name', familyName: 'Personne' }],
  ])('%s, an agent of another region finds nobody, with the same bytes as for what nobody has', async (_, hidden, unknown) => {
    const [elsewhere, nobody] = [await search(askers.rsi26, hidden()), await search(askers.rsi26, unknown)];
    expect([elsewhere.status, elsewhere.text]).toEqual([200, '{"found":[],"more":false}']);
    expect(nobody.text).toBe(elsewhere.text);
  });

  it('finds a given name only with its family name, and only the right one', async () => {
    expect(accountsOf(await search(askers.rsi12, { by: 'name', familyName: 'Haddad', givenNames: 'Ali' }))).toEqual([]);
    const { status, json } = await search(askers.rsi12, { by: 'name', givenNames: 'Karim' });
    expect([status, json['errors']]).toEqual([400, [expect.objectContaining({ field: 'familyName' })]]);
  });

  it('enters the journal, found or not, with the purpose and never with what was typed', async () => {
    const before = (await affiliation.journal()).length;
    await byNir(askers.rsi12, karim.nir);
    await search(askers.rsi26, { by: 'name', familyName: 'Haddad' });
    const entry = { operation: 'insured-persons.search', purpose: 'Réclamation du 12 mai' };
    expect((await affiliation.journal()).slice(before)).toEqual([
      { ...entry, sub: 'rsi:12', account: karims, outcome: 'shown' },
      { ...entry, sub: 'rsi:26', account: null, outcome: 'nobody-found' },
    ]);
  });

  it('wants a purpose of an agent, and shows nothing without', async () => {
    const { purpose: _, ...silent } = askers.rsi12;
    const answer = await byNir(silent, karim.nir);
    expect([answer.status, answer.json['code']]).toEqual([400, 'purpose-required']);
    expect(answer.text).not.toContain(karims);
  });

  it.each([
    ['the person', () => insured(karims), 403],
    ['a mediator', () => askers.mediator12, 403],
    ['an auditor', () => askers.auditor, 403],
    ['an operator', () => askers.operator, 403],
    ['nobody known', () => undefined, 401],
  ])('is closed to %s', async (_, as, status) => {
    expect((await byNir(as(), karim.nir)).status).toBe(status);
  });

  it.each<[string, string, () => Record<string, unknown>]>([
    ['a NIR with a wrong key', 'nir', () => ({ by: 'nir', nir: `${karim.nir.slice(0, 13)}99` })],
    ['a SIRET of 13 digits', 'siret', () => ({ by: 'siret', siret: karim.siret.slice(1) })],
    ['an account with a wrong key', 'account', () => ({ by: 'account', account: `${karims.slice(0, 11)}00` })],
    ['a way that does not exist', 'by', () => ({ by: 'iban', iban: karim.iban })],
    ['no way', 'by', () => ({ nir: karim.nir })],
    ['a way without its value', 'nir', () => ({ by: 'nir' })],
    ['two ways at once', 'nir', () => ({ by: 'name', familyName: 'Haddad', nir: karim.nir })],
    ['a name with a line feed', 'familyName', () => ({ by: 'name', familyName: 'Had\r\ndad' })],
    ['an empty name', 'familyName', () => ({ by: 'name', familyName: ' ' })],
    ['a list for a name', 'familyName', () => ({ by: 'name', familyName: ['Haddad'] })],
  ])('I8 refuses %s, by the field, without repeating it', async (_, field, body) => {
    const { status, json, text } = await search(askers.rsi12, body());
    expect([status, json['code']]).toEqual([400, 'invalid-request']);
    expect((json['errors'] as { field: string }[]).map((error) => error.field)).toContain(field);
    for (const secret of [karim.nir.slice(0, 13), karim.siret.slice(1), karim.iban]) expect(text).not.toContain(secret);
  });

  it('shows twenty namesakes at most, by account number, and says that there are more', async () => {
    for (const nir of inventedBirths(21)) await affiliation.registered(jean, { nir, familyName: 'Le Bihan', givenNames: 'Yann' });
    const answer = await search(askers.rsiNational, { by: 'name', familyName: 'Le-Bihan' });
    const found = accountsOf(answer);
    expect([found.length, answer.json['more']]).toEqual([20, true]);
    expect(found).toEqual([...found].sort());
  });

  it('stops who tries numbers one after the other, and says when to come back', async () => {
    const curious = { ...askers.rsi12, sub: 'rsi:curious' };
    const answers = await Promise.all(Array.from({ length: 70 }, () => byNir(curious, jean.nir)));
    const stopped = answers.filter(({ status }) => status === 429);
    expect(stopped.length).toBeGreaterThan(0);
    expect(Number(stopped[0]?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect((await byNir(askers.rsi12, karim.nir)).status).toBe(200);
  });
});

describe('F1 — recognising who opens an account', () => {
  const recognise = (nir: string, email: string, as: Claims = askers.service) =>
    affiliation.ask('POST', '/insured-persons/recognitions', { as, body: { nir, email } });

  it('names the account, and says whether this is the e-mail that affiliation holds', async () => {
    const [held, other] = [await recognise(karim.nir, karim.email), await recognise(karim.nir, nadia.email)];
    expect([held.status, held.json]).toEqual([200, { account: karims, emailIsHeld: true }]);
    expect([other.status, other.json]).toEqual([200, { account: karims, emailIsHeld: false }]);
  });

  it('takes the e-mail in capitals, as a phone writes it', async () => {
    expect((await recognise(nadia.nir, nadia.email.toUpperCase())).json).toEqual({ account: nadias, emailIsHeld: true });
  });

  it('holds no e-mail of a person who gave none', async () => {
    const account = await affiliation.registered(sophie, { email: undefined });
    expect((await recognise(sophie.nir, sophie.email)).json).toEqual({ account, emailIsHeld: false });
  });

  it('does not know a NIR that nobody has, and says so with the words of every absence', async () => {
    const [unknown] = inventedBirths(1, 500);
    const { status, json, text } = await recognise(unknown ?? '', karim.email);
    expect([status, json['code']]).toEqual([404, 'not-found']);
    expect(text).not.toContain(karim.email);
  });

  it.each<[string, Claims, number]>([
    ['an agent of the caisse', askers.rsi12, 403],
    ['a national agent', askers.rsiNational, 403],
    ['an operator', askers.operator, 403],
    ['the person', insured('1200000000176'), 403],
    ['a service that carries an agent’s request', { ...askers.service, sub: 'rsi:12', origin: { org: 'rsi', role: 'agent', funds: ['12'] } }, 403],
  ])('is closed to %s', async (_, as, status) => expect((await recognise(karim.nir, karim.email, as)).status).toBe(status)); // prettier-ignore

  it.each([
    ['nir', { nir: '1', email: karim.email }],
    ['email', { nir: karim.nir, email: 'karim@' }],
    ['email', { nir: karim.nir, email: `${'k'.repeat(250)}@courriel.example` }],
    ['email', { nir: karim.nir }],
  ])('I8 refuses a wrong %s', async (field, body) => {
    const { status, json } = await affiliation.ask('POST', '/insured-persons/recognitions', { as: askers.service, body });
    expect([status, json['errors']]).toEqual([400, [expect.objectContaining({ field })]]);
  });
});

describe('people registered before there were search keys', () => {
  it('are found once their keys have been worked out of what is sealed, whatever was asked before', async () => {
    const { context } = affiliation.service;
    await context.db.transaction(async (tx) => {
      await setScope(tx, serviceScope);
      await tx.query('UPDATE insured_person SET family_name_index = NULL, full_name_index = NULL, email_index = NULL');
    });
    const keysMade = await makeSearchKeys(context);
    expect(keysMade).toBeGreaterThan(20);
    expect(await makeSearchKeys(context)).toBe(0);
    expect(accountsOf(await search(askers.rsi12, { by: 'name', familyName: 'Haddad', givenNames: 'Karim' }))).toEqual([karims]);
  });

  it('an erased person is not found by anything, and holds up nobody’s keys', async () => {
    const { context } = affiliation.service;
    const account = await affiliation.registered(jean, { nir: inventedBirths(1, 600)[0], familyName: 'Oublié', siret: jean.siret });
    await context.db.transaction(async (tx) => {
      await setScope(tx, serviceScope);
      const [row] = (await tx.query('SELECT person_id FROM insured_person WHERE account = $1', [account])) as { person_id: string }[];
      await context.protection.erase(tx, row?.person_id ?? '');
      await tx.query('UPDATE insured_person SET family_name_index = NULL WHERE account = $1', [account]);
    });
    expect(await makeSearchKeys(context)).toBe(0);
    const found = await search(askers.rsiNational, { by: 'account', account });
    expect(found.json).toEqual({ found: [], more: false });
    const recognised = await affiliation.ask('POST', '/insured-persons/recognitions', {
      as: askers.service,
      body: { nir: inventedBirths(1, 600)[0], email: jean.email },
    });
    expect(recognised.status).toBe(404);
  });
});

describe('R14 — what is searched for stays sealed', () => {
  it('no table and no log line holds a name or an e-mail, whatever was looked for', async () => {
    const stored = await affiliation.everythingStored();
    const logged = affiliation.logged.join('\n');
    for (const secret of [karim.lastName, 'HADDAD', 'LEBIHAN', 'Le Bihan', karim.email, karim.nir]) {
      expect(stored).not.toContain(secret);
      expect(logged).not.toContain(secret);
    }
  });
});
