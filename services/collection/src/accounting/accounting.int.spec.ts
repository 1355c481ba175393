import { foldAccount } from '@isu/account';
import { balances } from '@isu/ledger';
import { Day, Money } from '@isu/values';
import { Collection } from '../collection.spec-kit.js';
import { asked, paid } from '../schedules/schedule.js';
import { instalmentsInForce } from '../schedules/schedule.table.js';
import { periodsOf } from './period.js';

let collection: Collection;
beforeEach(async () => {
  collection = await Collection.start();
});
afterEach(() => collection?.close());

const correlation = '01890000-0000-7000-8000-00000000000c';
const starter = (): Promise<string> => collection.on('2016-01-04').register(undefined, { startedOn: '2016-01-01' });
const closing = (day: string) => collection.does.days.close(Day.of(day), correlation);
const paidOn = async (account: string, id: string): Promise<string> => {
  const instalment = (await instalmentsInForce(collection.fresh.db, [account])).get(account)?.find((each) => each.id === id);
  return instalment ? `${paid(instalment).toString()} / ${asked(instalment).toString()}` : 'none';
};
const dayFacts = async () =>
  (await collection.facts.factsOf(collection.fresh.db, 'flow/isu/accounting')).map(({ type, data }) => [
    type,
    (data as { day: string }).day,
  ]);

describe('F17 — the daily close', () => {
  it('places credit on what has fallen due, as an act of its own, then freezes the day and says so once', async () => {
    const account = await starter();
    const payment = await collection.on('2016-04-05').pay(account, '400');
    await collection.on('2016-05-04').closeDaysThrough('2016-05-04');
    expect(await paidOn(account, '2016-05')).toBe('0 / 359');

    await collection.on('2016-05-05').closeDaysThrough('2016-05-05');
    expect(await paidOn(account, '2016-05')).toBe('41 / 359');
    const [placed] = await collection.saidOfType(account, 'collection.credit-allocated.v1');
    // 41 € go to the first lines of the legal order: 65,16 € of CSG-CRDS are due in May.
    expect(placed?.data).toEqual({
      ...{ paymentId: payment.id, accountingDay: '2016-05-05' },
      allocations: [{ instalment: '2016-05', year: 2016, code: 'csg-crds', amount: '41' }],
    });
    const closed = await dayFacts();
    expect(closed.at(-1)).toEqual(['collection.day-closed.v1', '2016-05-05']);
    expect(closed).toHaveLength(new Set(closed.map(([, day]) => day)).size);
  });

  it('R11 gives the same answer when asked again, also at the same moment', async () => {
    await starter();
    const [first, second] = await Promise.all([closing('2016-01-04'), closing('2016-01-04')]);
    expect(second).toEqual(first);
    expect(await closing('2016-01-04')).toEqual(first);
    expect(await dayFacts()).toHaveLength(1);
  });

  it('closes before a day, in their order, those that nobody has closed, each told', async () => {
    await starter();
    await collection.on('2016-01-07');
    await closing('2016-01-07');
    expect((await dayFacts()).map(([, day]) => day)).toEqual(['2016-01-04', '2016-01-05', '2016-01-06', '2016-01-07']);
  });

  it('I8 is refused for a day to come, and for one before the first that was closed; it then places no credit', async () => {
    const account = await starter();
    await collection.on('2016-04-05').pay(account, '400');
    await closing('2016-04-05');
    collection.on('2016-05-05');
    await expect(closing('2016-05-06')).rejects.toMatchObject({ code: 'day-not-come' });
    await expect(closing('2016-01-03')).rejects.toMatchObject({ code: 'day-out-of-order' });
    expect(await paidOn(account, '2016-05')).toBe('0 / 359');
  });

  it('books on the next open day what comes for a day that is closed', async () => {
    const account = await starter();
    await collection.on('2016-04-05').closeDaysThrough('2016-04-05');
    await collection.pay(account, '359');
    const [posted] = await collection.saidOfType(account, 'collection.payment-posted.v1');
    expect([posted?.data.valueOn, posted?.data.accountingDay]).toEqual(['2016-04-05', '2016-04-06']);
  });

  it('takes back with a payment the credit of it that was placed later', async () => {
    const account = await starter();
    const payment = await collection.on('2016-04-05').pay(account, '400');
    await collection.on('2016-05-05').closeDaysThrough('2016-05-05');
    await collection.on('2016-05-20').takeBack(payment);
    expect([await paidOn(account, '2016-04'), await paidOn(account, '2016-05')]).toEqual(['0 / 359', '0 / 359']);
    expect(foldAccount(await collection.saidOf(account)).book.balance).toMatchObject({ called: '3234', paid: '0', credit: '0' });
  });
});

describe('F16 F17 — the detail by period', () => {
  it('adds up to one balance, at the last closed day and now: 3 234 − 359 = 2 875, then 2 875 − 400 with 41 of credit', async () => {
    const account = await starter();
    await collection.on('2016-04-05').pay(account, '359');
    await collection.closeDaysThrough('2016-04-05');
    await collection.on('2016-05-05').pay(account, '400');

    const atClose = periodsOf(await balances(collection.fresh.db.manager, account, { through: Day.of('2016-04-05') }));
    const now = periodsOf(await balances(collection.fresh.db.manager, account));
    const told = ({ periods, credit, balance }: typeof now) => [
      ...periods.map((each) => `${each.year} ${each.called} ${each.paid} ${each.remaining}`),
      `${credit}`,
      `${balance}`,
    ];
    expect(told(atClose)).toEqual(['2016 3234 359 2875', '0', '2875']);
    expect(told(now)).toEqual(['2016 3234 718 2516', '41', '2475']);
    const { balance } = foldAccount(await collection.saidOf(account)).book;
    expect(Money.of(balance.remaining).minus(Money.of(balance.credit)).toString()).toBe(now.balance.toString());
  });

  it('F72 F56 gives what was paid beyond what is owed back as credit: nothing remains of its year', async () => {
    const account = await starter();
    await collection.on('2016-12-05').pay(account, '3234');
    await collection.on('2017-05-20').declare(account, 2016, '-5000');
    const { periods, credit } = periodsOf(await balances(collection.fresh.db.manager, account));
    // Owed in the end 1 045 (case A1 of a loss of 5 000 €): 3 234 − 1 045 = 2 189, while nothing else has fallen due.
    const year = periods.find((period) => period.year === 2016);
    expect([year?.called, year?.paid, year?.remaining, credit].map(String)).toEqual(['1045', '1045', '0', '2189']);
  });
});
