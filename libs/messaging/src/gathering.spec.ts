import { describe, expect, it } from '@jest/globals';
import { Gathering, notBegun, type GatheringSettings } from './gathering.js';

const usual: GatheringSettings = { itemsAtOnce: 10, transactionsAtOnce: 2, patienceMs: 60_000 };
const going = new AbortController().signal;
const items = (lane: string, count: number): string[] => Array.from({ length: count }, (_, index) => `${lane}${index + 1}`);

/** Transactions that a test opens and closes by hand. */
class Transactions {
  readonly begun: { readonly items: readonly string[]; commit(): void; fail(fault: Error): void }[] = [];
  readonly gathering: Gathering<string, string>;

  constructor(settings: Partial<GatheringSettings> = {}) {
    this.gathering = new Gathering<string, string>(
      (all) => new Promise<string>((resolve, reject) => this.begun.push({ items: all, commit: () => resolve('settled'), fail: reject })),
      { ...usual, ...settings },
    );
  }

  get sizes(): number[] {
    return this.begun.map((transaction) => transaction.items.length);
  }
}

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('What several lanes bring at once', () => {
  it('sets out together with what comes in the same moment, and shares the next transaction while one is under way', async () => {
    const { begun, gathering } = new Transactions();
    void gathering.join(['z1'], going);
    const first = gathering.join(['a1'], going);
    await soon();
    const others = [gathering.join(['b1', 'b2'], going), gathering.join(['c1'], going)];
    await soon();
    expect(begun.map((transaction) => transaction.items)).toEqual([['z1', 'a1']]);
    begun[0]?.commit();
    await first;
    await soon();
    expect(begun[1]?.items).toEqual(['b1', 'b2', 'c1']);
    begun[1]?.commit();
    await expect(Promise.all(others)).resolves.toEqual(['settled', 'settled']);
  });

  it('is never more than a transaction holds, unless one lane brings more by itself', async () => {
    const transactions = new Transactions();
    const { begun, gathering } = transactions;
    for (const [lane, count] of [
      ['a', 1],
      ['b', 6],
      ['c', 4],
      ['d', 25],
    ] as const)
      void gathering.join(items(lane, count), going);
    await soon();
    // a and b, with which c does not fit; then c, beside them, because enough waits to fill a transaction; d waits for one of the two.
    expect(transactions.sizes).toEqual([7, 4]);
    begun[0]?.commit();
    await soon();
    expect(transactions.sizes).toEqual([7, 4, 25]);
  });

  it('keeps the order in which the lanes came: a large one is not overtaken for ever by small ones', async () => {
    const { begun, gathering } = new Transactions({ transactionsAtOnce: 1 });
    void gathering.join(['a1'], going);
    await soon();
    void gathering.join(['b1'], going);
    void gathering.join(items('c', 10), going);
    void gathering.join(['d1'], going);
    begun[0]?.commit();
    await soon();
    begun[1]?.commit();
    await soon();
    expect(begun.map((transaction) => transaction.items[0])).toEqual(['a1', 'b1', 'c1']);
    expect(begun[1]?.items).toEqual(['b1']);
    begun[2]?.commit();
    await soon();
    expect(begun[3]?.items).toEqual(['d1']);
  });

  it('does not wait for ever behind a transaction that takes long', async () => {
    const { begun, gathering } = new Transactions({ patienceMs: 1 });
    void gathering.join(['a1'], going);
    await soon();
    const second = gathering.join(['b1'], going);
    while (begun.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
    begun[1]?.commit();
    await expect(second).resolves.toBe('settled');
  });

  it('fails all who shared the transaction, and nobody else', async () => {
    const { begun, gathering } = new Transactions();
    const first = gathering.join(['a1'], going);
    await soon();
    const shared = [gathering.join(['b1'], going), gathering.join(['c1'], going)];
    begun[0]?.commit();
    await first;
    await soon();
    begun[1]?.fail(new Error('one of them is ill'));
    const after = gathering.join(['d1'], going);
    await expect(Promise.allSettled(shared)).resolves.toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
    await soon();
    begun[2]?.commit();
    await expect(after).resolves.toBe('settled');
  });

  it('is served alone after a fault that is one lane’s: it fails that lane and nobody else', async () => {
    const { begun, gathering } = new Transactions({ eachAloneAfter: (fault) => fault instanceof TypeError });
    const first = gathering.join(['a1'], going);
    await soon();
    const shared = Promise.allSettled([gathering.join(['b1'], going), gathering.join(['c1'], going)]);
    begun[0]?.commit();
    await first;
    for (const end of [1, 2] as const) {
      await soon();
      begun[end]?.fail(new TypeError('b1 is ill'));
    }
    await soon();
    begun[3]?.commit();
    await expect(shared).resolves.toMatchObject([{ status: 'rejected' }, { status: 'fulfilled', value: 'settled' }]);
    expect(begun.map((transaction) => transaction.items)).toEqual([['a1'], ['b1', 'c1'], ['b1'], ['c1']]);
  });

  it('is left out, and said to be not begun, when its lane was given up while it waited', async () => {
    const { begun, gathering } = new Transactions();
    const leaving = new AbortController();
    void gathering.join(['a1'], going);
    await soon();
    const left = gathering.join(['b1'], leaving.signal);
    const stays = gathering.join(['c1'], going);
    leaving.abort();
    await soon();
    begun[0]?.commit();
    await expect(left).resolves.toBe(notBegun);
    expect(begun[1]?.items).toEqual(['c1']);
    begun[1]?.commit();
    await expect(stays).resolves.toBe('settled');
  });
});
