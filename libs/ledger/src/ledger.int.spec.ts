import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FakeClock, freshDatabase, type FreshDatabase } from '@isu/testing';
import { AccountNumber, Day, Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { balances, balancesByHolder } from './balances.js';
import { accounts, house } from './chart.js';
import { journal } from './journal.js';
import { Ledger } from './ledger.js';
import { ledgerMigrations } from './migrations/all.js';
import type { Transaction } from './transaction.js';
import { violations } from './violations.js';

let fresh: FreshDatabase;
const clock = new FakeClock('2016-05-20');
const ledger = new Ledger(clock);
beforeAll(async () => void (fresh = await freshDatabase(ledgerMigrations, { schema: 'collection' })));
afterAll(async () => {
  const broken = await inTx((tx) => violations(tx));
  await fresh.close();
  expect(broken).toEqual([]);
});

const inTx = <T>(act: (tx: EntityManager) => Promise<T>): Promise<T> => fresh.db.transaction(act);
const post = (...transactions: Transaction[]) => inTx((tx) => ledger.post(tx, transactions));
const plain = async (holder: string, asOf = {}) =>
  Object.fromEntries((await inTx((tx) => balances(tx, holder, asOf))).map(({ name, balance }) => [name, balance.toString()]));

let sequence = 0;
const newHolder = () => AccountNumber.make('13', (sequence += 1)).toString();
let act = 0;
const newKey = (reason: string) => `${reason}/${(act += 1)}`;

const assessment = (holder: string, amount = '1690', effectiveOn = '2016-01-01'): Transaction => ({
  holder,
  key: newKey('assessment'),
  reason: 'assessment',
  effectiveOn: Day.of(effectiveOn),
  postings: [{ from: accounts.contributions(2016, 'maladie'), to: accounts.receivable(2016, 'maladie'), amount: Money.of(amount) }],
});
const payment = (holder: string, amount = '140.83', effectiveOn = '2016-05-05'): Transaction => ({
  holder,
  key: newKey('payment'),
  reason: 'payment',
  effectiveOn: Day.of(effectiveOn),
  postings: [{ from: accounts.receivable(2016, 'maladie'), to: accounts.bank, amount: Money.of(amount) }],
});

describe('Posting (I2, R1)', () => {
  it('I2 a called contribution is owed, a payment lowers it, and the book always makes zero', async () => {
    const holder = newHolder();
    await post(assessment(holder), payment(holder));
    expect(await plain(holder)).toEqual({ 'contributions/2016/maladie': '-1690', 'receivable/2016/maladie': '1549.17', bank: '140.83' });
  });

  it('R8 numbers the entries of each book 1, 2, 3 …, whatever else is posted with them', async () => {
    const [one, two] = [newHolder(), newHolder()];
    const booked = await post(assessment(two), assessment(one), payment(two), payment(one));
    expect(booked.map(({ holder, entry }) => [holder, entry])).toEqual([
      [two, 1],
      [one, 1],
      [two, 2],
      [one, 2],
    ]);
    const byHolder = await inTx((tx) => balancesByHolder(tx, [one, two]));
    expect([...byHolder.keys()].sort()).toEqual([one, two].sort());
  });

  it('I2 money for an unknown person waits in the house book and reaches the person by a second transaction', async () => {
    const holder = newHolder();
    const received: Transaction = {
      ...payment(house),
      postings: [{ from: accounts.suspense, to: accounts.bank, amount: Money.euros(50) }],
    };
    const matched: Transaction = {
      ...payment(holder),
      postings: [{ from: accounts.credit, to: accounts.suspense, amount: Money.euros(50) }],
    };
    await post(received, matched);
    expect(await plain(holder)).toEqual({ credit: '-50', suspense: '50' });
    expect(await plain(house)).toEqual({ suspense: '-50', bank: '50' });
  });

  it('I8 what the caller takes back leaves nothing, and the entry number is given again', async () => {
    const holder = newHolder();
    const lost = inTx(async (tx) => {
      await ledger.post(tx, [assessment(holder)]);
      throw new Error('the caller gave up');
    });
    await expect(lost).rejects.toThrow('the caller gave up');
    expect(await plain(holder)).toEqual({});
    expect((await post(assessment(holder)))[0]).toMatchObject({ entry: 1 });
  });

  it('posts nothing at all without complaint', async () => expect(await post()).toEqual([]));
});

describe('Idempotency keys (R11)', () => {
  it('R11 the same act again gives the earlier entry and writes nothing, even in one call', async () => {
    const holder = newHolder();
    const called = assessment(holder);
    const [first, twin] = await post(called, called);
    clock.pass({ seconds: 5 });
    const [again] = await post(called);
    expect(first).toMatchObject({ entry: 1, repeated: false });
    expect([twin, again]).toEqual([
      { ...first, repeated: true },
      { ...first, repeated: true },
    ]);
    expect(await inTx((tx) => journal(tx, holder))).toHaveLength(1);
  });

  it('R11 the same key with another amount, day or holder is refused, and the whole call with it', async () => {
    const [holder, other] = [newHolder(), newHolder()];
    const called = assessment(holder);
    await post(called);
    for (const changed of [
      { ...assessment(holder, '1691'), key: called.key },
      { ...called, effectiveOn: Day.of('2016-01-02') },
      { ...called, holder: other },
    ]) {
      await expect(post(assessment(other), changed)).rejects.toMatchObject({
        code: 'key-with-other-content',
        details: { key: called.key },
      });
    }
    expect(await plain(other)).toEqual({});
  });

  it('R11 twenty posts of one act at the same instant have one effect', async () => {
    const holder = newHolder();
    const called = assessment(holder);
    const booked = (await Promise.all(Array.from({ length: 20 }, () => post(called)))).flat();
    expect(booked.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(new Set(booked.map(({ entry }) => entry))).toEqual(new Set([1]));
    expect(await plain(holder)).toEqual({ 'contributions/2016/maladie': '-1690', 'receivable/2016/maladie': '1690' });
  });

  it('R11 one key at the same instant for twenty people moves money once', async () => {
    const holders = Array.from({ length: 20 }, newHolder);
    const key = newKey('payment');
    const outcomes = await Promise.allSettled(holders.map((holder) => post({ ...payment(holder), key })));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason.code);
    expect(new Set(refused)).toEqual(new Set(['key-with-other-content']));
    expect(await inTx((tx) => balancesByHolder(tx, holders))).toHaveProperty('size', 1);
  });

  it('many callers on many books in any order do not block each other for good', async () => {
    const holders = Array.from({ length: 8 }, newHolder);
    const shuffled = (turn: number) => holders.map((_, index) => holders[(index * 5 + turn * 3) % 8]!);
    await Promise.all(Array.from({ length: 12 }, (_, turn) => post(...shuffled(turn).map((holder) => assessment(holder, '1')))));
    for (const holder of holders) expect(await plain(holder)).toMatchObject({ 'receivable/2016/maladie': '12' });
  });
});

describe('Corrections (I1, I7)', () => {
  const reverse = (corrects: string, key = newKey('reversal')) =>
    inTx((tx) => ledger.reverse(tx, [{ key, corrects, reason: 'payment-returned', effectiveOn: Day.of('2016-05-18') }]));

  it('I7 a returned payment is a new entry that names the one it undoes; both stay in the journal', async () => {
    const holder = newHolder();
    const paid = payment(holder);
    await post(assessment(holder), paid);
    await reverse(paid.key);
    expect(await plain(holder)).toMatchObject({ 'receivable/2016/maladie': '1690' });
    expect(await plain(holder, { on: Day.of('2016-05-17') })).toMatchObject({ 'receivable/2016/maladie': '1549.17' });
    const entries = await inTx((tx) => journal(tx, holder));
    expect(entries.map(({ entry, reason, corrects }) => [entry, reason, corrects])).toEqual([
      [1, 'assessment', null],
      [2, 'payment', null],
      [3, 'payment-returned', 2],
    ]);
  });

  it('R11 is done once: again under its key is the same act, under another key is refused', async () => {
    const paid = payment(newHolder());
    await post(paid);
    const key = newKey('reversal');
    const [first] = await reverse(paid.key, key);
    expect(await reverse(paid.key, key)).toEqual([{ ...first, repeated: true }]);
    await expect(reverse(paid.key)).rejects.toMatchObject({ code: 'already-corrected', details: { corrects: paid.key, correctedBy: key } });
  });

  it('R11 is done once even when twenty ask at the same instant', async () => {
    const paid = payment(newHolder());
    await post(paid);
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => reverse(paid.key)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await plain(paid.holder)).toEqual({});
  });

  it('refuses to undo what was never posted', async () => {
    await expect(reverse('payment/none')).rejects.toMatchObject({ code: 'nothing-to-correct' });
  });

  it('a reversal can itself be undone, which brings the payment back', async () => {
    const paid = payment(newHolder());
    await post(paid);
    const [undone] = await reverse(paid.key);
    await reverse(undone!.key);
    expect(await plain(paid.holder)).toEqual({ 'receivable/2016/maladie': '-140.83', bank: '140.83' });
  });
});

