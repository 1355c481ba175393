import type { AccountView } from '@isu/account';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { HttpHost, openEmbeddedBus, startService, systemClock, type RunningService } from '@isu/chassis';
import { canonicalJson, readPaymentReference, topicOf, type Author, type FactData, type FactType } from '@isu/contracts';
import type { Bus } from '@isu/messaging';
import { emptyDatabase, eventually, silentLogger, startTestIssuer, type EmptyDatabase, type TestIssuer } from '@isu/testing';
import { AccountNumber } from '@isu/values';
import { collection } from './index.js';

const account = AccountNumber.make('13', 1).toString();
const agent = { sub: 'agent:1', org: 'cell', role: 'agent', funds: ['13'], purpose: 'Appel du cotisant' };
const operator = { sub: 'operator:1', org: 'operator', role: 'operator' };

let database: EmptyDatabase;
let issuer: TestIssuer;
let host: HttpHost;
let bus: Bus;
let service: RunningService;
let base: string;

beforeAll(async () => {
  [database, issuer] = await Promise.all([emptyDatabase(), startTestIssuer(systemClock())]);
  const variables = {
    ISU_DATABASE_URL: database.url,
    ISU_ROLE_PREFIX: 'isu_collection_spec',
    ISU_TODAY: '2016-05-20',
    ISU_ISSUER: issuer.url,
    ISU_KEY_RING_FILE: join(mkdtempSync(join(tmpdir(), 'isu-collection-')), 'keys.json'),
    ISU_WITHOUT_READERS: 'affiliation,benefits,urssaf-sync',
  };
  host = new HttpHost({ expects: ['collection'] });
  const { port } = await host.listen(0, '127.0.0.1');
  base = `http://127.0.0.1:${port}`;
  bus = await openEmbeddedBus(variables, silentLogger, { pollMs: 20 });
  service = await startService(collection, { variables, bus, http: host, log: silentLogger });
  await tell('affiliation.registered.v1', { group: 'commercant', regime: 'common', startedOn: '2010-01-01', fund: '13' });
  await eventually(async () => (await ask('GET', 'incomes')).status === 200, { withinMs: 10_000 });
});

afterAll(async () => {
  await service?.stop();
  await host?.close();
  await bus?.close();
  await issuer?.stop();
  await database?.close();
});

const seqs = new Map<string, number>();

/** Another service publishes a fact about the account. */
async function tell<T extends FactType>(type: T, data: FactData<T>): Promise<void> {
  const author = type.slice(0, type.indexOf('.')) as Author;
  const seq = (seqs.get(author) ?? 0) + 1;
  seqs.set(author, seq);
  const envelope = {
    ...{ specversion: '1.0', id: randomUUID().replace(/^(.{14})./, '$17'), source: `/isu/${author}`, type, subject: account },
    ...{ time: '2016-05-20T10:00:00.000Z', datacontenttype: 'application/json', seq, previous: null, position: String(seq) },
    ...{ effectiveon: '2016-05-20', correlation: randomUUID(), cause: null, data },
  };
  await bus.publish([{ topic: topicOf(author), key: account, bytes: new TextEncoder().encode(canonicalJson(envelope)) }]);
}

interface Asked {
  readonly body?: unknown;
  readonly as?: Record<string, unknown>;
  readonly key?: string;
}

