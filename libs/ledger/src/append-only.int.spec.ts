import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FakeClock, freshDatabase, type FreshDatabase } from '@isu/testing';
import { Day, Money } from '@isu/values';
import { accounts, houseKinds, personalKinds } from './chart.js';
import { Ledger } from './ledger.js';
import { ledgerMigrations } from './migrations/all.js';
import { violations } from './violations.js';

const holder = '1300000000159';
const kept = ['ledger_transaction', 'ledger_key', 'ledger_posting', 'ledger_day', 'ledger_day_total'];
let fresh: FreshDatabase;

beforeAll(async () => {
  fresh = await freshDatabase(ledgerMigrations, { schema: 'collection' });
  const ledger = new Ledger(new FakeClock('2016-05-20'));
  await fresh.db.transaction(async (tx) => {
    const move = (code: string, cents: number) => ({
      from: accounts.contributions(2016, code),
      to: accounts.receivable(2016, code),
      amount: Money.cents(cents),
    });
    const act = { holder, reason: 'assessment', effectiveOn: Day.of('2016-01-01') };
    await ledger.post(tx, [
      { ...act, key: 'assessment/1', postings: [move('maladie', 169000), move('cfp', 9500)] },
      { ...act, key: 'assessment/2', postings: [move('maladie', 1)] },
    ]);
    await ledger.closeDay(tx, Day.of('2016-05-20'));
  });
});
afterAll(() => fresh.close());

describe('The books are append-only (R8)', () => {
  const acts = kept.flatMap((table) => [
    `UPDATE ${table} SET ${columnOf(table)} = ${columnOf(table)}`,
    `DELETE FROM ${table}`,
    `TRUNCATE ${table} CASCADE`,
  ]);
  it.each(acts)('R8 the service may not: %s', async (sql) => {
    await expect(fresh.db.query(sql)).rejects.toThrow('permission denied');
  });
  it.each(acts)('R8 even the owner is stopped: %s', async (sql) => {
    await expect(fresh.owner.query(sql)).rejects.toThrow('is append-only');
  });
  it('R8 the service may not take the guard away, nor hand itself the right', async () => {
    await expect(fresh.db.query('ALTER TABLE ledger_posting DISABLE TRIGGER ALL')).rejects.toThrow('must be owner');
    await fresh.db.query('GRANT UPDATE ON ledger_posting TO CURRENT_USER').catch(() => undefined);
    await expect(fresh.db.query('UPDATE ledger_posting SET amount = 1')).rejects.toThrow('permission denied');
  });
});

function columnOf(table: string): string {
  return table.startsWith('ledger_day') ? 'day' : 'holder';
}

