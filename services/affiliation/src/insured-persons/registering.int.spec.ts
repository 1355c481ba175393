import { randomUUID } from 'node:crypto';
import { eventually, inventedNir } from '@isu/testing';
import { AffiliationAlone, askers, demandFor, jean, karim, nadia, sophie } from '../affiliation.spec-kit.js';

let affiliation: AffiliationAlone;
beforeAll(async () => {
  affiliation = await AffiliationAlone.start();
});
afterAll(() => affiliation?.close());

const invented = (rank: number): string => inventedNir({ sex: 'M', bornOn: '1985-01-01', department: '69', rank });
const someone = (rank: number, changes: Record<string, unknown> = {}) =>
  demandFor(karim, { nir: invented(rank), iban: undefined, ...changes });

describe('registering an insured person', () => {
  it('F13 F61 gives the account of the caisse of the profession and the department, and shows a card without what identifies', async () => {
    const { status, json, text } = await affiliation.register(demandFor(karim), { as: askers.rsi12 });
    expect(status).toBe(201);
    expect(json).toEqual({
      account: expect.stringMatching(/^12000000001\d\d$/) as unknown,
      group: 'commercant',
      regime: 'common',
      fund: '12',
      fundName: 'Île-de-France Centre',
      department: '93',
      startedOn: '2009-04-01',
      siret: karim.siret,
      activity: 'Épicier',
      naf: '47.11B',
      nirStatus: 'certified',
      bankDetailsVersion: 1,
      mergedInto: null,
      registeredAt: expect.stringMatching(/^2016-05-(?:20T|19T2[23])\d*:\d\d:\d\d\.\d{3}Z$/) as unknown,
    });
    for (const secret of [karim.nir, karim.iban, karim.lastName, karim.bornOn]) expect(text).not.toContain(secret);

    const read = await affiliation.ask('GET', `/insured-persons/${String(json['account'])}`, { as: askers.rsi12 });
    expect([read.status, read.json]).toEqual([200, json]);
  });

  it('F61 says so first of all facts of the account, with the payload that readers need and nothing that identifies (R14)', async () => {
    const account = await affiliation.registered(nadia);
    const facts = await affiliation.factsOf(account);
    expect(facts.map(({ seq, type }) => [seq, type])).toEqual([
      [1, 'affiliation.registered.v1'],
      [2, 'affiliation.bank-details-changed.v1'],
    ]);
    expect(facts[0]).toMatchObject({
      source: '/isu/affiliation',
      subject: account,
      effectiveon: '2016-01-01',
      previous: null,
      cause: null,
      data: { group: 'artisan', regime: 'common', startedOn: '2016-01-01', fund: '26', birthYear: 1988 },
    });
    expect(Object.keys(facts[0]?.data ?? {}).sort()).toEqual(['birthYear', 'fund', 'group', 'regime', 'startedOn']);
    expect(facts[1]?.data).toEqual({ version: 1 });
  });

  it('F61 I3 sends the facts to the bus in order', async () => {
    const account = await affiliation.registered(sophie);
    await eventually(async () => (await affiliation.sentOf(account)).length === 2);
    expect(await affiliation.sentOf(account)).toEqual(await affiliation.factsOf(account));
  });

  it('F61 numbers the people of each caisse in turn, with a key', async () => {
    const [first, second] = [await affiliation.register(someone(10)), await affiliation.register(someone(11))];
    const sequence = ({ json }: typeof first) => Number(String(json['account']).slice(2, 11));
    expect(sequence(second) - sequence(first)).toBe(1);
  });

  it('F13 asks for no activity: a person may be affiliated before their business has a number', async () => {
    const { json } = await affiliation.register(someone(13, { siret: undefined, activity: undefined, naf: undefined }));
    expect(json).toMatchObject({ siret: null, activity: null, naf: null });
  });

  it('F61 takes a provisional number for what it is, a micro-entrepreneur and a liberal of whatever department', async () => {
    const body = '785016999000' + '1';
    const provisional = body + String(97 - Number(BigInt(body) % 97n)).padStart(2, '0');
    const { json } = await affiliation.register(someone(0, { nir: provisional, regime: 'micro-social' }));
    expect(json).toMatchObject({ nirStatus: 'provisional', regime: 'micro-social', bankDetailsVersion: null });
    const liberal = await affiliation.register(someone(12, { group: 'profession-liberale', fund: '29' }));
    expect(liberal.json).toMatchObject({ fund: '29', fundName: 'Professions libérales', department: '93' });
  });
});