async function ask(method: string, path: string, { body, as = agent, key }: Asked = {}) {
  const address = path.startsWith('/') ? path : `/accounts/${account}/${path}`;
  const answer = await fetch(`${base}/api/collection/v1${address}`, {
    method,
    headers: {
      authorization: await issuer.bearer(as),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  const isJson = (answer.headers.get('content-type') ?? '').includes('json');
  return { status: answer.status, json: (isJson ? JSON.parse(text) : {}) as Record<string, never>, text };
}

const remission = { reason: 'Maladie', externalEvent: false };
const declaration = { year: 2015, amount: '26000', source: 'agent' };

describe('the face of collection', () => {
  it('F54 declares, assesses, explains and calls in one request, once per key', async () => {
    const key = randomUUID();
    const first = await ask('POST', 'incomes', { body: declaration, key });
    expect(first).toMatchObject({
      status: 201,
      json: {
        income: { year: 2015, amount: '26000', declaredOn: '2016-05-20', source: 'agent' },
        assessments: [
          { year: 2015, stage: 'definitive', version: 1, total: '12016' },
          { year: 2016, stage: 'adjusted', version: 1, total: '12087' },
        ],
        schedules: [{ year: 2016, version: 1 }],
      },
    });
    expect(await ask('POST', 'incomes', { body: declaration, key })).toEqual(first);
    expect((await ask('GET', 'incomes')).json['incomes']).toHaveLength(1);

    const { json } = await ask('GET', 'assessments/2016');
    expect(json).toMatchObject({ stage: 'adjusted', total: '12087', income: { amount: '26000' }, explanation: { total: '12087' } });
  });

  it('N2 F23 shows the versions of a year, and that the joint cell’s word stands behind the income', async () => {
    expect(await ask('GET', 'assessments/2016/versions')).toMatchObject({
      status: 200,
      json: {
        account,
        year: 2016,
        versions: [
          {
            ...{ version: 1, stage: 'adjusted', total: '12087', explanation: { total: '12087' } },
            restsOn: [{ author: 'collection', source: 'agent', organisation: 'cell', year: 2015, amount: '26000', heardFrom: null }],
          },
        ],
      },
    });
    expect((await ask('GET', 'assessments/2012/versions')).json).toEqual({ account, year: 2012, versions: [] });
  });

  it('F29 F33 shows the calendar, and the due dates between two days, each date with the reference to quote: 12 016 + 12 087 € over seven dates', async () => {
    const { json } = await ask('GET', 'schedules/2016');
    const instalments = json['instalments'] as unknown as { id: string; dueOn: string; amount: string; reference: string }[];
    // 2016: 11 992 / 7 = 1 713 and 1 714, the training of 95 on the first; 2015: (12 016 − 94) / 7 = 1 703 and 1 704, 94 on the first.
    expect(instalments.map(({ id, amount }) => `${id} ${amount}`)).toEqual([
      '2016-06 3605',
      ...['07', '08', '09', '10', '11'].map((month) => `2016-${month} 3416`),
      '2016-12 3418',
    ]);
    expect(readPaymentReference(instalments[0]?.reference ?? '')).toEqual({ account, instalment: '2016-06' });
    const between = (await ask('GET', 'instalments?from=2016-06-01&to=2016-07-31')).json['instalments'] as unknown as { id: string }[];
    expect(between.map(({ id }) => id)).toEqual(['2016-06', '2016-07']);
  });

  it('F31 places what the partner reports, and shows it, in the periods too (F16, F17)', async () => {
    await tell('urssaf-sync.payment-reported.v1', {
      ...{
        flow: 'urssaf/payments',
        batch: '1',
        line: 2,
        partnerReference: 'URS-1',
        amount: '100.50',
        valueOn: '2016-05-20',
        means: 'transfer',
      },
    });
    const payments = async () => (await ask('GET', 'payments?from=2016-05-01')).json['payments'] as unknown as { credit: string }[];
    await eventually(async () => (await payments()).length === 1, { withinMs: 10_000 });
    expect((await payments())[0]?.credit).toBe('100.50');

    expect((await ask('POST', '/accounting-days/2016-05-20/close', { as: operator })).status).toBe(200);
    const { json } = await ask('GET', 'periods');
    // 12 016 + 12 087 = 24 103 called, nothing due yet: 100,50 of credit.
    expect(json['current']).toMatchObject({ credit: '100.50', balance: '24002.50' });
    expect(json['closed']).toMatchObject({ accountingDay: '2016-05-20', balance: '24002.50' });
    expect(((await ask('GET', 'view')).json['book'] as unknown as { balance: unknown }).balance).toMatchObject({
      remaining: '24103',
      credit: '100.50',
    });
  });

  it('I7 F17 tells the same as it was known that day, prints it, and gives the journal whose last balance it is', async () => {
    const { json } = await ask('GET', 'periods?on=2016-05-20');
    expect(json).toMatchObject({ account, knownOn: '2016-05-20', current: { balance: '24002.50' } });
    expect((await ask('GET', 'statement/pdf?on=2016-05-20')).text.slice(0, 5)).toBe('%PDF-');
    const { text } = await ask('GET', 'journal/csv?on=2016-05-20');
    expect(text.trimEnd().split('\r\n').at(-1)).toMatch(/;Paiement;Crédit;;;Banque;;100,50;24002,50;$/);
  });

  it('F17 shows an agent the accounting days: closed by whom, open, balanced, and where the job stands; nobody’s account', async () => {
    const { status, json } = await ask('GET', '/accounting-days?limit=1');
    expect([status, json]).toMatchObject([
      200,
      {
        ...{ today: '2016-05-20', open: [{ day: '2016-05-21', transactions: 0 }], openCount: 1, next: null },
        closed: [{ day: '2016-05-20', closedBy: { run: null, askedBy: 'operator:1' } }],
        job: { nextOn: '2016-05-21', daysBehind: 0, last: null },
        toMatch: { count: 0, total: '0', oldestOn: null },
      },
    ]);
    const zero = (json['balances'] as unknown as { balance: string }[]).reduce(
      (sum, { balance }) => sum + Math.round(Number(balance) * 100),
      0,
    );
    expect(zero).toBe(0);
    const day = await ask('GET', '/accounting-days/2016-05-20');
    // 12 016 + 12 087 called, 100,50 received.
    expect(day).toMatchObject({
      status: 200,
      json: {
        ...{ state: 'closed', total: '24203.50' },
        acts: [
          { reason: 'assessment', transactions: 2, total: '24103' },
          { reason: 'payment', transactions: 1, total: '100.50' },
        ],
      },
    });
    expect((await ask('GET', '/accounting-days/2016-05-23')).status).toBe(404);
  });

  it('F33 R11 changes the periodicity: the total of the calendar stays to the cent, and twenty identical wishes at once are one change', async () => {
    const total = async () => {
      const { instalments } = (await ask('GET', 'schedules/2016')).json as unknown as { instalments: { amount: string }[] };
      return instalments.reduce((sum, { amount }) => sum + Math.round(Number(amount) * 100), 0);
    };
    expect(await total()).toBe(2_410_300);
    const wishes = await Promise.all(Array.from({ length: 20 }, () => ask('PUT', 'periodicity', { body: { periodicity: 'quarterly' } })));
    expect(wishes.map(({ status }) => status)).toEqual(Array<number>(20).fill(204));
    expect(await total()).toBe(2_410_300);
    expect((await ask('GET', 'schedules/2016')).json).toMatchObject({ version: 2, periodicity: 'quarterly' });
  });

  it('runs the yearly calls for the operator', async () => {
    expect(await ask('POST', '/runs/provisional', { as: operator, body: { year: 2017 } })).toMatchObject({
      status: 200,
      json: { year: 2017, seen: 1, called: 1 },
    });
    expect(await ask('GET', '/runs/provisional/2017', { as: operator })).toMatchObject({ status: 200, json: { seen: 1 } });
  });
});

describe('F104 — surcharges over HTTP', () => {
  it('F104 says what has accrued, what was notified and what holds the rest', async () => {
    const { status, json } = await ask('GET', 'surcharges');
    expect([status, json]).toMatchObject([200, { account, day: '2016-05-20', notified: [], remaining: '0', remissions: [] }]);
    expect(json.holds).toEqual(json.accrued === '0' ? [] : expect.arrayContaining([{ code: 'flow-never-seen', text: expect.any(String) }]));
  });
});

describe('F56 — credit and refunds over HTTP', () => {
  it('F56 says the credit of the account, what becomes of it and by which rules; set on the due dates, there is none any more', async () => {
    const view = (await ask('GET', 'view')).json as unknown as AccountView;
    const { status, json } = await ask('GET', 'refunds');
    expect([status, json]).toMatchObject([200, { account, credit: view.book.balance.credit, choice: null, refunds: [] }]);
    expect(JSON.stringify(json)).toContain('En dessous de 41,00');
    const chosen = await ask('PUT', 'refund-choice', { body: { choice: 'next-instalments' } });
    expect(chosen).toMatchObject({ status: 200, json: { account, credit: '0', step: 'none', dueBy: null, choice: 'next-instalments' } });
    expect(await ask('GET', '/refunds?kind=overdue')).toMatchObject({ status: 200, json: { refunds: [], next: null } });
  });
});

describe('I8 I9 — what is refused', () => {
  it.each<[string, number, string, string, string, Asked]>([
    ['a declaration without a key', 400, 'idempotency-key-missing', 'POST', 'incomes', { body: declaration }],
    [
      'an amount in cents of a comma',
      400,
      'invalid-request',
      'POST',
      'incomes',
      { body: { ...declaration, amount: '26000,00' }, key: 'k1' },
    ],
    ['a year without a rule', 422, 'income-year-not-priced', 'POST', 'incomes', { body: { ...declaration, year: 2011 }, key: 'k2' }],
    ['a declaration for the year before its end', 422, 'declaration-day-impossible', 'POST', 'incomes', { body: { ...declaration, declaredOn: '2015-12-31' }, key: 'k3' }], // prettier-ignore
    ['a declaration of tomorrow', 422, 'declaration-day-impossible', 'POST', 'incomes', { body: { ...declaration, declaredOn: '2016-05-21' }, key: 'k4' }], // prettier-ignore
    ['a periodicity nobody knows', 400, 'invalid-request', 'PUT', 'periodicity', { body: { periodicity: 'weekly' } }],
    ['an account of another region', 404, 'not-found', 'GET', 'periods', { as: { ...agent, funds: ['14'] } }],
    ['an account that nobody has opened', 404, 'not-found', 'GET', `/accounts/${AccountNumber.make('13', 2).toString()}/periods`, {}],
    ['what will be known tomorrow', 422, 'known-day-not-come', 'GET', 'periods?on=2016-05-21', {}],
    ['what was known before the account was', 422, 'account-not-known-yet', 'GET', 'journal/csv?on=2016-05-19', {}],
    ['what was known on no day of the calendar', 400, 'invalid-request', 'GET', 'statement/pdf?on=2015-02-29', {}],
    ['the journal of an account of another region', 404, 'not-found', 'GET', 'journal/csv', { as: { ...agent, funds: ['14'] } }],
    ['the journal of somebody else', 404, 'not-found', 'GET', 'journal/csv', { as: { sub: 'insured:2', org: 'isu', role: 'insured', account: AccountNumber.make('13', 2).toString() } }], // prettier-ignore
    ['the versions of what is no year', 400, 'invalid-request', 'GET', 'assessments/20166/versions', {}],
    ['the versions of an account of another region', 404, 'not-found', 'GET', 'assessments/2016/versions', { as: { ...agent, funds: ['14'] } }], // prettier-ignore
    ['a year that was never called', 404, 'not-found', 'GET', 'schedules/2012', {}],
    ['accounting days before no day', 400, 'invalid-request', 'GET', '/accounting-days?before=2016-13-01', {}],
    ['accounting days to who is insured', 403, 'forbidden', 'GET', '/accounting-days', { as: { sub: 'insured:1', org: 'isu', role: 'insured', account } }], // prettier-ignore
    ['a close by an agent', 403, 'forbidden', 'POST', '/accounting-days/2016-05-21/close', {}],
    ['a close of a day to come', 422, 'day-not-come', 'POST', '/accounting-days/2016-05-21/close', { as: operator }],
    ['a run by an agent', 403, 'forbidden', 'POST', '/runs/provisional', { body: { year: 2016 } }],
    ['a run of a year long past', 422, 'run-year-out-of-reach', 'POST', '/runs/provisional', { as: operator, body: { year: 2014 } }],
    ['a remission where nothing was charged', 409, 'no-surcharge-to-remit', 'POST', 'surcharge-remissions', { body: remission, key: 'k6' }],
    [
      'a remission without its reason',
      400,
      'invalid-request',
      'POST',
      'surcharge-remissions',
      { body: { externalEvent: false }, key: 'k7' },
    ],
    ['a decision on a remission that nobody asked for', 404, 'not-found', 'POST', 'surcharge-remission-decisions', { body: { remission: randomUUID(), granted: true, reason: 'Bonne foi' }, key: 'k8' }], // prettier-ignore
    ['a decision on a remission by the auditor', 403, 'forbidden', 'POST', 'surcharge-remission-decisions', { as: { sub: 'auditor:1', org: 'isu', role: 'auditor' }, body: { remission: randomUUID(), granted: true, reason: 'Bonne foi' }, key: 'k9' }], // prettier-ignore
    ['the examination of a debit that nobody sent', 404, 'not-found', 'POST', 'debit-examinations', { body: { debit: 'ISU-0', action: 'reopen', reason: 'Vu à la banque' }, key: 'k12' }], // prettier-ignore
    ['an examination that finds a death', 400, 'invalid-request', 'POST', 'debit-examinations', { body: { debit: 'ISU-0', action: 'freeze-account', reason: 'Vu à la banque' }, key: 'k13' }], // prettier-ignore
    ['an examination by the auditor', 403, 'forbidden', 'POST', 'debit-examinations', { as: { sub: 'auditor:1', org: 'isu', role: 'auditor' }, body: { debit: 'ISU-0', action: 'reopen', reason: 'Vu à la banque' }, key: 'k14' }], // prettier-ignore
    ['a choice that nobody knows', 400, 'invalid-request', 'PUT', 'refund-choice', { body: { choice: 'keep' } }],
    ['a list of refunds of no kind', 400, 'invalid-request', 'GET', '/refunds', {}],
    ['the approval of a refund that nobody proposed', 404, 'not-found', 'POST', 'refund-approvals', { body: { refund: randomUUID() }, key: 'k10' }], // prettier-ignore
    ['the approval of a refund by the auditor', 403, 'forbidden', 'POST', 'refund-approvals', { as: { sub: 'auditor:1', org: 'isu', role: 'auditor' }, body: { refund: randomUUID() }, key: 'k11' }], // prettier-ignore
    ['a declaration by the auditor', 403, 'forbidden', 'POST', 'incomes', { as: { sub: 'auditor:1', org: 'isu', role: 'auditor' }, body: declaration, key: 'k5' }], // prettier-ignore
  ])('%s: %d %s', async (...[, status, code, method, path, asked]) => {
    const before = await database.query('SELECT count(*) FROM collection.fact');
    expect(await ask(method, path, asked)).toMatchObject({ status, json: { code } });
    expect(await database.query('SELECT count(*) FROM collection.fact')).toEqual(before);
  });
});
