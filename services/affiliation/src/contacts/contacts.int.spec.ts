import { eventually } from '@isu/testing';
import { AffiliationAlone, askers, insured, karim, nadia, type Claims } from '../affiliation.spec-kit.js';

let affiliation: AffiliationAlone;
let account: string;
beforeAll(async () => {
  affiliation = await AffiliationAlone.start();
  account = await affiliation.registered(karim);
});
afterAll(() => affiliation?.close());

const address = '3 rue de Paris, 93100 Montreuil';
const read = (as: Claims = askers.rsi12) => affiliation.ask('GET', `/insured-persons/${account}/contact`, { as });
const correct = (body: object, { as = insured(account) as Claims, ifMatch = '' } = {}) =>
  affiliation.ask('PUT', `/insured-persons/${account}/contact`, { as, body, headers: ifMatch === '' ? {} : { 'if-match': ifMatch } });

describe('F12 — how a person is reached', () => {
  it('shows what was given at the registration as the first version', async () => {
    const { status, json, headers } = await read();
    expect([status, json['version'], json['email'], json['changedBy'], headers.get('etag')]).toEqual([200, 1, karim.email, null, '"1"']);
  });

  it('the person corrects the address: a new version, said to the others without it, with who and when', async () => {
    const { status, json, headers } = await correct({ address }, { ifMatch: '"1"' });
    expect([status, json, headers.get('etag')]).toEqual([
      200,
      {
        account,
        version: 2,
        email: karim.email,
        phone: '01 23 45 67 89',
        address,
        changedBy: 'isu',
        changedAt: expect.stringMatching(/^2016-05-/) as unknown,
      },
      '"2"',
    ]);
    await eventually(async () => (await affiliation.sentOf(account)).at(-1)?.type === 'affiliation.contact-changed.v1');
    expect((await affiliation.sentOf(account)).at(-1)?.data).toEqual({ version: 2 });
    const identity = await affiliation.ask('GET', `/insured-persons/${account}/identity`, { as: askers.rsi12 });
    expect(identity.json['address']).toBe(address);
  });

  it('an agent of Urssaf corrects the e-mail: both organisations hold it, and it is the one that is recognised', async () => {
    const { json } = await correct({ email: nadia.email, reason: 'Appel du 20 mai' }, { as: askers.urssaf12 });
    expect([json['version'], json['changedBy']]).toEqual([3, 'urssaf']);
    expect((await read(askers.urssaf12)).json['email']).toBe(nadia.email);
    const recognised = await affiliation.ask('POST', '/insured-persons/recognitions', {
      as: askers.service,
      body: { nir: karim.nir, email: nadia.email },
    });
    expect(recognised.json).toEqual({ account, emailIsHeld: true });
    const history = await affiliation.ask('GET', `/insured-persons/${account}/changes?subject=contact`, { as: askers.rsi12 });
    expect(history.json['changes']).toEqual([
      expect.objectContaining({ organisation: 'isu', role: 'insured', detail: { version: 2 } }),
      expect.objectContaining({ organisation: 'urssaf', role: 'agent', detail: { version: 3 }, reason: 'Appel du 20 mai' }),
    ]);
  });

  it('the same again is no new version; null takes away', async () => {
    expect((await correct({ address })).json['version']).toBe(3);
    expect((await correct({ phone: null })).json).toMatchObject({ version: 4, phone: null, address });
  });

  it.each(['"1"', '"5"', 'W/"4"', '*'])('named by the stale or strange version %s, changes nothing: 412', async (ifMatch) => {
    const before = await affiliation.counts();
    const { status, json } = await correct({ address: 'ailleurs' }, { ifMatch });
    expect([status, json['code']]).toEqual([412, 'precondition-failed']);
    expect(await affiliation.counts()).toEqual(before);
  });

  it('two corrections of the same version at once: one is told that it is late', async () => {
    const both = ['1 rue A', '2 rue B'].map((text) => correct({ address: text }, { ifMatch: '"4"' }));
    expect((await Promise.all(both)).map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it.each<[string, Claims, number]>([
    ['an agent of another caisse', askers.rsi26, 404],
    ['a mediator', askers.mediator12, 403],
    ['an auditor', askers.auditor, 403],
    ['a service', askers.service, 403],
  ])('I9 cannot be corrected by %s', async (_, as, status) => expect((await correct({ address: 'x' }, { as })).status).toBe(status));

  it.each<[string, object]>([
    ['email', { email: 'karim@' }],
    ['phone', { phone: '=cmd|calc' }],
    ['address', { address: 'a\nb' }],
    ['(nom de champ inconnu)', { '1': 2 }],
  ])('I8 refuses a wrong %s', async (field, body) => {
    const { status, json } = await correct(body);
    expect([status, json['errors']]).toEqual([400, [expect.objectContaining({ field })]]);
  });

  it('R14 no version of it is anywhere in clear', async () => {
    const stored = await affiliation.everythingStored();
    for (const secret of [address, karim.email, nadia.email, '1 rue A']) expect(stored).not.toContain(secret);
  });
});
