import { flowStream, type Fact } from '@isu/contracts';
import { eventually } from '@isu/testing';
import { AccountNumber } from '@isu/values';
import { AbsentAuthors, askers, BenefitsAlone, insured, type Claims } from '../benefits.spec-kit.js';

let benefits: BenefitsAlone;
let authors: AbsentAuthors;
beforeAll(async () => {
  benefits = await BenefitsAlone.start();
  authors = benefits.authors;
});
afterAll(() => benefits?.close());

let opened = 0;
const nextAccount = (): string => AccountNumber.make('13', (opened += 1)).toString();
const unknownAccount = AccountNumber.make('13', 99_999).toString();

const registered = (account: string): Fact =>
  authors.write(
    'affiliation.registered.v1',
    account,
    { group: 'commercant', regime: 'common', startedOn: '2013-01-01', fund: '13', birthYear: 1975 },
    '2013-01-01',
  );

/** The minimum of 2016 (contributions.md section 2): 17.65 % of 4 441 € is 784 €, which opens three quarters. Due on 5 February. */
const called = (account: string): Fact[] => [
  authors.write('collection.assessed.v1', account, {
    ...{ year: 2016, stage: 'provisional', version: 1, rules: 'hand', accountingDay: '2016-01-04' },
    lines: [{ code: 'retraite-base', base: '4441', rate: '0.1765', amount: '784' }],
  }),
  authors.write('collection.schedule-issued.v1', account, {
    ...{ year: 2016, version: 1, periodicity: 'monthly-5' },
    instalments: [
      { id: '2016-02', dueOn: '2016-02-05', means: 'direct-debit', lines: [{ year: 2016, code: 'retraite-base', amount: '784' }] },
    ],
  }),
];

const paid = (account: string): Fact =>
  authors.write('collection.payment-posted.v1', account, {
    ...{ paymentId: '01890a5d-ac96-774b-bcce-b302099a8057', amount: '784', valueOn: '2016-02-05', means: 'direct-debit' },
    allocations: [{ instalment: '2016-02', year: 2016, code: 'retraite-base', amount: '784' }],
    ...{ credit: '0', accountingDay: '2016-02-05' },
  });

const completedThrough = (date: string, number: number): Fact =>
  authors.write('urssaf-sync.completed-through.v1', flowStream('urssaf', 'payments'), { date, number });

/** Waits until this service has taken in so many facts of an author on a stream. */
const taken = (stream: string, author: string, seq: number) =>
  eventually(
    async () => {
      const [row] = await benefits.database.query('SELECT max(seq)::int AS seq FROM benefits.fact WHERE stream = $1 AND author = $2', [
        stream,
        author,
      ]);
      return row?.['seq'] === seq;
    },
    { withinMs: 10_000 },
  );

const upToDate = ({ json }: { json: Record<string, unknown> }) => json['upToDate'] as { value: string; reasons: { code: string }[] };

describe('rights, asked of benefits while every other service is absent', () => {
  it('I5 a person just affiliated is up to date: nothing is called, nothing is late', async () => {
    const account = nextAccount();
    await authors.send(registered(account));
    await taken(account, 'affiliation', 1);
    const { status, json } = await benefits.rights(account);
    expect([status, json]).toEqual([
      200,
      {
        account,
        day: '2016-05-20',
        upToDate: { value: 'yes', reasons: [] },
        quarters: [],
        quartersValidated: 0,
        quartersPossible: 0,
        restsOn: { vector: { affiliation: 1 }, fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown, flows: {} },
      },
    ]);
  });

  it('I5 S1 S11 an instalment unpaid, and no word of the payment flow yet: unknown, with what is awaited, never no', async () => {
    const account = nextAccount();
    await authors.send(registered(account), ...called(account));
    await taken(account, 'collection', 2);
    const answer = await benefits.rights(account);
    expect(upToDate(answer)).toMatchObject({ value: 'unknown', reasons: [{ code: 'flow-never-seen' }] });
    expect(answer.json).toMatchObject({ quartersValidated: 0, quartersPossible: 3 });
  });

  it('F100 I5 S1 the payment arrives by the bus: three quarters, up to date, and the answer says what it rests on', async () => {
    const account = nextAccount();
    await authors.send(registered(account), ...called(account), paid(account), completedThrough('2016-05-19', 1));
    await taken(account, 'collection', 3);
    await taken('flow/urssaf/payments', 'urssaf-sync', 1);
    expect((await benefits.rights(account)).json).toMatchObject({
      upToDate: { value: 'yes', reasons: [] },
      quarters: [{ year: 2016, validated: 3, possible: 3 }],
      quartersValidated: 3,
      restsOn: { vector: { affiliation: 1, collection: 3 }, flows: { 'flow/urssaf/payments': { 'urssaf-sync': 1 } } },
    });
  });

  it('F100 unpaid with every flow complete: no, with the instalment that is late, and no quarter', async () => {
    const account = nextAccount();
    await authors.send(registered(account), ...called(account));
    await taken(account, 'collection', 2);
    await taken('flow/urssaf/payments', 'urssaf-sync', 1);
    const answer = await benefits.rights(account);
    expect(upToDate(answer)).toMatchObject({ value: 'no', reasons: [{ code: 'instalment-late' }] });
    expect(answer.json['quartersValidated']).toBe(0);
  });

  it('I5 S21 the day asked decides: on 5 February nothing is late yet, on the 6th it is, in June the flow is not known so far', async () => {
    const account = nextAccount();
    await authors.send(registered(account), ...called(account));
    await taken(account, 'collection', 2);
    const on = async (day: string) => {
      const answer = await benefits.rights(account, { query: `?day=${day}` });
      expect(answer.json['day']).toBe(day);
      return upToDate(answer).value;
    };
    expect([await on('2016-02-05'), await on('2016-02-06'), await on('2016-06-30')]).toEqual(['yes', 'no', 'unknown']);
  });

  it('I3 I10 a fact said twice changes nothing, to the byte', async () => {
    const account = nextAccount();
    const facts = [registered(account), ...called(account), paid(account)];
    await authors.send(...facts);
    await taken(account, 'collection', 3);
    const before = await benefits.rights(account);
    const marker = nextAccount();
    await authors.send(...facts, ...facts, registered(marker));
    await taken(marker, 'affiliation', 1);
    expect((await benefits.rights(account)).text).toBe(before.text);
  });

  it('I10 R7 a hole in the numbers: it answers on what it holds without it, its author silent, and catches up when it is filled', async () => {
    const account = nextAccount();
    const [assessed, schedule] = called(account) as [Fact, Fact];
    const payment = paid(account);
    await authors.send(registered(account), assessed, payment);
    await taken(account, 'affiliation', 1);
    await eventually(async () => {
      const [row] = await benefits.database.query('SELECT count(*)::int AS n FROM benefits.set_aside WHERE stream = $1', [account]);
      return row?.['n'] === 1;
    });
    const partial = await benefits.rights(account);
    expect([partial.status, (partial.json['restsOn'] as { vector: unknown }).vector]).toEqual([200, { affiliation: 1, collection: 1 }]);
    await authors.send(schedule);
    await taken(account, 'collection', 3);
    expect((await benefits.rights(account)).json).toMatchObject({ quartersValidated: 3, upToDate: { value: 'yes' } });
  });

  it('I1 shows the same fingerprint as its own account view, and the standing agrees', async () => {
    const account = nextAccount();
    await authors.send(registered(account), ...called(account), paid(account));
    await taken(account, 'collection', 3);
    const { json } = await benefits.rights(account);
    const view = await benefits.get(`/api/benefits/v1/accounts/${account}/view`, askers.rsi13);
    const standing = await benefits.get(`/api/benefits/v1/accounts/${account}/standing`, askers.rsi13);
    expect((json['restsOn'] as { fingerprint: string }).fingerprint).toBe(view.json['fingerprint']);
    expect(standing.json['quarters']).toEqual(json['quarters']);
  });
});

