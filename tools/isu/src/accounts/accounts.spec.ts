import { fakeSystem, type FakeSystem } from '../terminal/fake-system.spec-kit.js';
import { isu } from '../terminal/terminal.spec-kit.js';

const account = '1300000001231';
const balance = { called: '1690', paid: '1000', remaining: '690', surcharges: '0', credit: '0', inTransit: '0' };
const book = {
  person: {
    group: 'commercant',
    regime: 'common',
    startedOn: '2012-03-01',
    fund: '13',
    birthYear: null,
    endedOn: null,
    bankDetailsVersion: null,
  },
  periods: [
    {
      year: 2016,
      stage: 'definitive',
      called: '1690',
      paid: '1000',
      remaining: '690',
      lines: [],
      surcharges: { called: '0', paid: '0', remaining: '0' },
    },
  ],
  balance,
};
const viewOn = (collection: number, fingerprint: string) => ({
  json: { account, fold: 3, vector: { affiliation: 1, collection }, book, fingerprint },
});
const fact = (author: string, seq: number, time: string, type = 'something') => ({
  source: `/isu/${author}`,
  type: `${author}.${type}.v1`,
  subject: account,
  seq,
  time,
  effectiveon: '2016-05-19',
});
const standing = {
  json: {
    day: '2016-05-20',
    due: '690',
    late: '0',
    credit: '0',
    inTransit: '0',
    nextDue: { instalment: '2016-06', dueOn: '2016-06-06', amount: '690' },
    upToDate: 'unknown',
    reasons: [{ code: 'flow-never-seen', text: 'On attend le premier flux.' }],
    quarters: [],
    flows: {},
  },
};
const rights = { json: { upToDate: { value: 'unknown', reasons: [] }, quartersValidated: 3, quartersPossible: 4 } };
const path = (service: string, rest: string): string => `GET /api/${service}/v1/accounts/${account}/${rest}`;

let system: FakeSystem;
afterEach(() => system.close());

describe('isu account', () => {
  const alike = {
    [path('collection', 'view')]: viewOn(7, 'f'.repeat(64)),
    [path('benefits', 'view')]: viewOn(7, 'f'.repeat(64)),
    [path('urssaf-sync', 'view')]: viewOn(7, 'f'.repeat(64)),
    [path('collection', 'standing')]: standing,
    [path('benefits', 'rights')]: rights,
  };

  it('F48 F52 shows the account, its standing, its rights and that the three services agree', async () => {
    system = await fakeSystem(alike);
    const { code, out } = await isu(['account', '13 000000012 31', '--url', system.url]);
    expect(code).toBe(0);
    const plain = out.replace(/[\u00a0\u202f]/gu, ' ');
    expect(plain).toContain('Compte 13 000000012 31');
    expect(plain).toMatch(/Reste +690 €/);
    expect(plain).toMatch(/À jour +inconnu/);
    expect(plain).toContain('On attend le premier flux.');
    expect(plain).toContain('3 sur 4 possibles');
    expect(plain).toContain('Les trois services montrent le même compte.');
  });

  it('I9 asks as a national agent of the RSI and says why', async () => {
    system = await fakeSystem(alike);
    await isu(['account', account, '--url', system.url]);
    const askers = system.received.map(({ asker }) => [asker.get('role'), asker.get('org'), (asker.get('purpose') ?? '').length > 3]);
    expect(new Set(askers.map(String))).toEqual(new Set(['agent-national,rsi,true']));
  });

  it('F48 names the facts that a service lacks, and ends with 4', async () => {
    system = await fakeSystem({
      ...alike,
      [path('benefits', 'view')]: viewOn(6, 'e'.repeat(64)),
      'GET /api/collection/v1/facts': { ndjson: [fact('collection', 7, '2016-05-20T10:00:00.000Z', 'payment-posted')] },
    });
    const { code, out } = await isu(['account', account, '--url', system.url]);
    expect(code).toBe(4);
    expect(out).toContain('benefits n’a pas encore le fait 7 de collection, que collection connaît :');
    expect(out).toContain('7  payment-posted.v1');
    expect(system.received.find(({ path: asked }) => asked.includes('/facts'))?.path).toContain(`stream=${account}&from=7&to=7`);
  });

  it('tells programs the same, with the view', async () => {
    system = await fakeSystem(alike);
    const { out } = await isu(['account', account, '--json', '--url', system.url]);
    expect(JSON.parse(out)).toMatchObject({
      account,
      agreement: { agrees: true },
      view: { vector: { collection: 7 } },
      rights: { quartersValidated: 3 },
    });
  });

  it('refuses an account that nobody knows with 1, a wrong number with 2', async () => {
    system = await fakeSystem({});
    expect((await isu(['account', account, '--url', system.url])).code).toBe(1);
    expect((await isu(['account', '1300000001299', '--url', system.url])).code).toBe(2);
  });

  it('ends with 3 when nothing answers there, and tells programs so', async () => {
    system = await fakeSystem({});
    const { code, out } = await isu(['account', account, '--json', '--url', 'http://127.0.0.1:9']);
    expect(code).toBe(3);
    expect(JSON.parse(out)).toMatchObject({ problem: { code: 'system-unreachable' } });
  });
});

describe('isu facts', () => {
  it('lists every author’s facts in the order in which they were recorded', async () => {
    system = await fakeSystem({
      'GET /api/benefits/v1/facts': ({ path: asked }) => {
        const author = new URLSearchParams(asked.split('?')[1]).get('author');
        if (author === 'affiliation') return { ndjson: [fact('affiliation', 1, '2016-05-20T09:00:00.000Z', 'registered')] };
        if (author === 'collection') return { ndjson: [fact('collection', 1, '2016-05-20T09:00:02.000Z', 'account-opened')] };
        if (author === 'urssaf-sync') return { ndjson: [fact('urssaf-sync', 1, '2016-05-20T09:00:01.000Z', 'payment-reported')] };
        return { ndjson: [] };
      },
    });
    const { code, out } = await isu(['facts', account, '--known-by', 'benefits', '--json', '--url', system.url]);
    expect(code).toBe(0);
    const types = out
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { type: string }).type);
    expect(types).toEqual(['affiliation.registered.v1', 'urssaf-sync.payment-reported.v1', 'collection.account-opened.v1']);
  });

  it('asks on until a page is not full', async () => {
    const from = (asked: string) => Number(new URLSearchParams(asked.split('?')[1]).get('from'));
    const numbered = (first: number, count: number) =>
      Array.from({ length: count }, (_, i) => fact('collection', first + i, '2016-05-20T09:00:00.000Z'));
    system = await fakeSystem({
      'GET /api/collection/v1/facts': ({ path: asked }) =>
        asked.includes('author=collection') ? { ndjson: numbered(from(asked), from(asked) === 1 ? 500 : 3) } : { ndjson: [] },
    });
    const { out } = await isu(['facts', account, '--json', '--url', system.url]);
    expect(out.trim().split('\n')).toHaveLength(503);
  });

  it('refuses what is neither an account nor a flow, and an unknown service', async () => {
    system = await fakeSystem({});
    expect((await isu(['facts', 'nobody', '--url', system.url])).code).toBe(2);
    expect((await isu(['facts', account, '--known-by', 'portal', '--url', system.url])).code).toBe(2);
  });
});
