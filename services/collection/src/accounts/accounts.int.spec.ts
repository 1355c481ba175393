import { Collection } from '../collection.spec-kit.js';
import { asked, isSettled, meansOf } from '../schedules/schedule.js';
import { instalmentsInForce, schedulesInForce } from '../schedules/schedule.table.js';

let collection: Collection;
beforeAll(async () => {
  collection = await Collection.start();
});
afterAll(() => collection?.close());

const dueDates = async (account: string): Promise<string[]> =>
  ((await instalmentsInForce(collection.fresh.db, [account])).get(account) ?? []).map(
    (each) => `${each.id} ${each.dueOn.iso} ${asked(each).toString()}`,
  );

const said = async (account: string): Promise<string[]> => (await collection.saidOf(account)).map(({ type }) => type.split('.')[1] ?? '');

describe('an account is opened when affiliation registers the person', () => {
  it('F71 calls 3 234 € from 1 January, nothing in the first 90 days: 9 payments from 5 April, 8 × 359 and 362', async () => {
    const account = await collection.on('2016-01-04').register(undefined, { startedOn: '2016-01-01' });
    expect(await dueDates(account)).toEqual([
      '2016-04 2016-04-05 359',
      '2016-05 2016-05-05 359',
      '2016-06 2016-06-06 359',
      '2016-07 2016-07-05 359',
      '2016-08 2016-08-05 359',
      '2016-09 2016-09-05 359',
      '2016-10 2016-10-05 359',
      '2016-11 2016-11-07 359',
      '2016-12 2016-12-05 362',
    ]);
    expect(await said(account)).toEqual(['account-opened', 'assessed', 'schedule-issued']);
  });

  it('F71 calls 1 679 € from 1 July: 1 July + 90 days = 29 September, so October to December, 559 + 559 + 561', async () => {
    const account = await collection.on('2016-07-01').register(undefined, { startedOn: '2016-07-01' });
    expect((await dueDates(account)).map((text) => text.split(' ')[2])).toEqual(['559', '559', '561']);
  });

  it('asks in one payment of the next year who starts too late for this one: 20 November + 90 days = 18 February, so 6 March 2017', async () => {
    const account = await collection.on('2016-11-20').register(undefined, { startedOn: '2016-11-20' });
    expect((await dueDates(account)).map((text) => text.slice(0, 18))).toEqual(['2016-R1 2017-03-06']);
  });

  it('calls the flat second year, 4 550 €, from the first date 15 days ahead: February to December, 10 × 413 and 420', async () => {
    const account = await collection.on('2016-01-04').register(undefined, { startedOn: '2015-03-01' });
    expect((await dueDates(account)).map((text) => text.split(' ')[2])).toEqual([...Array<string>(10).fill('413'), '420']);
  });

  it('waits for an income after two years of activity (F69), and for nothing at all from a micro-entrepreneur', async () => {
    const third = await collection.on('2016-01-04').register(undefined, { startedOn: '2014-03-01' });
    const micro = await collection.register(undefined, { startedOn: '2016-01-01', regime: 'micro-social' });
    expect([await said(third), await said(micro)]).toEqual([['account-opened'], ['account-opened']]);
  });

  it('names the registration as the cause of all that it says, in the same trace', async () => {
    const account = collection.on('2016-01-04').nextAccount();
    const data = { group: 'artisan' as const, regime: 'common' as const, startedOn: '2016-01-01', fund: '13' };
    const [registered] = await collection.hear('affiliation.registered.v1', [{ account, data }]);
    for (const { cause, correlation } of await collection.saidOf(account))
      expect([cause, correlation]).toEqual([registered?.id, registered?.correlation]);
  });

  it('R11 is opened once, however often the person is registered: the same words again change nothing', async () => {
    const account = await collection.on('2016-01-04').register(undefined, { startedOn: '2016-01-01' });
    await collection.register(account, { startedOn: '2016-01-01' });
    expect(await said(account)).toEqual(['account-opened', 'assessed', 'schedule-issued']);
  });

  it('opens two hundred accounts in one transaction', async () => {
    const data = { group: 'commercant' as const, regime: 'common' as const, startedOn: '2016-01-01', fund: '14' };
    const accounts = Array.from({ length: 200 }, () => collection.nextAccount('14'));
    await collection.hear(
      'affiliation.registered.v1',
      accounts.map((account) => ({ account, data })),
    );
    expect((await schedulesInForce(collection.fresh.db, accounts)).size).toBe(200);
  });
});

describe('what a due date says of itself', () => {
  it('is debited monthly, and sent otherwise', () => {
    expect(['2016-05', '2016-Q2', '2016-R1'].map(meansOf)).toEqual(['direct-debit', 'transfer', 'transfer']);
  });

  it('is not settled while it asks nothing', async () => {
    const account = await collection.on('2016-01-04').register(undefined, { startedOn: '2016-01-01' });
    const [first] = (await instalmentsInForce(collection.fresh.db, [account])).get(account)!;
    expect([isSettled(first!), isSettled({ ...first!, lines: [] })]).toEqual([false, false]);
  });
});
