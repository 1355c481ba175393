import { AccountNumber } from '@isu/values';
import { AffiliationAlone, askers, insured, jean, karim, sophie, type Claims } from '../affiliation.spec-kit.js';

let affiliation: AffiliationAlone;
let account: string;
beforeAll(async () => {
  affiliation = await AffiliationAlone.start();
  account = await affiliation.registered(karim);
});
afterAll(() => affiliation?.close());

const address = (of = account): string => `/insured-persons/${of}/bank-details`;
const change = (iban: unknown, { as = askers.rsi12 as Claims, ifMatch = '', of = account } = {}) =>
  affiliation.ask('PUT', address(of), { as, body: { iban }, headers: ifMatch === '' ? {} : { 'if-match': ifMatch } });
const read = (of = account) => affiliation.ask('GET', address(of), { as: askers.rsi12 });
const versionsSaid = async () =>
  (await affiliation.factsOf(account)).filter(({ type }) => type.includes('bank')).map(({ data }) => (data as { version: number }).version);

describe('F15 — bank details', () => {
  it('are shown masked, whoever asks, with the version that a change must name', async () => {
    const { status, json, headers, text } = await read();
    expect([status, json['account'], json['version'], headers.get('etag')]).toEqual([200, account, 1, '"1"']);
    expect(text).not.toContain(karim.iban.slice(4, 20));
    expect(json['iban']).toMatch(new RegExp(`^${karim.iban.slice(0, 4)}\\D+${karim.iban.slice(-3)}$`));
  });

  it('a new IBAN is a new version: kept beside the old one, said to the others without the IBAN, and in force', async () => {
    const { status, json, headers, text } = await change(sophie.iban, { ifMatch: '"1"' });
    expect([status, json['version'], headers.get('etag')]).toEqual([200, 2, '"2"']);
    expect(text).not.toContain(sophie.iban.slice(4, 20));
    expect(await versionsSaid()).toEqual([1, 2]);
    const said = (await affiliation.factsOf(account)).at(-1);
    expect([said?.effectiveon, said?.data]).toEqual(['2016-05-20', { version: 2 }]);
    const identity = await affiliation.ask('GET', `/insured-persons/${account}/identity`, { as: askers.rsi12 });
    expect(identity.json['iban']).toBe(sophie.iban);
    const kept = await affiliation.database.query('SELECT version, recorded_by FROM affiliation.bank_details WHERE account = $1', [
      account,
    ]);
    expect(kept).toEqual([
      { version: 1, recorded_by: 'rsi:national' },
      { version: 2, recorded_by: 'rsi:12' },
    ]);
  });

  it('the same IBAN again is no new version and no new fact', async () => {
    expect((await change(sophie.iban)).json['version']).toBe(2);
    expect(await versionsSaid()).toEqual([1, 2]);
  });

  it.each(['"1"', '"3"', '"0"', 'W/"2"', '*', '2', '"2", "3"'])(
    'named by the stale or strange version %s, change nothing: 412',
    async (ifMatch) => {
      const before = await affiliation.counts();
      const { status, json } = await change(jean.iban, { ifMatch });
      expect([status, json['code']]).toEqual([412, 'precondition-failed']);
      expect(await affiliation.counts()).toEqual(before);
    },
  );

  it('two changes of the same version at once: one is told that it is late', async () => {
    const answers = await Promise.all([change(karim.iban, { ifMatch: '"2"' }), change(jean.iban, { ifMatch: '"2"' })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect(await versionsSaid()).toEqual([1, 2, 3]);
  });

  it('twenty changes at once without a version: numbered in turn, none lost', async () => {
    const ibans = [karim.iban, sophie.iban, jean.iban];
    const answers = await Promise.all(Array.from({ length: 20 }, (_, rank) => change(ibans[rank % 3])));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    const versions = await versionsSaid();
    expect(versions).toEqual(versions.map((_, index) => index + 1));
    expect((await read()).json['version']).toBe(versions.length);
  });

  it('the person changes their own, and a person without any gets their first', async () => {
    const other = await affiliation.registered(sophie, { iban: undefined });
    expect((await affiliation.ask('GET', address(other), { as: insured(other) })).status).toBe(404);
    const first = await change(sophie.iban, { as: insured(other), of: other, ifMatch: '"0"' });
    expect([first.status, first.json['version']]).toEqual([200, 1]);
  });

  it.each<[string, Claims, number]>([
    ['an agent of another caisse', askers.rsi26, 404],
    ['an agent of Urssaf', askers.urssaf12, 403],
    ['the joint cell', askers.cell12, 403],
    ['an auditor', askers.auditor, 403],
    ['a service', askers.service, 403],
    ['another insured person', insured(AccountNumber.make('26', 1).toString()), 404],
  ])('I9 cannot be changed by %s', async (_, as, status) => {
    const before = await affiliation.counts();
    expect((await change(karim.iban, { as })).status).toBe(status);
    expect(await affiliation.counts()).toEqual(before);
  });

  it.each([
    ['a wrong key', 'FR0020041010050500013M02606'],
    ['no text', 12],
    ['nothing', undefined],
  ])('I8 refuse %s', async (_, iban) => {
    const before = await affiliation.counts();
    const { status, json } = await change(iban);
    expect([status, json['errors']]).toEqual([400, [expect.objectContaining({ field: 'iban' })]]);
    expect(await affiliation.counts()).toEqual(before);
  });

  it('R14 no version of them is anywhere in clear', async () => {
    const stored = await affiliation.everythingStored();
    for (const { iban } of [karim, sophie, jean]) {
      expect(stored).not.toContain(iban);
      expect(affiliation.logged.join('\n')).not.toContain(iban);
      expect(affiliation.answers.filter((text) => !text.includes('"familyName"')).join('\n')).not.toContain(iban);
    }
  });
});
