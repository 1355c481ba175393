import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FakeClock, freshDatabase, type FreshDatabase } from '@isu/testing';
import { AccountNumber, Day, Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { balances, totalBalances } from './balances.js';
import { accounts } from './chart.js';
import { closedDay } from './days.js';
import { Ledger } from './ledger.js';
import { ledgerMigrations } from './migrations/all.js';
import type { Transaction } from './transaction.js';
import { violations } from './violations.js';

let fresh: FreshDatabase;
beforeAll(async () => void (fresh = await freshDatabase(ledgerMigrations, { schema: 'collection' })));
afterAll(() => fresh.close());

const inTx = <T>(work: (tx: EntityManager) => Promise<T>): Promise<T> => fresh.db.transaction(work);
const close = (books: Ledger, day: string) => inTx((tx) => books.closeDay(tx, Day.of(day)));

let sequence = 0;
const newHolder = () => AccountNumber.make('13', (sequence += 1)).toString();
const assessment = (holder: string, amount = '1690'): Transaction => ({
  holder,
  key: `assessment/${holder}/${amount}`,
  reason: 'assessment',
  effectiveOn: Day.of('2016-01-01'),
  postings: [{ from: accounts.contributions(2016, 'maladie'), to: accounts.receivable(2016, 'maladie'), amount: Money.of(amount) }],
});
const payment = (holder: string, amount = '140.83', effectiveOn = '2016-05-05'): Transaction => ({
  holder,
  key: `payment/${holder}/${amount}`,
  reason: 'payment',
  effectiveOn: Day.of(effectiveOn),
  postings: [{ from: accounts.receivable(2016, 'maladie'), to: accounts.bank, amount: Money.of(amount) }],
});

describe('The close of an accounting day (R1)', () => {
  it('R1 freezes totals and a digest, day after day, and answers a repeat with the same words', async () => {
    const today = new FakeClock('2016-05-20');
    const books = new Ledger(today);
    const holder = newHolder();
    await inTx((tx) => books.post(tx, [assessment(holder), payment(holder)]));
    await expect(close(books, '2016-05-21')).rejects.toMatchObject({ code: 'day-not-come' });

    const closed = await close(books, '2016-05-20');
    expect(closed).toMatchObject({ day: '2016-05-20', transactions: 2, postings: 2, previousDigest: null });
    expect(closed.total.toString()).toBe('1830.83');
    expect(closed.totals.map(({ name, debit, credit }) => `${name} ${debit} ${credit}`)).toEqual([
      'bank 140.83 0',
      'contributions/2016/maladie 0 1690',
      'receivable/2016/maladie 1690 140.83',
    ]);
    today.pass({ days: 3 });
    expect(await close(books, '2016-05-20')).toEqual(closed);
    expect(await inTx((tx) => closedDay(tx, Day.of('2016-05-20')))).toEqual(closed);

    await expect(close(books, '2016-05-22')).rejects.toMatchObject({ code: 'day-out-of-order', details: { expected: '2016-05-21' } });
    await expect(close(books, '2016-05-19')).rejects.toMatchObject({ code: 'day-out-of-order' });
    const quiet = await close(books, '2016-05-21');
    expect(quiet).toMatchObject({ transactions: 0, postings: 0, totals: [], previousDigest: closed.digest });
    expect(quiet.total.isZero).toBe(true);
    expect(await inTx((tx) => violations(tx))).toEqual([]);
  });

  it('what is posted on a closed day is booked on the first open day and keeps its effective day', async () => {
    const books = new Ledger(new FakeClock('2016-05-21'));
    const holder = newHolder();
    const [booked] = await inTx((tx) => books.post(tx, [payment(holder, '10', '2016-05-20')]));
    expect(booked).toMatchObject({ accountingDay: '2016-05-22', effectiveOn: '2016-05-20' });
    const on20 = await inTx((tx) => balances(tx, holder, { on: Day.of('2016-05-20') }));
    expect(on20.map(({ name, balance }) => `${name} ${balance}`)).toEqual(['bank 10', 'receivable/2016/maladie -10']);
  });

  it('R1 totals over all books are those of the frozen days and of the open ones', async () => {
    const bank = async (day: string) => {
      const total = await inTx((tx) => totalBalances(tx, Day.of(day)));
      return total.find(({ name }) => name === 'bank')?.balance.toString();
    };
    expect([await bank('2016-05-19'), await bank('2016-05-20'), await bank('2016-05-21'), await bank('2016-05-22')]).toEqual([
      undefined,
      '140.83',
      '140.83',
      '150.83',
    ]);
  });

  it('waits for a post under way on that day, then counts it; a post of the next day does not wait', async () => {
    const books = new Ledger(new FakeClock('2016-05-22'));
    const nextDay = new Ledger(new FakeClock('2016-05-23'));
    const runner = fresh.db.createQueryRunner();
    await runner.startTransaction();
    await books.post(runner.manager, [assessment(newHolder(), '7')]);
    const closing = close(new Ledger(new FakeClock('2016-05-23')), '2016-05-22');
    await inTx((tx) => nextDay.post(tx, [assessment(newHolder(), '8')]));
    await runner.commitTransaction();
    await runner.release();
    expect(await closing).toMatchObject({ transactions: 2, postings: 2 });
    expect((await inTx((tx) => books.post(tx, [assessment(newHolder(), '9')])))[0]).toMatchObject({ accountingDay: '2016-05-23' });
  });

  it('R1 closes the days that are open in one go, each chained to the one before: 8 + 9 €, nothing, 11 €; so many at most', async () => {
    const books = new Ledger(new FakeClock('2016-05-26'));
    await inTx((tx) => new Ledger(new FakeClock('2016-05-25')).post(tx, [assessment(newHolder(), '11')]));
    const closeOpen = () => inTx((tx) => books.closeDays(tx, { through: Day.of('2016-05-26'), atMost: 3 }));
    const closed = await closeOpen();
    expect(closed.map(({ day, transactions, total }) => `${day} ${String(transactions)} ${total.toString()}`)).toEqual([
      ...['2016-05-23 2 17', '2016-05-24 0 0', '2016-05-25 1 11'],
    ]);
    expect(closed.map(({ previousDigest }) => previousDigest).slice(1)).toEqual(closed.slice(0, 2).map(({ digest }) => digest));
    expect((await closeOpen()).map(({ day }) => day)).toEqual(['2016-05-26']);
    expect(await closeOpen()).toEqual([]);
    await expect(inTx((tx) => books.closeDays(tx, { through: Day.of('2016-05-27'), atMost: 3 }))).rejects.toMatchObject({
      code: 'day-not-come',
    });
    // Read again from the entries, by the rules of one day.
    expect(await inTx((tx) => violations(tx))).toEqual([]);
  });
});