describe('What the tables themselves refuse, whoever writes (I2, R1)', () => {
  const header = (entry: number, { total = '5.00', day = '2016-05-21', lines = 1 } = {}) =>
    `INSERT INTO ledger_transaction VALUES ('${holder}', ${entry}, 'k${entry}', sha256('x'), 'payment', '2016-05-21', '${day}', now(), NULL, ${lines}, ${total})`;
  const posting = (entry: number, { line = 1, amount = '5.00', day = '2016-05-21', from = 'receivable', to = 'bank' } = {}) =>
    `INSERT INTO ledger_posting VALUES ('${holder}', ${entry}, ${line}, '${day}', '${from}', NULL, NULL, '${to}', NULL, NULL, ${amount})`;
  const together = (first: string, second: string) => `WITH header AS (${first} RETURNING 1) ${second}`;

  it.each([
    ['an amount of nothing', together(header(3), posting(3, { amount: '0' })), 'ledger_posting_amount_check'],
    ['a negative amount', together(header(3), posting(3, { amount: '-5' })), 'ledger_posting_amount_check'],
    ['from an account to itself', together(header(3), posting(3, { to: 'receivable' })), 'ledger_posting_check'],
    ['an account that the chart does not know', together(header(3), posting(3, { to: 'pocket' })), 'ledger_posting_check'],
    ['an entry without its postings', header(3), 'written once, whole'],
    ['a posting without its entry', posting(3), 'written once, whole'],
    ['one posting more in an old entry', posting(1, { line: 3 }), 'written once, whole'],
    ['postings that do not add up to the total', together(header(3), posting(3, { amount: '4.99' })), 'written once, whole'],
    ['a posting booked on another day than its entry', together(header(3), posting(3, { day: '2016-05-22' })), 'written once, whole'],
    [
      'an entry on a closed day',
      together(header(3, { day: '2016-05-20' }), posting(3, { day: '2016-05-20' })),
      'That accounting day is closed',
    ],
    ['an entry number used before', together(header(2), posting(2)), 'duplicate key'],
  ])('I2 %s', async (_, sql, refusal) => {
    await expect(fresh.db.query(sql)).rejects.toThrow(refusal);
  });

  it('has the chart of accounts of the code', async () => {
    const [{ definition }] = await fresh.db.query(
      `SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE conname = 'ledger_posting_check1' AND conrelid = 'ledger_posting'::regclass`,
    );
    const kinds = [...String(definition).matchAll(/'([a-z-]+)'::text/g)].map(([, kind]) => kind).filter((kind) => kind !== 'house');
    expect(new Set(kinds)).toEqual(new Set([...houseKinds, ...personalKinds]));
  });

  it('needs READ COMMITTED, and says so', async () => {
    const strict = fresh.db.transaction('REPEATABLE READ', (tx) => tx.query(`SELECT ledger_open_day('2016-05-20')`));
    await expect(strict).rejects.toThrow('READ COMMITTED');
  });
});

describe('The proof from outside sees what was changed behind its back (R1, R8, R11)', () => {
  const tampered = async (sql: string) => {
    const runner = fresh.owner.createQueryRunner();
    await runner.startTransaction();
    for (const table of kept) await runner.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    await runner.query(sql);
    const seen = await violations(runner.manager);
    await runner.rollbackTransaction();
    await runner.release();
    return seen.map(({ rule }) => rule);
  };

  it('finds nothing in sound books', async () => {
    expect(await fresh.db.transaction((tx) => violations(tx))).toEqual([]);
    expect(await fresh.db.transaction((tx) => violations(tx, holder))).toEqual([]);
  });

  it.each([
    [
      'R1 an amount',
      `UPDATE ledger_posting SET amount = amount + 0.01 WHERE entry = 1 AND line = 1`,
      'entry: postings do not add up to its total',
    ],
    ['R8 an account', `UPDATE ledger_posting SET to_year = 2015 WHERE entry = 1`, 'entry: content differs from its hash'],
    [
      'R8 an effective day',
      `UPDATE ledger_transaction SET effective_on = '2016-01-02' WHERE entry = 2`,
      'entry: content differs from its hash',
    ],
    [
      'R8 an instant',
      `UPDATE ledger_transaction SET recorded_at = recorded_at - interval '1 ms' WHERE entry = 1`,
      'closed day: digest differs from its entries',
    ],
    [
      'R8 the last entry removed',
      `DELETE FROM ledger_posting WHERE entry = 2; DELETE FROM ledger_transaction WHERE entry = 2`,
      'book: entries are not 1 to n',
    ],
    [
      'R8 a posting removed',
      `DELETE FROM ledger_posting WHERE entry = 1 AND line = 2`,
      'closed day: postings differ from its frozen totals',
    ],
    ['R11 a key', `DELETE FROM ledger_key WHERE entry = 2`, 'entry: key missing or of another entry'],
    [
      'R1 a frozen total',
      `UPDATE ledger_day_total SET debit = debit + 1 WHERE debit > 0`,
      'closed day: postings differ from its frozen totals',
    ],
  ])('%s', async (_, sql, rule) => {
    expect(await tampered(sql)).toContain(rule);
  });
});
