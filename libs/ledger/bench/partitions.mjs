/**
 * What hash partitions by holder would cost the ledger: the same transactions posted by the same code to two schemas in turn, one with the tables as
 * they are, one with `ledger_posting` in 16 partitions. `ISU_TEST_POSTGRES_URL=… node libs/ledger/bench/partitions.mjs [rounds] [holders]`, after
 * the build. The decision and the figures: docs/adr/0011-partitions.md.
 */
import { Day, Money } from '@isu/values';
import { DataSource } from 'typeorm';
import { accounts, balances, Ledger, ledgerMigrations } from '../dist/index.js';

const [rounds = 150, holders = 20_000] = process.argv.slice(2).map(Number);
const cut = `
  DROP VIEW ledger_movement;
  ALTER TABLE ledger_posting RENAME TO before;
  ALTER TABLE before RENAME CONSTRAINT ledger_posting_pkey TO before_pkey;
  ALTER INDEX ledger_posting_day RENAME TO before_day;
  CREATE TABLE ledger_posting (LIKE before INCLUDING CONSTRAINTS, PRIMARY KEY (holder, entry, line)) PARTITION BY HASH (holder);
  DO $$ BEGIN FOR part IN 0..15 LOOP
    EXECUTE format('CREATE TABLE ledger_posting_%s PARTITION OF ledger_posting FOR VALUES WITH (MODULUS 16, REMAINDER %s)', part, part);
  END LOOP; END $$;
  CREATE INDEX ledger_posting_day ON ledger_posting USING brin (accounting_day) WITH (pages_per_range = 32, autosummarize = on);
  DROP TABLE before;
  CREATE VIEW ledger_movement AS
    SELECT p.holder, p.entry, p.line, p.accounting_day, side.kind, side.year, side.code, side.debit, side.credit
    FROM ledger_posting p CROSS JOIN LATERAL (VALUES
      (p.from_kind, p.from_year, p.from_code, 0::numeric(14,2), p.amount),
      (p.to_kind, p.to_year, p.to_code, p.amount, 0::numeric(14,2))) AS side (kind, year, code, debit, credit);
  CREATE TRIGGER whole AFTER INSERT ON ledger_posting REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_whole_transactions();`;

const clock = { today: () => Day.of('2016-05-20'), recordedAt: () => '2016-05-20T10:00:00.000Z' };
const ledger = new Ledger(clock);
const sides = {};
for (const side of ['bench_whole', 'bench_cut']) {
  const db = await new DataSource({
    type: 'postgres',
    url: process.env.ISU_TEST_POSTGRES_URL,
    extra: { max: 1, options: `-c search_path=${side}` },
  }).initialize();
  await db.query(`DROP SCHEMA IF EXISTS ${side} CASCADE`);
  await db.query(`CREATE SCHEMA ${side}`);
  for (const { sql } of ledgerMigrations) await db.query(sql);
  if (side === 'bench_cut') await db.query(cut);
  sides[side] = { db, taken: {} };
}

const codes = [
  'maladie',
  'vieillesse-base',
  'vieillesse-complementaire',
  'invalidite-deces',
  'allocations-familiales',
  'csg-crds',
  'formation',
  'indemnites-journalieres',
];
let sequence = 0;
const payment = () => ({
  holder: `13${String((sequence * 7_919) % holders).padStart(11, '0')}`,
  key: `payment/${(sequence += 1)}`,
  reason: 'payment',
  effectiveOn: Day.of('2016-05-20'),
  postings: codes.map((code) => ({ from: accounts.receivable(2016, code), to: accounts.bank, amount: Money.of('17.60') })),
});

for (let round = 0; round < rounds; round += 1) {
  const batches = {
    'post 1 ms': [payment()],
    'post 50 ms': Array.from({ length: 50 }, payment),
    'post 1000 ms': round % 5 === 0 ? Array.from({ length: 1_000 }, payment) : [],
  };
  for (const { db, taken } of Object.values(sides)) {
    for (const [name, batch] of Object.entries(batches)) {
      if (batch.length > 0) await timed(taken, name, () => db.transaction((tx) => ledger.post(tx, batch)));
    }
    await timed(taken, 'balances of an account ms', () => db.transaction((tx) => balances(tx, batches['post 1 ms'][0].holder, {})));
  }
}
for (const { db, taken } of Object.values(sides)) {
  await timed(taken, 'totals of a day ms', () =>
    db.query(`SELECT kind, year, code, sum(debit) FROM ledger_movement WHERE accounting_day = '2016-05-20' GROUP BY 1, 2, 3`),
  );
  const [{ mb }] = await db.query(
    `SELECT sum(pg_indexes_size(oid)) / 1e6 AS mb FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND relname ~ '^ledger_posting'`,
  );
  taken['indexes MB'] = [Number(mb)];
}
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
console.table(
  Object.fromEntries(
    Object.entries(sides).map(([side, { taken }]) => [
      side,
      Object.fromEntries(Object.entries(taken).map(([name, values]) => [name, Number(median(values).toFixed(1))])),
    ]),
  ),
);
for (const [side, { db }] of Object.entries(sides)) {
  await db.query(`DROP SCHEMA ${side} CASCADE`);
  await db.destroy();
}

async function timed(taken, name, work) {
  const started = performance.now();
  await work();
  (taken[name] ??= []).push(performance.now() - started);
}
