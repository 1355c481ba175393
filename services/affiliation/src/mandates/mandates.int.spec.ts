import { personas } from '@isu/testing';
import { AffiliationAlone, askers, insured, jean, karim, sophie, type Claims } from '../affiliation.spec-kit.js';

let affiliation: AffiliationAlone;
let account: string;
beforeAll(async () => {
  affiliation = await AffiliationAlone.start();
  account = await affiliation.registered(karim);
});
afterAll(() => affiliation?.close());

const text = (of = account, as: Claims = insured(of)) => affiliation.ask('GET', `/insured-persons/${of}/mandate-text`, { as });
const sign = (digest: unknown, { of = account, as = insured(of) as Claims, accepted = true as unknown } = {}) =>
  affiliation.say(of, 'mandates', { digest, accepted }, as);
const rum = () => `ISU-${account}-1`;
const details = (accounts: readonly string[], as: Claims = askers.service) =>
  affiliation.ask('POST', '/debit-details', { as, body: { accounts } });

describe('F15 F32 — the mandate of direct debit', () => {
  it('is shown before it is signed, with the IBAN masked and what the person may claim back', async () => {
    const { status, json, text: body } = await text();
    expect([status, json['rum'], json['ics'], json['bankDetailsVersion']]).toEqual([200, rum(), 'FR75ZZZ990000', 1]);
    expect(body).not.toContain(karim.iban.slice(4, 20));
    expect(json['text']).toMatch(/huit semaines.*treize mois/s);
  });

  it('is signed as a dated act: the text by its digest, who, through whom, when; the others hear of its reference alone', async () => {
    const shown = (await text()).json;
    const { status, json } = await sign(shown['digest']);
    expect([status, json]).toEqual([
      201,
      { rum: rum(), ics: 'FR75ZZZ990000', signedOn: '2016-05-20', bankDetailsVersion: 1, revokedOn: null },
    ]);
    expect((await affiliation.factsOf(account)).at(-1)).toMatchObject({
      type: 'affiliation.mandate-signed.v1',
      data: { rum: rum(), signedOn: '2016-05-20' },
    });
    const [kept] = await affiliation.database.query('SELECT text_digest, evidence FROM affiliation.mandate WHERE account = $1', [account]);
    expect(kept).toMatchObject({
      text_digest: shown['digest'],
      evidence: { sub: `insured:${account}`, role: 'insured', organisation: 'isu' },
    });
  });

  it('a second one is not signed beside it; a new IBAN goes on under the same', async () => {
    const again = await text();
    expect([again.status, again.json['code']]).toEqual([409, 'mandate-in-force']);
    await affiliation.ask('PUT', `/insured-persons/${account}/bank-details`, { as: insured(account), body: { iban: sophie.iban } });
    const { json } = await details([account]);
    expect(json).toEqual([
      { account, version: 2, name: 'Karim Haddad', iban: sophie.iban, rum: rum(), ics: 'FR75ZZZ990000', signedOn: '2016-05-20' },
    ]);
  });

  it('revoked, it serves no more, and another may be signed with the next number', async () => {
    const revoke = () =>
      affiliation.say(account, 'mandate-revocations', { rum: rum(), reason: 'Je préfère payer par virement' }, insured(account));
    expect((await revoke()).json['revokedOn']).toBe('2016-05-20');
    expect((await revoke()).json['code']).toBe('unknown-mandate');
    expect((await affiliation.factsOf(account)).at(-1)?.data).toEqual({ rum: rum(), on: '2016-05-20' });
    expect((await details([account])).json).toEqual([expect.objectContaining({ rum: null })]);
    const next = (await text()).json;
    expect((await sign(next['digest'])).json).toMatchObject({ rum: `ISU-${account}-2`, bankDetailsVersion: 2 });
    const list = await affiliation.ask('GET', `/insured-persons/${account}/mandates`, { as: askers.urssaf12 });
    expect((list.json as unknown as { revokedOn: string | null }[]).map(({ revokedOn }) => revokedOn)).toEqual(['2016-05-20', null]);
  });

  it('a bank that knows no such mandate (MD01) is believed: it is revoked, under its own reference alone', async () => {
    const other = await affiliation.registered(personas.claire);
    const list = async () => (await affiliation.ask('GET', `/insured-persons/${other}/mandates`, { as: askers.rsiNational })).json as unknown as { revokedOn: string | null }[]; // prettier-ignore
    expect((await sign((await text(other)).json['digest'], { of: other })).status).toBe(201);
    await affiliation.returned(other, { rum: `ISU-${other}-9`, outcome: 'mandate-revoked', reason: 'MD01' });
    await affiliation.returned(other, { rum: `ISU-${other}-1`, outcome: 'carried', reason: 'AM04' });
    expect((await list()).map(({ revokedOn }) => revokedOn)).toEqual([null]);
    await affiliation.returned(other, { rum: `ISU-${other}-1`, outcome: 'mandate-revoked', reason: 'MD01' });
    expect((await list()).map(({ revokedOn }) => revokedOn)).toEqual(['2016-05-20']);
    expect((await affiliation.factsOf(other)).at(-1)).toMatchObject({
      type: 'affiliation.mandate-revoked.v1',
      data: { rum: `ISU-${other}-1`, on: '2016-05-20' },
    });
  });

  it('R2 twenty signatures at once are one mandate', async () => {
    const other = await affiliation.registered(jean);
    const digest = (await text(other)).json['digest'];
    const answers = await Promise.all(Array.from({ length: 20 }, () => sign(digest, { of: other })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
    expect((await affiliation.factsOf(other)).filter(({ type }) => type.includes('mandate'))).toHaveLength(1);
  });

  it('I8 nothing is signed without an IBAN, unread, or not accepted', async () => {
    const other = await affiliation.registered(sophie, { iban: undefined });
    expect((await text(other)).json['code']).toBe('no-bank-details');
    expect((await sign('0'.repeat(64), { of: other })).json['code']).toBe('no-bank-details');
    await affiliation.ask('PUT', `/insured-persons/${other}/bank-details`, { as: insured(other), body: { iban: sophie.iban } });
    expect((await sign('0'.repeat(64), { of: other })).json['code']).toBe('mandate-text-changed');
    const { digest } = (await text(other)).json;
    for (const accepted of [false, 'true', 1]) expect((await sign(digest, { of: other, accepted })).status).toBe(400);
  });

  it.each<[string, Claims, number]>([
    ['an agent of another caisse', askers.rsi26, 404],
    ['an agent of Urssaf', askers.urssaf12, 403],
    ['a service', askers.service, 403],
  ])('I9 is not signed by %s', async (_, as, status) => expect((await sign('0'.repeat(64), { as })).status).toBe(status));

  it('I9 IBANs in clear are for a service at its own work, a thousand accounts at a time', async () => {
    for (const as of [askers.rsiNational, askers.urssaf12, askers.auditor, askers.operator])
      expect((await details([account], as)).status).toBe(403);
    expect((await details([])).status).toBe(400);
    expect((await details([account, account])).status).toBe(400);
  });

  it('R14 no IBAN stands in the mandate or in its history', async () => {
    const stored = await affiliation.everythingStored();
    for (const { iban } of [karim, jean, sophie]) expect(stored).not.toContain(iban);
  });
});
