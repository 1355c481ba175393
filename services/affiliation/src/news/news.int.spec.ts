import { randomUUID } from 'node:crypto';
import { AffiliationAlone, askers, insured, karim, nadia, sophie, type Claims } from '../affiliation.spec-kit.js';

let affiliation: AffiliationAlone;
let karims: string;
let nadias: string;
beforeAll(async () => {
  affiliation = await AffiliationAlone.start();
  [karims, nadias] = [await affiliation.registered(karim), await affiliation.registered(nadia)];
});
afterAll(() => affiliation?.close());

const write = (code: string, what: string, body: object, as: Claims = askers.rsi12) =>
  affiliation.ask('POST', `/funds/${code}/${what}`, { as, body, headers: { 'idempotency-key': randomUUID() } });
const titlesOf = async (account: string) => {
  const { json } = await affiliation.ask('GET', `/insured-persons/${account}/news`, { as: insured(account) });
  return (json as unknown as { title: string }[]).map(({ title }) => title);
};
const news = { title: 'Fermeture du 14 juillet', text: 'Votre accueil de Paris ferme le jeudi 14 juillet.\nIl rouvre le vendredi.' };

describe('F8 — news of my caisse', () => {
  it('is read at once by the insured of the caisse, and by nobody else', async () => {
    const { status, json } = await write('12', 'news', news);
    expect([status, json['fund'], json['text']]).toEqual([201, '12', news.text]);
    expect([await titlesOf(karims), await titlesOf(nadias)]).toEqual([[news.title], []]);
  });

  it('F7 speaks to some groups only, and until a day', async () => {
    await write('12', 'news', { ...news, title: 'Artisans : vos formations', groups: ['artisan'] });
    await write('12', 'news', { ...news, title: 'Passé', until: '2016-05-19' });
    await write('12', 'news', { ...news, title: 'Aujourd’hui encore', until: '2016-05-20' });
    expect(await titlesOf(karims)).toEqual(['Aujourd’hui encore', news.title]);
  });

  it('taken back, is read by nobody', async () => {
    const { json } = await write('12', 'news', { ...news, title: 'Erreur' });
    expect((await write('12', 'news-withdrawals', { news: json['id'] })).status).toBe(201);
    expect(await titlesOf(karims)).not.toContain('Erreur');
    expect((await write('12', 'news-withdrawals', { news: json['id'] })).status).toBe(404);
  });

  it.each<[string, string, Claims, number]>([
    ['an agent of another caisse', '12', askers.rsi26, 404],
    ['an agent of Urssaf', '12', askers.urssaf12, 403],
    ['an insured person', '12', insured('1200000000176'), 403],
    ['a national agent for a caisse that does not exist', '30', askers.rsiNational, 404],
  ])('I9 is not published by %s', async (_, code, as, status) => expect((await write(code, 'news', news, as)).status).toBe(status));

  it.each([
    ['title', { ...news, title: 'a' }],
    ['text', { ...news, text: 'a\u202eb' }],
    ['text', { ...news, text: ' \n ' }],
    ['groups', { ...news, groups: [] }],
    ['until', { ...news, until: '2016-02-30' }],
  ])('I8 refuses a wrong %s', async (field, body) => {
    const { status, json } = await write('12', 'news', body);
    expect([status, json['errors']]).toEqual([400, [expect.objectContaining({ field })]]);
  });
});

describe('F9 — a message to my caisse', () => {
  const text = 'Bonjour,\nje déménage le 1er juin.\nKarim';
  const send = (account = karims, body: object = { subject: 'affiliation', text }, as: Claims = insured(account)) =>
    affiliation.say(account, 'fund-messages', body, as);

  it('has a dated receipt with a reference, and an answer owed within five days; the receipt leaves by e-mail', async () => {
    const { status, json } = await send();
    expect([status, json['answerBy'], json['fund'], json['answeredAt']]).toEqual([201, '2016-05-25', '12', null]);
    expect(json['reference']).toMatch(/^M12-2016-\d{6}$/);
    const told = await affiliation.ask('GET', `/accounts/${karims}/messages`, { as: insured(karims) });
    const receipt = (told.json['messages'] as { kind: string; channel: string; text: string }[]).find(
      ({ kind }) => kind === 'fund-message-receipt',
    );
    expect(receipt).toMatchObject({ channel: 'email' });
    expect(receipt?.text).toContain('25 mai 2016');
    expect(receipt?.text).not.toContain('déménage');
  });

  it('waits at the caisse until it is answered, once; the person reads the answer', async () => {
    const waiting = (await affiliation.ask('GET', '/funds/12/messages', { as: askers.rsi12 })).json as unknown as {
      reference: string;
      text: string;
    }[];
    expect(waiting.map((one) => one.text)).toEqual([text]);
    const answer = { reference: waiting[0]?.reference, text: 'Merci : votre nouvelle adresse est notée.' };
    expect((await affiliation.say(karims, 'fund-message-answers', answer, askers.rsi12)).status).toBe(201);
    expect((await affiliation.say(karims, 'fund-message-answers', answer, askers.rsi12)).json['code']).toBe('message-answered');
    expect((await affiliation.ask('GET', '/funds/12/messages', { as: askers.rsi12 })).json).toEqual([]);
    const mine = await affiliation.ask('GET', `/insured-persons/${karims}/fund-messages`, { as: insured(karims) });
    expect(mine.json).toEqual([expect.objectContaining({ text, answer: answer.text })]);
  });

  it('I9 is read by nobody else', async () => {
    expect((await affiliation.ask('GET', '/funds/12/messages', { as: askers.rsi26 })).status).toBe(404);
    expect((await affiliation.ask('GET', `/insured-persons/${karims}/fund-messages`, { as: insured(nadias) })).status).toBe(404);
    expect((await affiliation.ask('GET', '/funds/12/messages', { as: askers.urssaf12 })).status).toBe(403);
  });

  it('R14 is sealed, and in no log', async () => {
    expect(await affiliation.everythingStored()).not.toContain('déménage');
    expect(affiliation.logged.join('\n')).not.toContain('déménage');
  });
});

describe('F61 — the notice of affiliation', () => {
  it('is written with the affiliation: account, caisse, first schedule within 60 days (19 July), first payment 90 days after the start', async () => {
    const account = await affiliation.registered(sophie, { startedOn: '2016-05-01' });
    const { json } = await affiliation.ask('GET', `/accounts/${account}/messages`, { as: insured(account) });
    const [notice] = json['messages'] as { kind: string; channel: string; text: string }[];
    expect([notice?.kind, notice?.channel]).toEqual(['affiliation-notice', 'letter']);
    for (const words of [account, 'Midi-Pyrénées', '19 juillet 2016', '30 juillet 2016', 'obligation légale'])
      expect(notice?.text).toContain(words);
  });
});