describe('I8 — what cannot be registered, and why', () => {
  const past = (field: string, value: unknown) => someone(90, { [field]: value });

  it.each<[string, string, string, () => Record<string, unknown>]>([
    [
      'a NIR with a wrong key',
      '400 invalid-request',
      'nir',
      () => past('nir', `${karim.nir.slice(0, 13)}${karim.nir.endsWith('01') ? '02' : '01'}`),
    ],
    ['a NIR that is a number', '400 invalid-request', 'nir', () => past('nir', 185016999000190)],
    ['an IBAN with a wrong key', '400 invalid-request', 'iban', () => past('iban', `FR00${karim.iban.slice(4)}`)],
    ['a text that is no IBAN', '400 invalid-request', 'iban', () => past('iban', 'compte courant')],
    ['29 February 2015', '400 invalid-request', 'startedOn', () => past('startedOn', '2015-02-29')],
    ['a name with a line feed', '400 invalid-request', 'familyName', () => past('familyName', 'Haddad\r\nX-Role: operator')],
    ['a name of 81 letters', '400 invalid-request', 'familyName', () => past('familyName', 'a'.repeat(81))],
    ['no name', '400 invalid-request', 'familyName', () => past('familyName', undefined)],
    ['a group that does not exist', '400 invalid-request', 'group', () => past('group', 'notaire')],
    ['a regime that does not exist', '400 invalid-request', 'regime', () => past('regime', 'agricole')],
    ['a caisse 30', '400 invalid-request', 'fund', () => past('fund', '30')],
    ['an e-mail without a domain', '400 invalid-request', 'email', () => past('email', 'karim@')],
    ['a phone that is a formula', '400 invalid-request', 'phone', () => past('phone', '=cmd|calc')],
    ['a SIRET with a wrong key', '400 invalid-request', 'siret', () => past('siret', `${karim.siret.slice(0, 13)}${karim.siret.endsWith('9') ? '8' : '9'}`)], // prettier-ignore
    ['a NAF code without its dot', '400 invalid-request', 'naf', () => past('naf', '9602A')],
    ['an activity of 121 letters', '400 invalid-request', 'activity', () => past('activity', 'é'.repeat(121))],
    ['an activity that turns the writing round', '400 invalid-request', 'activity', () => past('activity', 'Bou\u202elanger')],
    ['a department in words', '400 invalid-request', 'department', () => past('department', 'Val-de-Marne')],
    ['a field that nobody knows', '400 invalid-request', 'account', () => past('account', '1200000000101')],
    ['a role slipped in', '400 invalid-request', 'nirStatus', () => past('nirStatus', 'certified')],
    ['a department that does not exist', '422 unknown-department', 'department', () => past('department', '20')],
    ['the caisse of another department', '422 fund-not-for-person', 'fund', () => past('department', '69')],
    ['a regional caisse for a liberal', '422 fund-not-for-person', 'fund', () => past('group', 'profession-liberale')],
    ['the liberal caisse for a shopkeeper', '422 fund-not-for-person', 'fund', () => past('fund', '29')],
    ['a start before birth', '422 start-before-birth', 'startedOn', () => past('startedOn', '1975-09-01')],
    ['a start on the eve of the sixteenth birthday', '422 start-before-birth', 'startedOn', () => past('startedOn', '1991-09-01')],
    ['a start one year and a day ahead', '422 start-too-far', 'startedOn', () => past('startedOn', '2017-05-21')],
    ['a start in the year 9999', '422 start-too-far', 'startedOn', () => past('startedOn', '9999-12-31')],
  ])('%s: %s, named for the field %s, and nothing is changed', async (_, refusal, field, demand) => {
    const before = await affiliation.counts();
    const { json, text, headers, status } = await affiliation.register(demand());
    expect(`${String(status)} ${String(json['code'])}`).toBe(refusal);
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(json['errors']).toEqual([{ field, code: expect.any(String) as unknown, accepted: expect.stringMatching(/\S/) as unknown }]);
    const value = demand()[field];
    if (typeof value === 'string' && value.length > 4) expect(text).not.toContain(value);
    expect(await affiliation.counts()).toEqual(before);
  });

  it('names every wrong field at once', async () => {
    const { json } = await affiliation.register(someone(91, { nir: '1', birthDate: 'hier', iban: 'x' }));
    const fields = (json['errors'] as { field: string }[]).map(({ field }) => field);
    expect(fields.sort()).toEqual(['birthDate', 'iban', 'nir']);
  });

  it('takes the sixteenth birthday, and a year ahead to the day', async () => {
    expect((await affiliation.register(someone(20, { startedOn: '1991-09-02' }))).status).toBe(201);
    expect((await affiliation.register(someone(21, { startedOn: '2017-05-20' }))).status).toBe(201);
  });

  it('wants an idempotency key', async () => {
    const { status, json } = await affiliation.ask('POST', '/insured-persons', { as: askers.rsi12, body: someone(92) });
    expect([status, json['code']]).toEqual([400, 'idempotency-key-missing']);
  });

  it.each([
    ['an agent of another caisse', askers.rsi26, 404],
    ['an agent of Urssaf, who affiliates nobody', askers.urssaf12, 403],
    ['a mediator', askers.mediator12, 403],
    ['an auditor', askers.auditor, 403],
    ['nobody known', undefined, 401],
  ] as const)('I9 R15 refuses %s', async (_, as, status) => {
    const before = await affiliation.counts();
    const answer = await affiliation.ask('POST', '/insured-persons', {
      as,
      body: someone(93),
      headers: { 'idempotency-key': randomUUID() },
    });
    expect(answer.status).toBe(status);
    expect(await affiliation.counts()).toEqual(before);
  });
});

