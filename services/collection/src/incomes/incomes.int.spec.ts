import { Collection } from '../collection.spec-kit.js';
import { incomesOf } from './income.table.js';

let collection: Collection;
beforeAll(async () => {
  collection = await Collection.start();
});
afterAll(() => collection?.close());
beforeEach(() => collection.on('2016-05-20'));

const factsSaid = async (account: string): Promise<number> => (await collection.saidOf(account)).length;

describe('I8 — a declaration that cannot be is refused, with what to do instead, and changes nothing', () => {
  it.each([
    [
      'of a micro-entrepreneur, who declares a turnover',
      { regime: 'micro-social' as const, startedOn: '2015-01-01' },
      2015,
      'income-of-micro-entrepreneur',
    ],
    ['of the current year, which is estimated', {}, 2016, 'income-year-not-over'],
    ['of a year to come', {}, 2017, 'income-year-not-over'],
    ['of a year before the start', { startedOn: '2015-03-01' }, 2014, 'income-before-start'],
    ['of a year whose rules are not known', { startedOn: '2009-01-01' }, 2011, 'income-year-not-priced'],
  ])('%s', async (_, registered, year, code) => {
    const account = await collection.register(undefined, registered);
    const before = await factsSaid(account);
    await expect(collection.declare(account, year, '26000')).rejects.toMatchObject({ code, status: 422 });
    expect(await factsSaid(account)).toBe(before);
  });

  it('of a year after the one in which the activity ended', async () => {
    const account = await collection.register(undefined, { startedOn: '2013-01-01' });
    await collection.hear('affiliation.ended.v1', [{ account, data: { on: '2014-04-30', cause: 'cessation' } }]);
    await expect(collection.declare(account, 2015, '26000')).rejects.toMatchObject({ code: 'income-after-end' });
  });

  it('of more than a billion euros, and on an account that nobody has opened', async () => {
    const account = await collection.register();
    await expect(collection.declare(account, 2015, '1000000000')).rejects.toMatchObject({ code: 'income-out-of-proportion' });
    await expect(collection.declare(collection.nextAccount(), 2015, '26000')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('I1 — an income is corrected by a new one that names it', () => {
  it('assesses again on the correction, and only what changed is called', async () => {
    const account = await collection.register();
    const first = await collection.declare(account, 2015, '26000');
    const second = await collection.declare(account, 2015, '20000');
    expect(second.income.corrects).toBe(first.income.fact);
    expect((await incomesOf(collection.fresh.db, account)).map(({ state }) => state)).toEqual(['corrected', 'in-force']);
    const of2016 = (await collection.saidOfType(account, 'collection.assessed.v1')).filter(({ data }) => data.year === 2016);
    expect(of2016.map(({ data }) => [data.version, data.incomeFact])).toEqual([
      [1, first.income.fact],
      [2, second.income.fact],
    ]);
  });

  it('R11 says nothing more when the same income is declared again', async () => {
    const account = await collection.register();
    const { income } = await collection.declare(account, 2015, '26000');
    const said = await factsSaid(account);
    expect((await collection.declare(account, 2015, '26000')).income.fact).toBe(income.fact);
    expect(await factsSaid(account)).toBe(said);
  });

  it('each calendar names the one that it replaces', async () => {
    const account = await collection.register();
    await collection.declare(account, 2015, '26000');
    await collection.declare(account, 2015, '20000');
    const [first, second] = await collection.saidOfType(account, 'collection.schedule-issued.v1');
    expect([first?.data.version, first?.data.replaces, second?.data.version, second?.data.replaces]).toEqual([1, undefined, 2, first?.id]);
  });
});

describe('F22 — a declaration made at net-entreprises needs no second entry', () => {
  const received = { declarationId: 'DSI-1', year: 2015, amount: '26000', kind: 'declared' as const, receivedOn: '2016-05-18' };

  it('is recorded, assessed and called as if declared here, in the trace of the partner’s fact', async () => {
    const account = await collection.register();
    const [fact] = await collection.hear('urssaf-sync.income-received.v1', [{ account, data: received }]);
    const [recorded] = await collection.saidOfType(account, 'collection.income-recorded.v1');
    expect(recorded).toMatchObject({
      cause: fact?.id,
      correlation: fact?.correlation,
      data: { amount: '26000', source: 'net-entreprises', declaredOn: '2016-05-18' },
    });
    expect(await collection.saidOfType(account, 'collection.assessed.v1')).toHaveLength(2);
  });

  it('waits for an account that is not open yet, and is taken up at its opening', async () => {
    const account = collection.nextAccount();
    await collection.hear('urssaf-sync.income-received.v1', [{ account, data: received }]);
    expect(await factsSaid(account)).toBe(0);
    await collection.register(account);
    expect(await collection.saidOfType(account, 'collection.income-recorded.v1')).toHaveLength(1);
  });

  it('is left when the trade refuses it, and does not hold up what follows', async () => {
    const account = await collection.register(undefined, { startedOn: '2015-01-01' });
    await collection.hear('urssaf-sync.income-received.v1', [
      { account, data: { ...received, year: 2014 } },
      { account, data: received },
    ]);
    expect((await incomesOf(collection.fresh.db, account)).map(({ year }) => year)).toEqual([2015]);
  });
});