describe('What was known, and when (I7, R8)', () => {
  it('I7 answers for a day as known at an instant, and the past answer never changes', async () => {
    const holder = newHolder();
    await post(assessment(holder));
    const before = clock.recordedAt();
    clock.pass({ days: 3 });
    await post(payment(holder, '140.83', '2016-05-05'));
    expect(await plain(holder, { on: Day.of('2016-05-10'), knownAt: before })).toMatchObject({ 'receivable/2016/maladie': '1690' });
    expect(await plain(holder, { on: Day.of('2016-05-10') })).toMatchObject({ 'receivable/2016/maladie': '1549.17' });
    expect(await plain(holder, { on: Day.of('2016-05-04') })).toMatchObject({ 'receivable/2016/maladie': '1690' });
    expect(await plain(holder, { on: Day.of('2015-12-31') })).toEqual({});
  });

  it('R8 a lagging clock does not slip an entry into what was already known: any two readings begin alike', async () => {
    const holder = newHolder();
    await post(assessment(holder));
    const known = clock.recordedAt();
    const lagging = new Ledger(new FakeClock('2016-05-20', '2016-05-20T00:00:01.000Z'));
    const [booked] = await inTx((tx) => lagging.post(tx, [payment(holder)]));
    expect(booked!.recordedAt).toBe(known);
    clock.pass({ seconds: 1 });
    await post(payment(holder));
    const [all, part] = [await inTx((tx) => journal(tx, holder)), await inTx((tx) => journal(tx, holder, known))];
    expect(all.slice(0, part.length)).toEqual(part);
    expect([part.length, all.length]).toEqual([2, 3]);
  });
});
