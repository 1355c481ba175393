import { Jobs, type Job } from '@isu/chassis';
import { eventually, silentLogger } from '@isu/testing';
import { Day, Money } from '@isu/values';
import { outsideReconciliationJob } from './outside-job.js';
import { findSnapshot, stretchOf, stretchOfFund, type Snapshot } from './outside.table.js';
import { asOf, TwoBooks, type Trader } from './two-books.spec-kit.js';

const correlation = '01890000-0000-7000-8000-00000000000d';
let books: TwoBooks;
beforeEach(async () => {
  books = await TwoBooks.open(40);
});
afterEach(() => books?.close());

const trader = (rank: number): Trader => books.traders[rank] as Trader;

/** Both passes over both funds, as the job makes them. */
async function reconcile() {
  const snapshot = (await findSnapshot(books.db.manager, 'urssaf')) as Snapshot;
  for (const fund of ['13', '26']) await books.db.transaction((tx) => books.outside.compare(tx, snapshot, stretchOfFund(fund)));
  for (const fund of ['13', '26']) await books.db.transaction((tx) => books.outside.judge(tx, snapshot, stretchOfFund(fund), correlation));
}

interface Row {
  account: string;
  type: string;
  cause: string;
  correction: { kind: string; payment?: string; amount?: string } | null;
  settled: string | null;
}
const rows = (): Promise<Row[]> =>
  books.db.query('SELECT account, type, cause, correction, settled_by AS settled FROM anomaly ORDER BY account, opened_at, id');
const open = async () =>
  Object.fromEntries((await rows()).filter(({ settled }) => settled === null).map(({ account, type }) => [account, type]));

/** A small generator with a seed: the same faults on every run. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** What can happen to an account, and how it must be found. */
const faults = ['lost', 'doubled', 'wrong-amount', 'unmatched', 'other-rules', 'wrong-account'] as const;

async function inject(fault: (typeof faults)[number], one: Trader, other: Trader): Promise<Record<string, string>> {
  const { account, quarter } = one;
  switch (fault) {
    case 'lost':
      await books.theirs(account, { paid: quarter });
      break;
    case 'doubled':
      await books.tell([{ account, amount: quarter, valueOn: '2016-05-05' }]);
      break;
    case 'wrong-amount':
      // Told 144 € less than the third quarter that was paid.
      await books.tell([{ account, amount: Money.of(quarter).minus(Money.of('144')).toString(), valueOn: '2016-05-17' }]);
      await books.theirs(account, { paid: quarter });
      break;
    case 'unmatched':
      await books.wait(quarter);
      await books.theirs(account, { paid: quarter });
      break;
    case 'other-rules':
      await books.theirs(account, { called: '-16' });
      break;
    case 'wrong-account':
      await books.tell([{ account: other.account, amount: quarter, valueOn: '2016-05-17' }]);
      await books.theirs(account, { paid: quarter });
      return { [account]: fault, [other.account]: fault };
  }
  return { [account]: fault };
}

