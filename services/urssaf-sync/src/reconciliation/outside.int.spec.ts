import { Money } from '@isu/values';
import { runKilledAt } from './mortal-job.spec-kit.js';
import { outsideReconciliationJob } from './outside-job.js';
import { anomaliesIn, bringLate, correlation, expectedOf, faultsFor, inject, openIn, randomOf, reconcile } from './differences.spec-kit.js';
import { computeDeltas, findDeltas, findSnapshot, stretchOf, stretchOfFund, type Snapshot, type Stretch } from './outside.table.js';
import { asOf, TwoBooks, type Trader } from './two-books.spec-kit.js';

let books: TwoBooks;
beforeEach(async () => {
  books = await TwoBooks.open(40);
});
afterEach(() => books?.close());

const trader = (rank: number): Trader => books.traders[rank] as Trader;

const rows = () => anomaliesIn(books);
const open = () => openIn(books);

describe('N5 F53 — outside reconciliation', () => {
  it('finds nothing while both books are the same', async () => {
    await reconcile(books);
    expect(await rows()).toEqual([]);
  });

  it.each([1, 2, 3])('finds each of the seven kinds of difference, injected at random, and invents none (seed %i)', async (seed) => {
    const injected = faultsFor(books, 6, randomOf(seed));
    for (const one of injected) await inject(books, one);
    await books.db.query(`UPDATE flow SET last_number = 4 WHERE flow = 'payments'`);
    await books.db.query(
      `INSERT INTO gap (partner, flow, from_number, to_number, asked_on) VALUES ('urssaf', 'payments', 3, 3, '${asOf}')`,
    );
    await books.fold();
    await reconcile(books);
    expect(await open()).toEqual(expectedOf(injected, { isShort: true }));

    await bringLate(books, injected, asOf);
    await reconcile(books);
    expect(await open()).toEqual(expectedOf(injected, { isShort: false }));
    const found = (await rows()).length;
    await reconcile(books);
    expect((await rows()).length).toBe(found);
  });

  it('S3 counts money under the account where it stands once two accounts of a person are one, and a second time the one after', async () => {
    const [first, second, last] = [trader(3), trader(6), trader(9)];
    // Each was told two quarters; the partner holds all six for the last one.
    const two = ({ quarter }: Trader) => Money.of(quarter).repeated(2).toString();
    for (const gone of [first, second]) {
      await books.theirs(gone.account, { paid: `-${two(gone)}` });
      await books.theirs(last.account, { paid: two(gone) });
    }
    await books.merge(first.account, second.account);
    await books.merge(second.account, last.account);
    const snapshot = (await books.db.transaction((tx) => findSnapshot(tx, 'urssaf'))) as Snapshot;
    const differing = (of: Stretch) =>
      books.db.transaction(async (tx) => {
        await computeDeltas(tx, snapshot, of);
        return findDeltas(tx, of);
      });
    for (const fund of ['13', '26']) expect(await differing(stretchOfFund(fund))).toEqual([]);
    for (const { account } of [first, second, last]) expect(await differing(stretchOf(account))).toEqual([]);
  });

  it('finds a planted cent, names the account and says what kind it is', async () => {
    await books.theirs(trader(7).account, { paid: '0.01' });
    await reconcile(books);
    expect(await rows()).toMatchObject([{ account: trader(7).account, type: 'wrong-amount', correction: { kind: 'correct-amount' } }]);
  });

  it('N9 names each of two differences of one account, with its own amount, and settles each by itself', async () => {
    const { account, quarter } = trader(13);
    // A second quarter that waits for its owner, and a third of which 144 € were not told: quarter + 144 more than its batches said.
    await books.wait(quarter);
    await books.tell([{ account, amount: Money.of(quarter).minus(Money.of('144')).toString(), valueOn: '2016-05-17' }]);
    await books.theirs(account, { paid: Money.of(quarter).repeated(2).toString() });
    await books.fold();
    await reconcile(books);
    expect((await rows()).map(({ account: of, type, correction }) => [of, type, correction?.kind]).sort()).toEqual([
      [account, 'unmatched', 'attribute-payment'],
      [account, 'wrong-amount', 'correct-amount'],
    ]);

    // The waiting quarter is the partner's mistake after all: 144 € alone are left.
    await books.theirs(account, { paid: `-${quarter}` });
    await reconcile(books);
    expect(await open()).toEqual({ [account]: 'wrong-amount' });
    expect((await rows()).length).toBe(2);
  });

  it('N9 names a payment told of another account beside one that was lost, on both accounts, and has nobody reverse or report it twice', async () => {
    const [{ account, quarter }, other] = [trader(15), trader(18).account];
    await books.tell([{ account: other, amount: quarter, valueOn: '2016-05-17' }]);
    await books.theirs(account, { paid: Money.of(quarter).repeated(2).toString() });
    await books.fold();
    await reconcile(books);
    expect((await rows()).map(({ account: of, type, correction }) => [of, type, correction?.kind]).sort()).toEqual(
      [
        [account, 'lost', 'report-payment'],
        [account, 'wrong-account', 'move-payment'],
        [other, 'wrong-account', undefined],
      ].sort(),
    );
    const others = await books.db.query(`SELECT account, details->>'otherAccount' AS other FROM anomaly WHERE type = 'wrong-account'`);
    expect(new Map(others.map((one: { account: string; other: string }) => [one.account, one.other]))).toEqual(
      new Map([
        [account, other],
        [other, account],
      ]),
    );
  });

  it('N9 names another version of the rules beside money that differs on the same account', async () => {
    const { account, quarter } = trader(14);
    await books.theirs(account, { paid: quarter, called: '-16' });
    await reconcile(books);
    expect((await rows()).map(({ account: of, type }) => [of, type]).sort()).toEqual([
      [account, 'lost'],
      [account, 'other-rules'],
    ]);
  });

  it('calls late what is missing while the flow is short, and settles it by itself when the batch has come', async () => {
    const { account, quarter } = trader(3);
    await books.theirs(account, { paid: quarter });
    await books.db.query(`UPDATE flow SET last_number = 4 WHERE flow = 'payments'`);
    await books.db.query(
      `INSERT INTO gap (partner, flow, from_number, to_number, asked_on) VALUES ('urssaf', 'payments', 3, 3, '${asOf}')`,
    );
    await reconcile(books);
    expect(await open()).toEqual({ [account]: 'late' });

    await books.db.query('DELETE FROM gap');
    await books.batch('payments', 3, asOf);
    await books.tell([{ account, amount: quarter, valueOn: '2016-05-17', batch: '3' }]);
    await books.fold();
    await reconcile(books);
    expect(await rows()).toMatchObject([{ account, type: 'late', settled: 'Réglé par règle : le lot tardif est arrivé' }]);
  });

  it('says that what was late is lost once the flow is complete without it: one is closed, the other opened', async () => {
    await books.theirs(trader(3).account, { paid: trader(3).quarter });
    await books.db.query(`UPDATE flow SET completed_through = '2016-05-13' WHERE flow = 'payments'`);
    await reconcile(books);
    await books.db.query(`UPDATE flow SET completed_through = '${asOf}' WHERE flow = 'payments'`);
    await reconcile(books);
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
    await reconcile(books);
    expect(await rows()).toEqual([]);
  });

  it('counts two payments of one amount on different days twice: that is no double', async () => {
    const { account, quarter } = trader(5);
    await books.tell([{ account, amount: quarter, valueOn: '2016-05-17' }]);
    await books.theirs(account, { paid: quarter });
    await books.fold();
    await reconcile(books);
    expect(await rows()).toEqual([]);
  });

  it('R12 closes a contradiction by itself when the partner’s books, drawn up since, hold what stands', async () => {
    const [right, wrong] = [trader(11).account, trader(12).account];
    await books.contradict(right);
    await books.contradict(wrong);
    await reconcile(books);
    // Seen on the 20th: the books of the 18th cannot know of it.
    expect(await open()).toEqual({ [right]: 'conflict', [wrong]: 'conflict' });

    await books.nextSnapshot(2, '2016-05-20');
    await books.db.query(`UPDATE flow SET completed_through = '2016-05-19' WHERE flow = 'payments'`);
    await reconcile(books);
    // Not all that those books count may be here.
    expect(await open()).toEqual({ [right]: 'conflict', [wrong]: 'conflict' });

    await books.db.query(`UPDATE flow SET completed_through = '2016-05-20' WHERE flow = 'payments'`);
    await books.theirs(wrong, { paid: '0.40' });
    await reconcile(books);
    expect((await rows()).map(({ account, type, settled }) => [account, type, settled]).sort()).toEqual(
      [
        [right, 'conflict', 'Réglé par règle : les deux organismes disent la même chose'],
        [wrong, 'conflict', null],
        [wrong, 'wrong-amount', null],
      ].sort(),
    );

    await books.theirs(wrong, { paid: '-0.40' });
    await reconcile(books);
    expect(await open()).toEqual({});
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
  it('S17 is killed at any step and run again: each difference is found once, and the rate of anomalies is published', async () => {
    await books.theirs(trader(3).account, { paid: trader(3).quarter });
    await books.theirs(trader(4).account, { called: '-16' });
    const job = outsideReconciliationJob(books.outside, books.db);
    for (const step of [1, 2, 3, 4]) await runKilledAt(step, { db: books.db, clock: books.clock, job });
    expect(await open()).toEqual({ [trader(3).account]: 'lost', [trader(4).account]: 'other-rules' });
    expect((await rows()).length).toBe(2);
    const [run] = await books.db.query('SELECT figures, done::int AS done FROM job_run WHERE ended_at IS NOT NULL ORDER BY id LIMIT 1');
    expect(run).toEqual({
      done: 40,
      figures: {
        ...{ 'état des comptes au': asOf, 'comptes comparés': 40, différences: 2, 'anomalies ouvertes': 2, 'anomalies réglées': 0 },
        // 2 × 1 000 / 40
        'anomalies en cours pour 1 000 comptes': 50,
      },
    });
  });
});
