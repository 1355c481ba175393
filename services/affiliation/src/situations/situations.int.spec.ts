import { randomUUID } from 'node:crypto';
import { eventually, inventedNir } from '@isu/testing';
import { AffiliationAlone, askers, demandFor, insured, jean, karim, nadia, type Claims } from '../affiliation.spec-kit.js';

let affiliation: AffiliationAlone;
beforeAll(async () => {
  affiliation = await AffiliationAlone.start();
});
afterAll(() => affiliation?.close());

const someone = (rank: number, changes: Claims = {}): Promise<string> => {
  const nir = inventedNir({ sex: 'M', bornOn: '1985-01-01', department: '93', rank });
  return affiliation.registered(karim, { nir, iban: undefined, ...changes });
};
const post = (account: string, what: string, body: unknown, { as = askers.rsi12 as Claims, key = randomUUID() } = {}) =>
  affiliation.ask('POST', `/insured-persons/${account}/${what}`, { as, body, headers: { 'idempotency-key': key } });
const situation = (account: string, query = '', as: Claims = askers.rsi12) =>
  affiliation.ask('GET', `/insured-persons/${account}/situation${query}`, { as });
const change = (account: string, body: object, as: Claims = askers.rsi12) =>
  post(account, 'situation-changes', { reason: 'Modification déclarée au CFE', ...body }, { as });
const factTypes = async (account: string) => (await affiliation.factsOf(account)).map(({ type }) => type.slice('affiliation.'.length));

describe('F61 I7 — a person’s situation changes', () => {
  it('from a day on: the caisse, the state, both dates, and the other services hear of it', async () => {
    const account = await someone(1);
    const { status, json } = await change(account, { from: '2016-06-01', group: 'artisan', regime: 'micro-social' });
    expect([status, json['group'], json['regime'], json['state']]).toEqual([201, 'artisan', 'micro-social', 'active']);
    const now = (await situation(account)).json;
    expect(now).toMatchObject({ on: '2016-05-20', group: 'commercant', regime: 'common', fund: '12', version: 4, taxedExOfficio: false });
    expect((await situation(account, '?on=2016-06-01')).json).toMatchObject({ group: 'artisan', regime: 'micro-social' });
    await eventually(async () => (await affiliation.sentOf(account)).length === 2);
    expect((await affiliation.sentOf(account)).at(-1)).toMatchObject({
      type: 'affiliation.status-changed.v1',
      effectiveon: '2016-06-01',
      data: { group: 'artisan', regime: 'micro-social', from: '2016-06-01', pensioner: false, otherScheme: false },
    });
  });

  it('I7 keeps every version with who, when and why, and answers as it was known on a day', async () => {
    const account = await someone(2);
    await change(account, { from: '2016-05-20', regime: 'micro-social', reason: 'Option du 1er mai' });
    const { json, text } = await affiliation.ask('GET', `/insured-persons/${account}/changes?subject=situation`, { as: insured(account) });
    expect(json['changes']).toEqual([
      expect.objectContaining({ version: 1, change: 'registered', effectiveOn: '2009-04-01', organisation: 'rsi', role: 'agent-national' }),
      expect.objectContaining({ change: 'changed', effectiveOn: '2016-05-20', organisation: 'rsi', role: 'agent', reason: 'Option du 1er mai', detail: { regime: 'micro-social' } }), // prettier-ignore
    ]);
    expect(text).not.toContain('rsi:12');
    expect((await situation(account, '?knownOn=2016-05-19')).status).toBe(404);
    expect((await situation(account, '?knownOn=2016-05-20')).json['regime']).toBe('micro-social');
  });

  it('the row that lists and searches read shows what is in force today, at once or on the day', async () => {
    const account = await someone(3);
    await change(account, { from: '2016-05-20', group: 'artisan' });
    const card = await affiliation.ask('GET', `/insured-persons/${account}`, { as: askers.rsi12 });
    expect([card.json['group'], card.json['fund']]).toEqual(['artisan', '12']);
    await change(account, { from: '2016-05-21', regime: 'micro-social' });
    const [row] = await affiliation.database.query(
      `SELECT regime, next_change_on::text AS next FROM affiliation.insured_person WHERE account = $1`,
      [account],
    );
    expect(row).toEqual({ regime: 'common', next: '2016-05-21' });
  });

  it('the history of people registered before there was one begins with their registration', async () => {
    const account = await someone(4);
    await affiliation.database.query('DELETE FROM affiliation.person_change WHERE account = $1', [account]);
    expect((await situation(account)).json).toMatchObject({ group: 'commercant', startedOn: '2009-04-01', version: 3 });
    await change(account, { from: '2016-05-20', otherScheme: true });
    expect((await situation(account)).json).toMatchObject({ otherScheme: true, version: 4 });
  });

  it('R2 twenty changes at once make one, and nineteen that change nothing', async () => {
    const account = await someone(5);
    const answers = await Promise.all(Array.from({ length: 20 }, () => change(account, { from: '2016-05-20', pensioner: true })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 19 }, () => 422)]);
    expect(await factTypes(account)).toEqual(['registered.v1', 'status-changed.v1']);
  });

  it.each<[string, number, string, object]>([
    ['nothing new', 422, 'nothing-changes', { from: '2016-05-20', group: 'commercant' }],
    ['a day before the start', 422, 'change-before-start', { from: '2009-03-31', group: 'artisan' }],
    ['another region by one agent alone', 422, 'transfer-needs-two', { from: '2016-05-20', department: '69' }],
    ['29 February 2015', 400, 'invalid-request', { from: '2015-02-29', group: 'artisan' }],
    ['no reason', 400, 'invalid-request', { from: '2016-05-20', group: 'artisan', reason: '' }],
    ['a fund slipped in', 400, 'invalid-request', { from: '2016-05-20', group: 'artisan', fund: '26' }],
  ])('I8 refuses %s, and changes nothing', async (_, status, code, body) => {
    const account = await someone(6).catch(() => known);
    known = account;
    const before = await affiliation.counts();
    const answer = await change(account, body);
    expect([answer.status, answer.json['code']]).toEqual([status, code]);
    expect(await affiliation.counts()).toEqual(before);
  });
  let known = '';

  it.each<[string, Claims, number]>([
    ['the person, who asks the formalities centre', insured('1200000000176'), 403],
    ['an agent of another caisse', askers.rsi26, 404],
    ['an agent of Urssaf', askers.urssaf12, 403],
  ])('I9 is closed to %s', async (_, as, status) => {
    expect((await change(known, { from: '2016-05-20', group: 'artisan' }, as)).status).toBe(status);
  });
});