describe('one person, one account', () => {
  it('F61 names the account of a NIR already affiliated to an agent who may see it', async () => {
    const account = await affiliation.registered(jean);
    const again = await affiliation.register(demandFor(jean, { group: 'commercant' }), { as: { ...askers.rsi12, funds: ['06'] } });
    expect([again.status, again.json['code']]).toEqual([409, 'already-registered']);
    expect(again.text).toContain(account);
  });

  it('I9 does not name it to an agent of another caisse, and says who to ask', async () => {
    const account = await affiliation.registered(karim, { nir: invented(30) });
    const elsewhere = demandFor(nadia, { nir: invented(30) });
    const { status, json, text } = await affiliation.register(elsewhere, { as: askers.rsi26 });
    expect([status, json['code']]).toEqual([409, 'already-registered']);
    expect(text).not.toContain(account);
    expect(text).not.toContain(account.slice(2, 11));
    expect(json['detail']).toContain('la caisse qui le tient');
  });

  it('R11 the same demand with the same key gets the first answer, to the byte; with other content it is refused', async () => {
    const key = randomUUID();
    const first = await affiliation.register(someone(31), { key });
    expect((await affiliation.register(someone(31), { key })).text).toBe(first.text);
    const other = await affiliation.register(someone(31, { givenNames: 'Ali' }), { key });
    expect([other.status, other.json['code']]).toEqual([422, 'idempotency-key-reused']);
  });

  it('R11 a key is the asker’s own: the same key of somebody else is another demand', async () => {
    const key = randomUUID();
    await affiliation.register(someone(32), { key, as: askers.rsi12 });
    const other = await affiliation.register(someone(33), { key, as: askers.rsiNational });
    expect(other.status).toBe(201);
  });

  it('R2 twenty demands at once for one NIR give one account, and its number to all who may see it', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => affiliation.register(someone(40))));
    const created = answers.filter(({ status }) => status === 201);
    expect(created).toHaveLength(1);
    const account = String(created[0]?.json['account']);
    for (const { status, json, text } of answers.filter((answer) => answer.status !== 201)) {
      expect([status, json['code']]).toEqual([409, 'already-registered']);
      expect(text).toContain(account);
    }
    expect(await affiliation.factsOf(account)).toHaveLength(1);
  });

  it('R2 demands at once from two caisses for one NIR give one account', async () => {
    const twoDoors = Array.from({ length: 10 }, (_, rank) =>
      rank % 2 === 0
        ? affiliation.register(someone(41), { as: askers.rsi12 })
        : affiliation.register(demandFor(nadia, { nir: invented(41) }), { as: askers.rsi26 }),
    );
    const statuses = (await Promise.all(twoDoors)).map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
  });

  it('R11 twenty demands at once with one key give one account; who came too early gets the one answer afterwards', async () => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => affiliation.register(someone(42), { key })));
    const created = answers.filter(({ status }) => status === 201);
    expect(new Set(created.map(({ text }) => text)).size).toBe(1);
    for (const { json } of answers.filter(({ status }) => status !== 201)) expect(json['code']).toBe('idempotency-key-in-use');
    expect((await affiliation.register(someone(42), { key })).text).toBe(created[0]?.text);
    expect(await affiliation.factsOf(String(created[0]?.json['account']))).toHaveLength(1);
  });

  it('F61 numbers no two people alike when twenty are affiliated at once, and leaves no number out', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, rank) => affiliation.register(someone(50 + rank, { group: 'profession-liberale', fund: '29' }))),
    );
    const sequences = answers.map(({ json }) => Number(String(json['account']).slice(2, 11))).sort((a, b) => a - b);
    expect(sequences).toEqual(Array.from({ length: 20 }, (_, rank) => (sequences[0] ?? 0) + rank));
  });
});

