import { fakeSystem, type FakeSystem } from '../terminal/fake-system.spec-kit.js';
import { isu } from '../terminal/terminal.spec-kit.js';

const account = '1300000001231';
const missing = [{ service: 'benefits', author: 'collection', from: 5, to: 7 }];
const altered = { service: 'benefits', author: 'collection', seq: 4, id: 'x', type: 'collection.payment-posted.v1' };
const one = `POST /api/urssaf-sync/v1/accounts/${account}/reconciliation`;

let system: FakeSystem;
afterEach(() => system.close());
const reconcile = (...more: string[]) => isu(['reconcile', '--account', account, '--url', system.url, ...more]);

describe('isu reconcile', () => {
  it('says 0 when the copies and the books agree', async () => {
    system = await fakeSystem({
      [one]: { json: { account, copies: 'equal', difference: null, balances: { asOf: '2016-05-18', opened: 0, closed: 1, byType: {} } } },
    });
    expect(await reconcile()).toMatchObject({
      code: 0,
      out: 'Copies   les trois services montrent le même compte\nUrssaf   état au 18 mai 2016 : aucune différence ; 1 anomalie réglée\n',
    });
  });

  it('names the altered fact and the kind of each difference, with 4', async () => {
    system = await fakeSystem({
      [one]: {
        json: {
          ...{ account, copies: 'diverged', difference: { account, kind: 'diverged', missing: [], altered } },
          balances: { asOf: '2016-05-18', opened: 1, closed: 0, byType: { lost: 1 } },
        },
      },
    });
    const { code, out } = await reconcile();
    expect(code).toBe(4);
    expect(out).toContain('divergence : collection.payment-posted.v1 (collection 4) n’est pas chez benefits tel qu’il a été écrit');
    expect(out).toContain('perdu (1)');
  });

  it('gives programs the answer as it is', async () => {
    const answer = { account, copies: 'equal', difference: null, balances: null };
    system = await fakeSystem({ [one]: { json: answer } });
    expect(JSON.parse((await reconcile('--json')).out)).toEqual(answer);
  });

  it('of a day, for all accounts, by the jobs of the night: 0 when they found nothing, 4 when they did', async () => {
    const jobs = '/api/urssaf-sync/v1/jobs';
    const run = (job: string, figures: object) => ({
      id: job,
      job,
      date: '2016-05-19',
      state: 'done',
      done: 1,
      total: 1,
      figures,
      error: null,
    });
    const found = async (differences: number): Promise<number> => {
      const runs = [run('inside-reconciliation', { divergences: 0 }), run('outside-reconciliation', { différences: differences })];
      system = await fakeSystem({
        ...Object.fromEntries(
          ['affiliation', 'collection', 'benefits'].map((name) => [`GET /api/${name}/v1/jobs`, { json: { items: [] } }]),
        ),
        [`GET ${jobs}`]: { json: { items: runs.map(({ job }) => ({ name: job })) } },
        ...Object.fromEntries(runs.map((one) => [`POST ${jobs}/${one.job}/runs`, { status: 202, json: one }])),
      });
      const { code, out } = await isu(['reconcile', '--date', '2016-05-19', '--url', system.url]);
      expect(out).toContain(`outside-reconciliation, 19 mai 2016 : fait, différences : ${String(differences)}`);
      return code;
    };
    expect(await found(0)).toBe(0);
    await system.close();
    expect(await found(2)).toBe(4);
  });

  it('wants an account, or a day for all of them', async () => {
    system = await fakeSystem({});
    expect((await isu(['reconcile', '--url', system.url])).code).toBe(2);
    expect((await isu(['reconcile', '--account', '12', '--url', system.url])).code).toBe(2);
  });
});

describe('isu divergence', () => {
  it('says 0 while every copy agrees', async () => {
    system = await fakeSystem({ 'GET /api/urssaf-sync/v1/divergences': { json: { items: [] } } });
    expect(await isu(['divergence', '--url', system.url])).toMatchObject({
      code: 0,
      out: 'Aucune divergence : les copies de chaque compte concordent.\n',
    });
  });

  it('names what is altered and what is lacking, with 4 for a divergence', async () => {
    const items = [
      { account, kind: 'diverged', missing: [], altered },
      { account: '1300000001328', kind: 'in-flight', missing, altered: null },
    ];
    system = await fakeSystem({ 'GET /api/urssaf-sync/v1/divergences': { json: { items } } });
    const { code, out } = await isu(['divergence', '--in-flight', '--url', system.url]);
    expect(code).toBe(4);
    expect(out).toContain('tel qu’il a été écrit');
    expect(out).toContain('benefits n’a pas collection 5 à 7');
    expect(out).toContain('1 divergence\n');
    expect(JSON.parse((await isu(['divergence', '--in-flight', '--json', '--url', system.url])).out)).toEqual({ items });
  });
});