describe('I9 — who may ask', () => {
  let account: string;
  beforeAll(async () => {
    account = nextAccount();
    await authors.send(registered(account));
    await taken(account, 'affiliation', 1);
  });

  // The row `rights.read` of policy.matrix.md, by hand: rights tell of health, which Urssaf never sees.
  it.each<[string, () => Claims | null, number]>([
    ['the person', () => insured(account), 200],
    ['an agent of the caisse', () => askers.rsi13, 200],
    ['a national agent of the RSI', () => askers.rsiNational, 200],
    ['the joint cell', () => askers.cell13, 200],
    ['a mediator', () => askers.mediator13, 200],
    ['an auditor', () => askers.auditor, 200],
    ['a service', () => askers.service, 200],
    ['an agent of another caisse', () => askers.rsi26, 404],
    ['another insured person', () => insured(unknownAccount), 404],
    ['an agent of Urssaf', () => askers.urssaf13, 403],
    ['a national agent of Urssaf', () => askers.urssafNational, 403],
    ['a prevention officer', () => askers.prevention13, 403],
    ['an operator', () => askers.operator, 403],
    ['nobody known', () => null, 401],
  ])('%s', async (_, as, status) => {
    expect((await benefits.rights(account, { as: as() })).status).toBe(status);
  });

  it('an account never heard of, and one out of reach, are the same to the byte', async () => {
    const withoutInstance = (text: string) => text.replace(/"instance":"[^"]*"/, '');
    const unknown = await benefits.rights(unknownAccount);
    const hidden = await benefits.rights(account, { as: askers.rsi26 });
    expect([unknown.status, unknown.json['code']]).toEqual([404, 'not-found']);
    expect(withoutInstance(hidden.text)).toBe(withoutInstance(unknown.text));
  });

  it.each([
    ['a day that is none', '?day=2015-02-29', 'day'],
    ['a day in the French manner', '?day=20/05/2016', 'day'],
    ['a parameter nobody knows', '?year=2016', 'year'],
    ['the day twice', '?day=2016-05-20&day=2016-05-21', 'day'],
  ])('I8 refuses %s', async (_, query, field) => {
    const { status, json } = await benefits.rights(account, { query });
    expect([status, json['code'], json['errors']]).toEqual([400, 'invalid-request', [expect.objectContaining({ field })]]);
  });

  it('I8 refuses an account whose key is wrong', async () => {
    expect((await benefits.rights('1300000000100')).status).toBe(400);
  });

  it('each look of somebody else enters the journal', async () => {
    const entries = await benefits.database.query(
      `SELECT sub, operation FROM benefits.access_journal WHERE account = $1 AND operation = 'rights.read' ORDER BY id`,
      [account],
    );
    expect(entries.map(({ sub }) => sub).slice(0, 5)).toEqual(['rsi:1', 'rsi:2', 'cell:1', 'rsi:3', 'isu:1']);
  });
});
