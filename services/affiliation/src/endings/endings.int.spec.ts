import { eventually } from '@isu/testing';
import { AffiliationAlone, askers, insured, karim, type Claims } from '../affiliation.spec-kit.js';
import { inventedBirths } from '../searches/searches.spec-kit.js';

let affiliation: AffiliationAlone;
beforeAll(async () => {
  affiliation = await AffiliationAlone.start();
});
afterAll(() => affiliation?.close());

let rank = 300;
const someone = (changes: Claims = {}) => affiliation.registered(karim, { nir: inventedBirths(1, (rank += 1))[0], ...changes });
const end = (account: string, body: object = {}, as: Claims = insured(account)) =>
  affiliation.say(account, 'end-of-activity', { on: '2016-04-30', cause: 'cessation', reason: 'Je ferme boutique', ...body }, as);
const situation = async (account: string) =>
  (await affiliation.ask('GET', `/insured-persons/${account}/situation`, { as: askers.rsiNational })).json;
const typesOf = async (account: string) => (await affiliation.factsOf(account)).map(({ type }) => type.slice('affiliation.'.length));

describe('F61 — radiation and reopening', () => {
  it('the person declares the end: what follows, by when; the other services hear of it once', async () => {
    const account = await someone();
    const { status, json } = await end(account);
    expect([status, json['on'], json['incomesOf'], json['incomesBy'], json['struckOffBy']]).toEqual([
      201,
      '2016-04-30',
      [2015, 2016],
      '2016-07-29',
      '2016-06-20', // prettier-ignore
    ]);
    expect(await situation(account)).toMatchObject({
      ...{ state: 'ended', endedOn: '2016-04-30', endCause: 'cessation' },
      lastIncomes: { incomesOf: [2015, 2016], incomesBy: '2016-07-29' },
    });
    await eventually(async () => (await affiliation.sentOf(account)).some(({ type }) => type === 'affiliation.ended.v1'));
    const again = await end(account, { on: '2016-05-01' });
    expect([again.status, again.json['code']]).toEqual([409, 'activity-ended']);
    expect((await typesOf(account)).filter((type) => type === 'ended.v1')).toHaveLength(1);
  });

  it('is settled once collection has said the definitive contributions of the last year', async () => {
    const account = await someone();
    await end(account);
    await affiliation.heard(account, 1, 'collection.assessed.v1', { year: 2015, stage: 'definitive' });
    expect((await situation(account))['state']).toBe('ended');
    await affiliation.heard(account, 2, 'collection.assessed.v1', { year: 2016, stage: 'definitive' });
    expect(await situation(account)).toMatchObject({ state: 'settled', settledOn: '2016-05-20' });
  });

  it('a new start is another period on the same account', async () => {
    const account = await someone();
    const early = { startedOn: '2016-05-10', register: 'repertoire-des-metiers', regime: 'common', department: '93', activity: 'Boulanger', reason: 'P0' }; // prettier-ignore
    const reopening = { ...early, reason: 'Nouvelle déclaration P0' };
    expect((await affiliation.say(account, 'reopenings', reopening)).json['code']).toBe('activity-going-on');
    await end(account);
    const { status, json } = await affiliation.say(account, 'reopenings', reopening);
    expect([status, json['account'], json['group'], json['startedOn']]).toEqual([201, account, 'artisan', '2016-05-10']);
    expect(await situation(account)).toMatchObject({ state: 'active', startedOn: '2016-05-10', endedOn: null, lastIncomes: null });
    expect((await typesOf(account)).slice(-3)).toEqual(['registered.v1', 'bank-details-changed.v1', 'establishments-changed.v1']);
  });

  it('R2 twenty declarations at once are one end', async () => {
    const account = await someone();
    const answers = await Promise.all(Array.from({ length: 20 }, () => end(account)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
  });

  it('a person taxed ex officio last is shown as such, until they declare', async () => {
    const account = await someone();
    await affiliation.heard(account, 1, 'collection.income-recorded.v1', { year: 2014, kind: 'ex-officio', amount: '19308' });
    expect((await situation(account))['taxedExOfficio']).toBe(true);
    await affiliation.heard(account, 2, 'collection.income-recorded.v1', { year: 2014, kind: 'declared', amount: '9000' });
    expect((await situation(account))['taxedExOfficio']).toBe(false);
  });

  it('of the incomes to declare after the end, those that are declared are asked for no more', async () => {
    const account = await someone();
    await end(account);
    await affiliation.heard(account, 1, 'collection.income-recorded.v1', { year: 2015, kind: 'declared', amount: '9000' });
    await affiliation.heard(account, 2, 'collection.income-recorded.v1', { year: 2016, kind: 'estimated', amount: '3000' });
    expect((await situation(account))['lastIncomes']).toEqual({ incomesOf: [2016], incomesBy: '2016-07-29' });
  });
});

describe('F61 — ex-officio striking off', () => {
  const step = (account: string, what: string, body: object, as: Claims = askers.rsi12) => affiliation.say(account, what, body, as);
  const opened = async (): Promise<string> => {
    const account = await someone();
    const { status } = await step(account, 'strike-offs', { reason: 'Courriers revenus' });
    expect(status).toBe(201);
    return account;
  };

  it('says each delay, and lets nobody go faster than it', async () => {
    const account = await opened();
    const list = await affiliation.ask('GET', `/insured-persons/${account}/strike-offs`, { as: insured(account) });
    expect(list.json).toEqual([
      expect.objectContaining({ state: 'bodies', openedOn: '2016-05-20', bodiesUntil: '2016-06-04', appeal: null }),
    ]);
    expect((await step(account, 'strike-offs', { reason: 'Encore' })).json['code']).toBe('strike-off-open');
    expect((await step(account, 'strike-off-notices', { proof: 'RAR 1A' })).json['code']).toBe('bodies-may-answer');
    expect((await step(account, 'strike-off-decisions', { reason: 'Aucune activité' })).json['code']).toBe('person-not-told');
  });

  it('a body that has seen activity stops it, one that has not does not', async () => {
    const account = await opened();
    const none = { body: 'insee', active: false, reason: 'SIREN cessé' };
    expect((await step(account, 'strike-off-evidence', none)).json['state']).toBe('bodies');
    const seen = { body: 'dgfip', active: true, reason: 'TVA déclarée en mars' };
    expect((await step(account, 'strike-off-evidence', seen)).json).toMatchObject({
      state: 'stopped',
      closedBecause: 'activité constatée par dgfip',
    });
    expect((await step(account, 'strike-off-evidence', seen)).status).toBe(404);
  });

  it('the person’s answer stops it', async () => {
    const account = await opened();
    const { json } = await step(account, 'strike-off-answers', { reason: 'Je travaille toujours' }, insured(account));
    expect([json['state'], json['closedBecause']]).toEqual(['stopped', 'réponse de la personne']);
    expect((await situation(account))['state']).toBe('active');
  });

  it('decided after the delays, it ends at the last year with an income, with the routes of appeal', async () => {
    const account = await opened();
    await affiliation.database.query(
      `UPDATE affiliation.strike_off SET last_income_year = 2012, bodies_until = '2016-04-01', person_told_on = '2016-04-02', proof = 'RAR',
         person_until = '2016-05-02', state = 'person' WHERE account = $1`,
      [account],
    );
    const { status, json } = await step(account, 'strike-off-decisions', { reason: 'Aucune réponse' });
    expect([status, json['state'], json['endedOn']]).toEqual([201, 'decided', '2012-12-31']);
    expect(json['appeal']).toContain('commission de recours amiable');
    expect((await affiliation.factsOf(account)).find(({ type }) => type === 'affiliation.ended.v1')?.data).toEqual({ on: '2012-12-31', cause: 'ex-officio' }); // prettier-ignore
  });

  it.each<[string, Claims, number]>([
    ['the person', insured('1200000000176'), 403],
    ['an agent of Urssaf', askers.urssaf12, 403],
    ['an agent of another caisse', askers.rsi26, 404],
  ])('I9 is not opened by %s', async (_, as, status) => {
    const account = await someone();
    expect((await step(account, 'strike-offs', { reason: 'Courriers revenus' }, as)).status).toBe(status === 403 ? 403 : 404);
  });

  it('a declaration that collection has heard stops it by itself', async () => {
    const account = await opened();
    const { context } = affiliation.service;
    const fact = { subject: account, type: 'collection.income-recorded.v1', data: { year: 2015, kind: 'declared', amount: '0' } } as never;
    await context.db.transaction((tx) => affiliation.strikeOffs.hearDeclarations(tx, [fact]));
    const list = await affiliation.ask('GET', `/insured-persons/${account}/strike-offs`, { as: askers.rsi12 });
    expect(list.json).toEqual([expect.objectContaining({ state: 'stopped', closedBecause: 'déclaration de revenu 2015 reçue' })]);
  });
});