describe('N5 F53 — outside reconciliation', () => {
  it('finds nothing while both books are the same', async () => {
    await reconcile();
    expect(await rows()).toEqual([]);
  });

  it.each([1, 2, 3])('finds each kind of difference, injected at random, and invents none (seed %i)', async (seed) => {
    const random = randomOf(seed);
    const left = [...books.traders];
    const taken = (): Trader => left.splice(random(left.length), 1)[0] as Trader;
    let expected: Record<string, string> = {};
    for (const fault of [...faults, ...Array.from({ length: 6 }, () => faults[random(faults.length)] ?? 'lost')])
      expected = { ...expected, ...(await inject(fault, taken(), taken())) };
    await books.fold();
    await reconcile();
    expect(await open()).toEqual(expected);
    await reconcile();
    expect((await rows()).length).toBe(Object.keys(expected).length);
  });

  it('finds a planted cent, names the account and says what kind it is', async () => {
    await books.theirs(trader(7).account, { paid: '0.01' });
    await reconcile();
    expect(await rows()).toMatchObject([{ account: trader(7).account, type: 'wrong-amount', correction: { kind: 'correct-amount' } }]);
  });

  it('calls late what is missing while the flow is short, and settles it by itself when the batch has come', async () => {
    const { account, quarter } = trader(3);
    await books.theirs(account, { paid: quarter });
    await books.db.query(`UPDATE flow SET last_number = 4 WHERE flow = 'payments'`);
    await books.db.query(
      `INSERT INTO gap (partner, flow, from_number, to_number, asked_on) VALUES ('urssaf', 'payments', 3, 3, '${asOf}')`,
    );
    await reconcile();
    expect(await open()).toEqual({ [account]: 'late' });

    await books.db.query('DELETE FROM gap');
    await books.batch('payments', 3, asOf);
    await books.tell([{ account, amount: quarter, valueOn: '2016-05-17', batch: '3' }]);
    await books.fold();
    await reconcile();
    expect(await rows()).toMatchObject([{ account, type: 'late', settled: 'Réglé par règle : le lot tardif est arrivé' }]);
  });

  it('says that what was late is lost once the flow is complete without it: one is closed, the other opened', async () => {
    await books.theirs(trader(3).account, { paid: trader(3).quarter });
    await books.db.query(`UPDATE flow SET completed_through = '2016-05-13' WHERE flow = 'payments'`);
    await reconcile();
    await books.db.query(`UPDATE flow SET completed_through = '${asOf}' WHERE flow = 'payments'`);
    await reconcile();
    expect((await rows()).map(({ type, settled }) => [type, settled !== null])).toEqual([
      ['late', true],
      ['lost', false],
    ]);
  });

  it('takes nothing for a difference that is told after the books were drawn up, or told and not placed yet', async () => {
    await books.batch('payments', 3, '2016-05-19');
    await books.tell([{ account: trader(1).account, amount: '50', valueOn: '2016-05-19', batch: '3' }]);
    await books.tell([{ account: trader(2).account, amount: '60', valueOn: '2016-05-17', posted: false }]);
    await books.theirs(trader(2).account, { paid: '60' });
    await books.fold();
    await reconcile();
    expect(await rows()).toEqual([]);
  });

  it('counts two payments of one amount on different days twice: that is no double', async () => {
    const { account, quarter } = trader(5);
    await books.tell([{ account, amount: quarter, valueOn: '2016-05-17' }]);
    await books.theirs(account, { paid: quarter });
    await books.fold();
    await reconcile();
    expect(await rows()).toEqual([]);
  });

  it('looks at one account alone, and closes there what is gone', async () => {
    const { account, quarter } = trader(9);
    await books.theirs(account, { paid: quarter });
    await books.theirs(trader(10).account, { paid: trader(10).quarter });
    const snapshot = (await findSnapshot(books.db.manager, 'urssaf')) as Snapshot;
    const alone = () =>
      books.db.transaction(async (tx) => {
        await books.outside.compare(tx, snapshot, stretchOf(account));
        return books.outside.judge(tx, snapshot, stretchOf(account), correlation);
      });
    expect(await alone()).toEqual({ opened: 1, closed: 0, byType: { lost: 1 } });
    await books.theirs(account, { paid: `-${quarter}` });
    expect(await alone()).toEqual({ opened: 0, closed: 1, byType: {} });
    expect(await open()).toEqual({});
  });
});

describe('I10 N5 — the nightly job', () => {
  const jobsOf = (job: Job) => new Jobs({ db: books.db, clock: books.clock, log: silentLogger, jobs: [job] });
  const ask = (jobs: Jobs) => books.db.transaction((tx) => jobs.ask(tx, 'outside-reconciliation', Day.of('2016-05-19'), 'operator:1'));

  it('is killed at any step and run again: each difference is found once', async () => {
    await books.theirs(trader(3).account, { paid: trader(3).quarter });
    await books.theirs(trader(4).account, { called: '-16' });
    const job = outsideReconciliationJob(books.outside, books.db);
    for (let dying = 1; dying <= 4; dying += 1) {
      let steps = 0;
      const mortal: Job = {
        ...job,
        run: (turn) =>
          job.run({ ...turn, step: (work) => ((steps += 1) === dying ? Promise.reject(new Error('killed')) : turn.step(work)) }),
      };
      const dead = jobsOf(mortal);
      await dead.makeKnown();
      await ask(dead);
      expect(await dead.runNext(job.name)).toBe(false);
      await books.db.query('UPDATE job_run SET next_try_at = NULL');
      expect(await eventually(() => jobsOf(job).runNext(job.name))).toBe(true);
    }
    expect(await open()).toEqual({ [trader(3).account]: 'lost', [trader(4).account]: 'other-rules' });
    expect((await rows()).length).toBe(2);
    const [run] = await books.db.query('SELECT figures, done::int AS done FROM job_run WHERE ended_at IS NOT NULL ORDER BY id LIMIT 1');
    expect(run).toEqual({
      done: 40,
      figures: { 'état des comptes au': asOf, 'comptes comparés': 40, différences: 2, 'anomalies ouvertes': 2, 'anomalies réglées': 0 },
    });
  });
});