describe('F61 — several activities', () => {
  it('R2 one that is told of twenty times at once is one', async () => {
    const account = await someone(40);
    const activity = { label: 'Conseil', register: 'none', startedOn: '2016-05-01', reason: 'Déclaration P2' };
    const answers = await Promise.all(Array.from({ length: 20 }, () => affiliation.say(account, 'activities', activity)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 19 }, () => 422)]);
  });

  it('a craft beside the shop makes an artisan from the next 1 January, on the same account', async () => {
    const account = await affiliation.registered(karim);
    const craft = {
      label: 'Boulangerie',
      naf: '10.71C',
      register: 'repertoire-des-metiers',
      startedOn: '2016-04-01',
      reason: 'Déclaration P2',
    };
    const { status, json } = await post(account, 'activities', craft);
    expect(status).toBe(201);
    expect((json as unknown as { id: number; main: boolean }[]).map(({ id, main }) => [id, main])).toEqual([[1, false], [2, true]]); // prettier-ignore
    expect((await situation(account, '?on=2016-12-31')).json['group']).toBe('commercant');
    expect((await situation(account, '?on=2017-01-01')).json['group']).toBe('artisan');
    const said = (await affiliation.factsOf(account)).at(-1);
    expect(said?.data).toMatchObject({ group: 'artisan', from: '2017-01-01' });
  });

  it('the higher income decides where there is no craft; the end of one leaves the other', async () => {
    const account = await affiliation.registered(jean, { group: 'commercant', department: '29' });
    const as = { ...askers.rsi12, funds: ['06'] };
    await post(account, 'activities', { label: 'Conseil', register: 'none', startedOn: '2015-01-01', reason: 'Déclaration P2' }, { as });
    const incomes = [{ activity: 1, amount: '9000' }, { activity: 2, amount: '12000' }]; // prettier-ignore
    await post(account, 'activity-incomes', { year: 2015, incomes, reason: 'DSI 2015' }, { as });
    const national = (day: string) => situation(account, `?on=${day}`, askers.rsiNational);
    expect((await national('2017-01-01')).json).toMatchObject({
      group: 'profession-liberale',
      fund: '29',
      fundName: 'Professions libérales',
    });
    const ended = await post(account, 'activity-ends', { activity: 2, on: '2016-05-19', reason: 'Cessation du conseil' }, { as });
    expect(ended.status).toBe(201);
    expect((await national('2017-01-01')).json).toMatchObject({ group: 'commercant', fund: '06' });
    const last = await post(account, 'activity-ends', { activity: 1, on: '2016-05-19', reason: 'Cessation' }, { as });
    expect([last.status, last.json['code']]).toEqual([409, 'last-activity']);
  });
});

