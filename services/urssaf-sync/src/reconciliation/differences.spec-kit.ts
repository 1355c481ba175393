import { Money } from '@isu/values';
import { findSnapshot, stretchOfFund, type Snapshot } from './outside.table.js';
import type { Trader, TwoBooks } from './two-books.spec-kit.js';

export const correlation = '01890000-0000-7000-8000-00000000000d';

/** Both passes over both funds, as the job makes them. */
export async function reconcile(books: TwoBooks): Promise<void> {
  const snapshot = (await findSnapshot(books.db.manager, 'urssaf')) as Snapshot;
  for (const fund of ['13', '26']) await books.db.transaction((tx) => books.outside.compare(tx, snapshot, stretchOfFund(fund)));
  for (const fund of ['13', '26']) await books.db.transaction((tx) => books.outside.judge(tx, snapshot, stretchOfFund(fund), correlation));
}

interface Row {
  readonly account: string;
  readonly type: string;
  readonly cause: string;
  readonly correction: { kind: string; payment?: string; amount?: string } | null;
  readonly settled: string | null;
}

export const anomaliesIn = (books: TwoBooks): Promise<Row[]> =>
  books.db.query('SELECT account, type, cause, correction, settled_by AS settled FROM anomaly ORDER BY account, opened_at, id');

/** What kind of difference is open on each account that has one. */
export const openIn = async (books: TwoBooks): Promise<Record<string, string>> =>
  Object.fromEntries((await anomaliesIn(books)).filter(({ settled }) => settled === null).map(({ account, type }) => [account, type]));

/** A small generator with a seed: the same faults on every run. */
export function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** The seven kinds of difference. */
export const faults = ['lost', 'doubled', 'wrong-amount', 'unmatched', 'other-rules', 'wrong-account', 'late'] as const;
type Fault = (typeof faults)[number];

export interface Injected {
  readonly fault: Fault;
  readonly one: Trader;
  readonly other: Trader;
}

/** One fault of each kind, then as many more at random, each on two people of its own. */
export function faultsFor({ traders }: TwoBooks, more: number, random: (below: number) => number): Injected[] {
  const left = [...traders];
  const taken = (): Trader => left.splice(random(left.length), 1)[0] as Trader;
  const kinds = [...faults, ...Array.from({ length: more }, () => faults[random(faults.length)] ?? 'lost')];
  return kinds.map((fault) => ({ fault, one: taken(), other: taken() }));
}

export async function inject(books: TwoBooks, { fault, one: { account, quarter }, other }: Injected): Promise<void> {
  switch (fault) {
    case 'lost':
    case 'late':
      return books.theirs(account, { paid: quarter });
    case 'doubled':
      return void (await books.tell([{ account, amount: quarter, valueOn: '2016-05-05' }]));
    case 'wrong-amount':
      // Told 144 € less than the third quarter that was paid.
      await books.tell([{ account, amount: Money.of(quarter).minus(Money.of('144')).toString(), valueOn: '2016-05-17' }]);
      return books.theirs(account, { paid: quarter });
    case 'unmatched':
      await books.wait(quarter);
      return books.theirs(account, { paid: quarter });
    case 'other-rules':
      return books.theirs(account, { called: '-16' });
    case 'wrong-account':
      await books.tell([{ account: other.account, amount: quarter, valueOn: '2016-05-17' }]);
      return books.theirs(account, { paid: quarter });
  }
}

/** The batch that holds all that is late comes. */
export async function bringLate(books: TwoBooks, injected: readonly Injected[], day: string): Promise<void> {
  await books.batch('payments', 3, day);
  const late = injected.filter(({ fault }) => fault === 'late');
  await books.tell(late.map(({ one: { account, quarter } }) => ({ account, amount: quarter, valueOn: '2016-05-17', batch: '3' })));
  await books.db.query('DELETE FROM gap');
  await books.fold();
}

/** How each must be found: a money that the flow may still bring is late, whatever else it turns out to be. */
export function expectedOf(injected: readonly Injected[], { isShort }: { isShort: boolean }): Record<string, string> {
  const expected: Record<string, string> = {};
  for (const { fault, one, other } of injected) {
    const isOver = fault === 'doubled' || fault === 'other-rules';
    if (isShort && !isOver) expected[one.account] = 'late';
    else if (fault !== 'late') expected[one.account] = fault;
    if (fault === 'wrong-account') expected[other.account] = fault;
  }
  return expected;
}