describe('R14 — what identifies stays sealed', () => {
  const inClear = [karim, nadia, sophie, jean].flatMap(({ nir, iban, lastName, email }) => [nir, iban, lastName, email]);

  it('no table holds a NIR, an IBAN, a name or an e-mail in clear, nor in the bytes of any column', async () => {
    const stored = await affiliation.everythingStored();
    // The search sees what is sealed in bytes too: the facts on the bus are bytes.
    expect(stored).toMatch(/bus\.log .*"birthYear":1988/);
    for (const secret of inClear) expect(stored).not.toContain(secret);
    for (const { nir } of [karim, nadia]) expect(stored).not.toContain(nir.slice(0, 13));
  });

  it('no log line tells one, whatever was asked before', () => {
    const logged = affiliation.logged.join('\n');
    expect(logged).toContain('request');
    for (const secret of inClear) expect(logged).not.toContain(secret);
  });

  it('no answer of registering tells one', () => {
    const answers = affiliation.answers.join('\n');
    for (const secret of inClear) expect(answers).not.toContain(secret);
  });

  it('the same NIR of two systems leaves different bytes, and one finds it again only by the index of this one', async () => {
    const rows = await affiliation.database.query(
      'SELECT count(DISTINCT nir_index)::int AS indexes, count(DISTINCT nir_sealed)::int AS boxes, count(*)::int AS people FROM affiliation.insured_person',
    );
    expect(rows[0]?.['indexes']).toBe(rows[0]?.['people']);
    expect(rows[0]?.['boxes']).toBe(rows[0]?.['people']);
  });
});
