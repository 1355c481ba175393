import { AffiliationAlone, askers, insured, karim } from '../affiliation.spec-kit.js';

let affiliation: AffiliationAlone;
let account: string;
beforeAll(async () => {
  affiliation = await AffiliationAlone.start();
  account = await affiliation.registered(karim);
});
afterAll(() => affiliation?.close());

const second = '73282932000074';
const say = (what: string, body: object) => affiliation.say(account, what, { reason: 'Déclaration P2', ...body }, askers.rsi12);
const list = async (query = '') =>
  (await affiliation.ask('GET', `/insured-persons/${account}/establishments${query}`, { as: insured(account) })).json;
const found = async (siret: string) =>
  (await affiliation.ask('POST', '/insured-persons/search', { as: askers.rsi12, body: { by: 'siret', siret } })).json['found'];

describe('F13 F14 — businesses and establishments', () => {
  it('shows the one that the person was registered with, as the main one, with the words of the NAF', async () => {
    expect(await list()).toEqual({
      account,
      businesses: [{ siren: karim.siret.slice(0, 9), legalForm: null, legalFormLabel: null }],
      establishments: [
        { siret: karim.siret, naf: '47.11B', nafLabel: 'Commerce d\'alimentation générale', openedOn: '2009-04-01', closedOn: null, main: true }, // prettier-ignore
      ],
    });
  });

  it('another one opens, is found by its SIRET, and the other services hear that the list has changed, not of what', async () => {
    const { status, json } = await say('establishments', { siret: second, naf: '10.71C', openedOn: '2016-05-01', legalForm: 'eurl' });
    expect([status, json['businesses']]).toEqual([
      201,
      expect.arrayContaining([{ siren: '732829320', legalForm: 'eurl', legalFormLabel: 'SARL unipersonnelle (EURL)' }]),
    ]);
    expect(await found(second)).toEqual([expect.objectContaining({ account })]);
    const said = (await affiliation.factsOf(account)).at(-1);
    expect([said?.type, said?.data]).toEqual(['affiliation.establishments-changed.v1', { version: 4 }]);
    expect(JSON.stringify(said)).not.toContain('732829320');
  });

  it('becomes the main one, which the card shows; the old one closes and is still found', async () => {
    await say('main-establishment', { siret: second, from: '2016-05-20' });
    const closed = await say('establishment-closings', { siret: karim.siret, on: '2016-05-19' });
    expect(closed.status).toBe(201);
    const card = await affiliation.ask('GET', `/insured-persons/${account}`, { as: askers.rsi12 });
    expect([card.json['siret'], card.json['naf']]).toEqual([second, '10.71C']);
    expect(await found(karim.siret)).toEqual([expect.objectContaining({ account })]);
    expect((await list())['establishments']).toEqual([
      expect.objectContaining({ siret: karim.siret, closedOn: '2016-05-19', main: false }),
      expect.objectContaining({ siret: second, closedOn: null, main: true }),
    ]);
  });

  it.each<[string, `${number} ${string}`, string, object]>([
    ['a NAF code that does not exist', '422 unknown-naf', 'establishments', { siret: '35600000009075', openedOn: '2016-05-01', naf: '99.99Z' }], // prettier-ignore
    ['one that is open', '409 establishment-open', 'establishments', { siret: second, openedOn: '2016-05-01' }],
    ['a SIRET with a wrong key', '400 invalid-request', 'establishments', { siret: '73282932000075', openedOn: '2016-05-01' }],
    ['a SIRET nobody opened', '422 unknown-establishment', 'establishment-closings', { siret: '35600000009075', on: '2016-05-01' }],
    ['a legal form that does not exist', '400 invalid-request', 'establishments', { siret: '35600000009075', openedOn: '2016-05-01', legalForm: 'gie' }], // prettier-ignore
  ])('I8 refuses %s, and changes nothing', async (_, refusal, what, body) => {
    const before = await affiliation.counts();
    const answer = await say(what, body);
    expect(`${String(answer.status)} ${String(answer.json['code'])}`).toBe(refusal);
    expect(await affiliation.counts()).toEqual(before);
  });
});
