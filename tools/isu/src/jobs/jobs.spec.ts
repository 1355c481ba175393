import { fakeSystem, type FakeSystem } from '../terminal/fake-system.spec-kit.js';
import { isu } from '../terminal/terminal.spec-kit.js';

const run = {
  ...{
    id: '01890000-0000-7000-8000-000000000001',
    job: 'inside-reconciliation',
    date: '2016-05-19',
    origin: 'by-hand',
    askedBy: 'operator:1',
  },
  ...{
    askedAt: '2016-05-20T02:00:00.000Z',
    state: 'done',
    attempts: 1,
    startedAt: '2016-05-20T02:00:00.000Z',
    endedAt: '2016-05-20T02:00:01.000Z',
  },
  ...{ done: 3, total: 3, figures: { 'comptes regardés': 3, divergences: 0 }, error: null },
};
const job = {
  name: 'inside-reconciliation',
  title: 'Rapprochement interne',
  calendar: 'chaque jour ouvré',
  nextOn: '2016-05-20',
  daysBehind: 0,
  last: run,
};
const nothing = { json: { items: [] } };
const lists = {
  'GET /api/affiliation/v1/jobs': nothing,
  'GET /api/collection/v1/jobs': nothing,
  'GET /api/benefits/v1/jobs': nothing,
  'GET /api/urssaf-sync/v1/jobs': { json: { items: [job] } },
};

let system: FakeSystem;
afterEach(() => system.close());

describe('isu job', () => {
  it('lists what every service owes, with its calendar and its last run', async () => {
    system = await fakeSystem(lists);
    const { code, out } = await isu(['job', 'list', '--url', system.url]);
    expect(code).toBe(0);
    expect(out).toContain('inside-reconciliation  urssaf-sync  chaque jour ouvré  20 mai 2016');
    expect(out).toContain('19 mai 2016 : fait');
  });

  it('asks for a date as the operator and follows the run to its end', async () => {
    const path = '/api/urssaf-sync/v1/jobs/inside-reconciliation/runs';
    system = await fakeSystem({
      ...lists,
      [`POST ${path}`]: { status: 202, json: { ...run, state: 'waiting' } },
      [`GET ${path}/${run.id}`]: { json: run },
    });
    const { code, out } = await isu(['job', 'run', 'inside-reconciliation', '--date', '2016-05-19', '--url', system.url]);
    expect([code, out]).toEqual([0, 'inside-reconciliation, 19 mai 2016 : fait, comptes regardés : 3 ; divergences : 0\n']);
    const asked = system.received.find(({ body }) => body !== '');
    expect([asked?.asker.get('role'), JSON.parse(asked?.body ?? '')]).toEqual(['operator', { date: '2016-05-19' }]);
  });

  it('says 1 when the date is refused or fails, in its words', async () => {
    const path = '/api/urssaf-sync/v1/jobs/inside-reconciliation/runs';
    system = await fakeSystem({
      ...lists,
      [`POST ${path}`]: { status: 202, json: { ...run, state: 'refused', error: 'Journée à venir.' } },
    });
    const { code, out } = await isu(['job', 'run', 'inside-reconciliation', '--date', '2016-05-19', '--url', system.url]);
    expect([code, out]).toEqual([1, 'inside-reconciliation, 19 mai 2016 : refusé, Journée à venir.\n']);
  });

  it('tells what was done, date by date, and for programs as JSON', async () => {
    system = await fakeSystem({
      ...lists,
      'GET /api/urssaf-sync/v1/jobs/inside-reconciliation/runs': { json: { items: [run], next: null } },
    });
    expect((await isu(['job', 'history', 'inside-reconciliation', '--url', system.url])).out).toContain('19 mai 2016  fait  operator:1');
    const { out } = await isu(['job', 'history', 'inside-reconciliation', '--json', '--url', system.url]);
    expect(JSON.parse(out)).toEqual({ items: [run], next: null });
  });

  it('refuses a job or a day that is none', async () => {
    system = await fakeSystem(lists);
    expect((await isu(['job', 'run', 'nothing', '--date', '2016-05-19', '--url', system.url])).code).toBe(2);
    expect((await isu(['job', 'run', 'inside-reconciliation', '--date', '2016-02-30', '--url', system.url])).code).toBe(2);
  });
});
