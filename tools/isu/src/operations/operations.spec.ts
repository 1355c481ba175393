import { fakeSystem, type FakeSystem } from '../terminal/fake-system.spec-kit.js';
import { isu } from '../terminal/terminal.spec-kit.js';

const item = {
  id: 'isu.urssaf-sync~3~128',
  origin: 'isu.urssaf-sync/3/128',
  author: 'urssaf-sync',
  stream: '1300000001231',
  seq: 4,
  state: 'parked',
  attempts: 8,
  nextTryAt: null,
  error: 'Error: the ledger refuses\n    at somewhere',
  since: '2016-05-20T09:00:00.000Z',
};
const empty = { json: { items: [] } };
const lists = {
  'GET /api/affiliation/v1/set-aside': empty,
  'GET /api/collection/v1/set-aside': { json: { items: [item] } },
  'GET /api/benefits/v1/set-aside': empty,
  'GET /api/urssaf-sync/v1/set-aside': empty,
};

let system: FakeSystem;
afterEach(() => system.close());

describe('isu parked', () => {
  it('lists what every service has set aside, each with the name that the other commands take', async () => {
    system = await fakeSystem(lists);
    const { code, out } = await isu(['parked', 'list', '--url', system.url]);
    expect(code).toBe(0);
    expect(out).toContain('collection/isu.urssaf-sync~3~128');
    expect(out).toContain('garé');
    expect(out).toContain('Error: the ledger refuses');
    expect(out).not.toContain('at somewhere');
    expect(out).toContain('1 fait de côté');
  });

  it('says so when nothing is', async () => {
    system = await fakeSystem({ ...lists, 'GET /api/collection/v1/set-aside': empty });
    expect((await isu(['parked', 'list', '--url', system.url])).out).toBe('Rien n’est mis de côté.\n');
  });

  it('shows one with the fact as it came', async () => {
    const detail = { ...item, factId: 'x', envelope: '{"seq":4}', raw: null };
    system = await fakeSystem({ 'GET /api/collection/v1/set-aside/isu.urssaf-sync~3~128': { json: detail } });
    const { out } = await isu(['parked', 'show', 'collection/isu.urssaf-sync~3~128', '--url', system.url]);
    expect(out).toContain('"seq": 4');
  });

  it('retries and gives up as the operator, with the reason', async () => {
    system = await fakeSystem({
      'POST /api/collection/v1/set-aside/isu.urssaf-sync~3~128/retry': { status: 202, json: {} },
      'POST /api/collection/v1/set-aside/isu.urssaf-sync~3~128/give-up': { json: {} },
    });
    const name = 'collection/isu.urssaf-sync~3~128';
    expect((await isu(['parked', 'retry', name, '--url', system.url])).code).toBe(0);
    expect((await isu(['parked', 'give-up', name, '--reason', 'Fait de test du 20 mai', '--url', system.url])).code).toBe(0);
    expect(system.received.map(({ asker }) => asker.get('role'))).toEqual(['operator', 'operator']);
    expect(JSON.parse(system.received[1]?.body ?? '')).toEqual({ reason: 'Fait de test du 20 mai' });
  });

  it('refuses a name that the list would not print', async () => {
    system = await fakeSystem({});
    expect((await isu(['parked', 'show', 'nowhere', '--url', system.url])).code).toBe(2);
    expect((await isu(['parked', 'show', 'portal/x', '--url', system.url])).code).toBe(2);
  });
});

describe('isu resend', () => {
  it('asks a service, as the operator, to send its facts again from a position on', async () => {
    system = await fakeSystem({ 'POST /api/collection/v1/facts/resend': { status: 202, json: { queued: 1204 } } });
    const { code, out } = await isu(['resend', '--service', 'collection', '--from', '0', '--url', system.url]);
    expect([code, out.replace(/\s/g, ' ')]).toEqual([0, 'collection renvoie 1 204 faits. ']);
    expect([system.received[0]?.asker.get('role'), JSON.parse(system.received[0]?.body ?? '')]).toEqual(['operator', { from: '0' }]);
  });

  it('refuses a service or a position that is none', async () => {
    system = await fakeSystem({});
    expect((await isu(['resend', '--service', 'portail', '--from', '0', '--url', system.url])).code).toBe(2);
    expect((await isu(['resend', '--service', 'collection', '--from', '-1', '--url', system.url])).code).toBe(2);
  });
});

describe('isu close-day', () => {
  it('closes the day as the operator', async () => {
    system = await fakeSystem({ 'POST /api/collection/v1/accounting-days/2016-05-19/close': { json: { day: '2016-05-19' } } });
    const { code, out } = await isu(['close-day', '2016-05-19', '--url', system.url]);
    expect([code, out]).toEqual([0, 'La journée comptable du 19 mai 2016 est arrêtée.\n']);
  });

  it('tells a refusal in its own words with 1; a day that is none, with 2', async () => {
    const problem = { status: 409, json: { code: 'day-not-next', title: 'Trop tôt', detail: 'Les journées se ferment dans l’ordre.' } };
    system = await fakeSystem({ 'POST /api/collection/v1/accounting-days/2016-05-19/close': problem });
    const refused = await isu(['close-day', '2016-05-19', '--url', system.url]);
    expect([refused.code, refused.err]).toEqual([1, 'Refusé : Les journées se ferment dans l’ordre.\n']);
    expect((await isu(['close-day', '2016-02-30', '--url', system.url])).code).toBe(2);
  });
});

describe('isu token', () => {
  it('prints the token alone, so that it can stand in a command', async () => {
    system = await fakeSystem({});
    expect(await isu(['token', '--role', 'agent', '--region', '13', '--url', system.url])).toEqual({ code: 0, out: 'token-0\n', err: '' });
  });

  it('is refused a role that does not exist', async () => {
    system = await fakeSystem({});
    const { code, err } = await isu(['token', '--role', 'boss', '--url', system.url]);
    expect(code).toBe(1);
    expect(err).toContain('claim-role');
  });
});
