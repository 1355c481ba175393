import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FakeClock, freshDatabase, type FreshDatabase } from '@isu/testing';
import { AccountNumber, Day, Money } from '@isu/values';
import { accounts } from './chart.js';
import { Ledger } from './ledger.js';
import { ledgerMigrations } from './migrations/all.js';
import { violations } from './violations.js';

const holders = Array.from({ length: 40 }, (_, index) => AccountNumber.make('13', index + 1).toString());
const columns = 'holder, entry, line, accounting_day::text, from_kind, from_year, from_code, to_kind, to_year, to_code, amount::text';

describe('Postings in parts, by holder', () => {
  const ledger = new Ledger(new FakeClock('2016-05-20'));
  const [parts] = ledgerMigrations.filter(({ name }) => name === '0003-parts');
  let fresh: FreshDatabase;
  let before: unknown;

  const called = (holder: string, key: string) => ({
    holder,
    key,
    reason: 'assessment',
    effectiveOn: Day.of('2016-01-01'),
    postings: [{ from: accounts.contributions(2016, 'maladie'), to: accounts.receivable(2016, 'maladie'), amount: Money.euros(1690) }],
  });
  const rows = () => fresh.db.query(`SELECT ${columns} FROM ledger_posting ORDER BY holder, entry, line`);

  beforeAll(async () => {
    const older = ledgerMigrations.filter(({ name }) => name < '0003');
    fresh = await freshDatabase(older, { schema: 'collection' });
    await fresh.db.transaction((tx) =>
      ledger.post(
        tx,
        holders.map((holder) => called(holder, `assessment/${holder}`)),
      ),
    );
    before = await rows();
    await fresh.owner.transaction((tx) => tx.query(parts?.sql ?? ''));
  });
  afterAll(() => fresh.close());

  it('R8 — not a row is lost or changed when the table is cut', async () => expect(await rows()).toEqual(before));

  it('R1 — the books are as sound after as before, and are written on', async () => {
    await fresh.db.transaction((tx) => ledger.post(tx, [called(holders[0] ?? '', 'assessment/more')]));
    expect(await fresh.db.transaction((tx) => violations(tx))).toEqual([]);
  });

  it('R11 — one line stands once, whichever part it is in', async () => {
    const again = `INSERT INTO ledger_posting SELECT * FROM ledger_posting WHERE holder = '${holders[0] ?? ''}' AND entry = 1`;
    await expect(fresh.db.query(again)).rejects.toMatchObject({ code: '23505' });
  });

  it('R8 — the service cannot go to a part behind the back of the whole, and the owner meets the same guard there', async () => {
    await expect(fresh.db.query('SELECT 1 FROM ledger_posting_00')).rejects.toThrow('permission denied');
    await expect(fresh.db.query('INSERT INTO ledger_posting_00 SELECT * FROM ledger_posting')).rejects.toThrow('permission denied');
    for (const act of ['UPDATE ledger_posting_07 SET amount = 1', 'DELETE FROM ledger_posting_07', 'TRUNCATE ledger_posting_07']) {
      await expect(fresh.owner.query(act)).rejects.toThrow('is append-only');
    }
  });

  it('an account is looked up in its own part alone', async () => {
    const plan = await fresh.db.query(`EXPLAIN SELECT * FROM ledger_posting WHERE holder = '${holders[3] ?? ''}'`);
    expect(new Set(JSON.stringify(plan).match(/ledger_posting_\d\d/g)).size).toBe(1);
  });
});
