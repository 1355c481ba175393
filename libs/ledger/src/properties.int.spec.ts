import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FakeClock, freshDatabase, type FreshDatabase } from '@isu/testing';
import { AccountNumber, Day, Money } from '@isu/values';
import fc from 'fast-check';
import type { EntityManager } from 'typeorm';
import { balances, balancesByHolder, totalBalances } from './balances.js';
import { accounts, nameOf, type LedgerAccount } from './chart.js';
import { Ledger } from './ledger.js';
import { ledgerMigrations } from './migrations/all.js';
import type { Posting, Transaction } from './transaction.js';
import { violations } from './violations.js';

let fresh: FreshDatabase;
beforeAll(async () => void (fresh = await freshDatabase(ledgerMigrations, { schema: 'collection' })));
afterAll(() => fresh.close());
const inTx = <T>(work: (tx: EntityManager) => Promise<T>): Promise<T> => fresh.db.transaction(work);

const codes = ['maladie', 'csg-crds', 'retraite-base'];
const chart: LedgerAccount[] = [
  ...codes.flatMap((code) => [2015, 2016].flatMap((year) => [accounts.receivable(year, code), accounts.contributions(year, code)])),
  accounts.credit,
  accounts.bank,
  accounts.suspense,
];
const account = fc.constantFrom(...chart);
const posting: fc.Arbitrary<Posting> = fc
  .record({ from: account, to: account, amount: fc.integer({ min: 1, max: 5_000_000_00 }).map((cents) => Money.cents(cents)) })
  .filter(({ from, to }) => nameOf(from) !== nameOf(to));
const day = fc.integer({ min: 0, max: 20 }).map((days) => Day.of('2016-05-01').plusDays(days));
const act = fc.record({
  person: fc.nat({ max: 2 }),
  effectiveOn: day,
  postings: fc.array(posting, { minLength: 1, maxLength: 8 }),
  /** How many seconds pass before the act is posted. */
  after: fc.nat({ max: 3 }),
});
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;

let runs = 0;
/** Each run has its own three people, so that runs do not see each other. */
function newStory(acts: readonly Act[]): { holders: string[]; transactions: Transaction[] } {
  runs += 1;
  const holders = [0, 1, 2].map((person) => AccountNumber.make('13', runs * 3 + person).toString());
  const transactions = acts.map(({ person, effectiveOn, postings }, index) => ({
    holder: holders[person]!,
    key: `${runs}/${index}`,
    reason: 'act',
    effectiveOn,
    postings,
  }));
  return { holders, transactions };
}

const text = (found: readonly { name: string; balance: Money }[]) => found.map(({ name, balance }) => `${name} ${balance}`).sort();

/** The books kept by hand: one line after the other, nothing clever. */
function replay(transactions: readonly Transaction[]): string[] {
  const cents = new Map<string, number>();
  for (const { from, to, amount } of transactions.flatMap(({ postings }) => postings)) {
    cents.set(nameOf(from), (cents.get(nameOf(from)) ?? 0) - amount.cents);
    cents.set(nameOf(to), (cents.get(nameOf(to)) ?? 0) + amount.cents);
  }
  return text([...cents].filter(([, sum]) => sum !== 0).map(([name, sum]) => ({ name, balance: Money.cents(sum) })));
}

type Story = [Act[], Day, number];
const holds = (property: fc.IAsyncProperty<Story>) => fc.assert(property, { numRuns: 40, seed: 20160520 });
const acts = fc.array(act, { minLength: 1, maxLength: 12 });
const cut = fc.nat({ max: 12 });

describe('Whatever is posted', () => {
  it('I2 R1 each book makes zero, each balance is the sum of its postings, and the proof from outside finds nothing', async () => {
    const ledger = new Ledger(new FakeClock('2016-05-20'));
    const property = fc.asyncProperty<Story>(acts, day, cut, async (posted) => {
      const { holders, transactions } = newStory(posted);
      await inTx((tx) => ledger.post(tx, transactions));
      const books = await inTx((tx) => balancesByHolder(tx, holders));
      for (const holder of holders) {
        const found = books.get(holder) ?? [];
        expect(Money.sum(found.map(({ balance }) => balance)).isZero).toBe(true);
        expect(text(found)).toEqual(replay(transactions.filter((transaction) => transaction.holder === holder)));
        expect(await inTx((tx) => violations(tx, holder))).toEqual([]);
      }
    });
    await holds(property);
    expect(Money.sum((await inTx((tx) => totalBalances(tx, Day.of('2016-05-20')))).map(({ balance }) => balance)).isZero).toBe(true);
  });

  it('I2 posting then reversing leaves every balance as before', async () => {
    const ledger = new Ledger(new FakeClock('2016-05-20'));
    const property = fc.asyncProperty<Story>(acts, day, cut, async (posted, effectiveOn, kept) => {
      const { holders, transactions } = newStory(posted);
      const [before, undone] = [transactions.slice(0, kept), transactions.slice(kept)];
      const all = () => inTx(async (tx) => text([...(await balancesByHolder(tx, holders)).values()].flat()));
      await inTx((tx) => ledger.post(tx, before));
      const balancesBefore = await all();
      const reversals = undone.map(({ key }) => ({ key: `${key}/undone`, corrects: key, reason: 'undone', effectiveOn }));
      await inTx((tx) => ledger.post(tx, undone));
      await inTx((tx) => ledger.reverse(tx, reversals));
      expect(await all()).toEqual(balancesBefore);
    });
    await holds(property);
  });

  it('I7 the balance on a day as known at an instant is a replay of what took effect and was recorded by then', async () => {
    const property = fc.asyncProperty<Story>(acts, day, cut, async (posted, on, last) => {
      const clock = new FakeClock('2016-05-20');
      const ledger = new Ledger(clock);
      const { holders, transactions } = newStory(posted);
      let knownAt = clock.recordedAt();
      const known: Transaction[] = [];
      for (const [index, transaction] of transactions.entries()) {
        clock.pass({ seconds: posted[index]!.after });
        await inTx((tx) => ledger.post(tx, [transaction]));
        if (index < last) knownAt = clock.recordedAt();
      }
      // Acts recorded in the same instant as the last of them are known too.
      const instants = await inTx((tx) =>
        tx.query(`SELECT key FROM ledger_transaction WHERE recorded_at <= $1 AND holder = ANY($2)`, [knownAt, holders]),
      );
      const keys = new Set(instants.map(({ key }: { key: string }) => key));
      known.push(...transactions.filter(({ key, effectiveOn }) => keys.has(key) && effectiveOn.atMost(on)));
      for (const holder of holders) {
        const found = await inTx((tx) => balances(tx, holder, { on, knownAt }));
        expect(text(found)).toEqual(replay(known.filter((transaction) => transaction.holder === holder)));
      }
    });
    await holds(property);
  });

  it('R11 repeats in any order and any grouping change nothing', async () => {
    const ledger = new Ledger(new FakeClock('2016-05-20'));
    const property = fc.asyncProperty<Story>(acts, day, cut, async (posted, _, turn) => {
      const { holders, transactions } = newStory(posted);
      const again = [...transactions.slice(turn), ...transactions.slice(0, turn)].reverse();
      await inTx((tx) => ledger.post(tx, transactions));
      const before = await inTx((tx) => balancesByHolder(tx, holders));
      await Promise.all([inTx((tx) => ledger.post(tx, again)), ...again.map((one) => inTx((tx) => ledger.post(tx, [one])))]);
      expect(await inTx((tx) => balancesByHolder(tx, holders))).toEqual(before);
    });
    await holds(property);
  });
});