describe('F61 — another caisse: four eyes', () => {
  const propose = (account: string, as: Claims = askers.rsi26) =>
    post(account, 'transfers', { department: '93', from: '2016-06-01', reason: 'Déménagement à Montreuil' }, { as });

  it('one agent proposes and cannot decide; another accepts, the worklist moves, number and ledger stay', async () => {
    const account = await affiliation.registered(nadia);
    const { status, json } = await propose(account);
    expect([status, json['state'], json['content']]).toEqual([201, 'proposed', { department: '93', from: '2016-06-01' }]);
    const decision = (as: Claims, accepted = true) =>
      post(account, 'transfer-decisions', { proposal: json['id'], accepted, reason: 'Justificatif de domicile vu' }, { as });
    const alone = await decision(askers.rsi26);
    expect([alone.status, alone.json['code']]).toEqual([403, 'four-eyes']);
    expect((await decision({ ...askers.rsi26, sub: 'rsi:second' })).json['state']).toBe('accepted');
    expect((await situation(account, '?on=2016-06-01', askers.rsi26)).json).toMatchObject({ account, fund: '12', department: '93' });
    expect((await affiliation.factsOf(account)).at(-1)).toMatchObject({
      type: 'affiliation.fund-changed.v1',
      data: { fund: '12', from: '2016-06-01' },
    });
    const again = await decision({ ...askers.rsi26, sub: 'rsi:third' });
    expect([again.status, again.json['code']]).toEqual([409, 'proposal-decided']);
  });

  it('a refusal leaves everything as it was; two proposals do not wait at once', async () => {
    const account = await affiliation.registered(nadia, {
      nir: inventedNir({ sex: 'F', bornOn: '1988-03-14', department: '69', rank: 77 }),
    });
    const first = await propose(account);
    expect((await propose(account)).json['code']).toBe('proposal-open');
    const refused = { proposal: first.json['id'], accepted: false, reason: 'Adresse de vacances' };
    await post(account, 'transfer-decisions', refused, { as: { ...askers.rsi26, sub: 'rsi:second' } });
    const list = await affiliation.ask('GET', `/insured-persons/${account}/proposals`, { as: askers.rsi26 });
    expect(list.json).toEqual([
      expect.objectContaining({ state: 'refused', decidedBy: 'rsi:second', decisionReason: 'Adresse de vacances' }),
    ]);
    expect((await situation(account, '?on=2016-06-01', askers.rsi26)).json['fund']).toBe('26');
  });

  it('I9 from the day of the transfer the new caisse reaches the person and the old one no longer does, in what is read, found and written to', async () => {
    const nir = inventedNir({ sex: 'F', bornOn: '1988-03-14', department: '69', rank: 79 });
    const account = await affiliation.registered(nadia, { nir });
    const see = async (as: Claims) => (await affiliation.ask('GET', `/insured-persons/${account}`, { as })).status;
    const find = async (as: Claims) =>
      (await affiliation.ask('POST', '/insured-persons/search', { as, body: { by: 'nir', nir } })).json['found'];
    const waiting = async (fund: string, as: Claims) =>
      (await affiliation.ask('GET', `/funds/${fund}/messages`, { as })).text.includes(account);
    await post(account, 'fund-messages', { subject: 'autre', text: 'Je déménage' }, { as: insured(account) });
    const move = async (from: string, department: string, [by, then]: readonly [Claims, Claims]) => {
      const { json } = await post(account, 'transfers', { department, from, reason: 'Déménagement' }, { as: by });
      return (await post(account, 'transfer-decisions', { proposal: json['id'], accepted: true, reason: 'Bail vu' }, { as: then })).json[
        'state'
      ];
    };
    const [ofLyon, ofParis] = [askers.rsi26, askers.rsi12];
    expect([await see(ofLyon), await see(ofParis), await waiting('26', ofLyon)]).toEqual([200, 404, true]);

    expect(await move('2016-05-20', '93', [ofLyon, { ...ofLyon, sub: 'rsi:second' }])).toBe('accepted');
    expect([await see(ofLyon), await see(ofParis), await see(askers.rsiNational), await see(insured(account))]).toEqual([
      404, 200, 200, 200,
    ]);
    expect([await find(ofLyon), await find(ofParis)]).toEqual([[], [expect.objectContaining({ account })]]);
    expect([await waiting('26', ofLyon), await waiting('12', ofParis)]).toEqual([false, true]);
    expect((await change(account, { from: '2016-05-20', pensioner: true }, ofLyon)).status).toBe(404);
    expect((await change(account, { from: '2016-05-20', pensioner: true }, ofParis)).status).toBe(201);

    // What is said in advance moves nobody before its day.
    expect(await move('2016-06-01', '69', [ofParis, { ...ofParis, sub: 'rsi:second' }])).toBe('accepted');
    expect([await see(ofLyon), await see(ofParis)]).toEqual([404, 200]);
  });

  it('I8 a department of the same caisse is no transfer', async () => {
    const account = await affiliation.registered(jean, demandFor(jean, { nir: inventedNir({ sex: 'M', bornOn: '1962-06-08', department: '29', rank: 78 }) })); // prettier-ignore
    const same = await post(
      account,
      'transfers',
      { department: '35', from: '2016-06-01', reason: 'Déménagement' },
      { as: askers.rsiNational },
    );
    expect([same.status, same.json['code']]).toEqual([422, 'no-transfer']);
  });
});
