/**
 * What hash partitions by stream would cost and bring to `fact`: the same rows in one table, in 16 and in 64 partitions, the same questions
 * put to each in turn, so that a busy machine is as busy for all. `ISU_TEST_POSTGRES_URL=… node libs/messaging/bench/partitions.mjs [accounts]
 * [facts an account]`. The decision and the figures: docs/adr/0011-partitions.md.
 */
import pg from 'pg';

const [accounts = 100_000, perAccount = 20] = process.argv.slice(2).map(Number);
const variants = [
  { table: 'fact_whole', parts: 0 },
  { table: 'fact_16', parts: 16 },
  { table: 'fact_64', parts: 64 },
];
const rounds = 200;
const columns = `author text NOT NULL, stream text NOT NULL, seq bigint NOT NULL, id uuid NOT NULL, type text NOT NULL, envelope json NOT NULL,
  digest text NOT NULL, position bigint NOT NULL, effective_on date NOT NULL, recorded_at timestamptz NOT NULL, received_at timestamptz NOT NULL,
  PRIMARY KEY (author, stream, seq)`;
const envelope = `json_build_object('id', gen_random_uuid(), 'subject', s, 'data', repeat(md5(s || n), 18))`;
const streamOf = (n) => `'13' || lpad(((${n}) % ${accounts})::text, 11, '0')`;

const db = new pg.Client(process.env.ISU_TEST_POSTGRES_URL);
await db.connect();
await db.query('DROP SCHEMA IF EXISTS partitions_bench CASCADE; CREATE SCHEMA partitions_bench; SET search_path = partitions_bench');
const one = async (sql, values) => (await db.query(sql, values)).rows[0];
const result = Object.fromEntries(variants.map(({ table }) => [table, {}]));

for (const { table, parts } of variants) {
  await db.query(`CREATE TABLE ${table} (${columns}) ${parts > 0 ? 'PARTITION BY HASH (stream)' : ''}`);
  for (let part = 0; part < parts; part += 1) {
    await db.query(`CREATE TABLE ${table}_${part} PARTITION OF ${table} FOR VALUES WITH (MODULUS ${parts}, REMAINDER ${part})`);
  }
  await db.query(`CREATE INDEX ON ${table} (author, position)`);
  const started = performance.now();
  // Accounts come in no order, year after year: one sweep over all of them for each number.
  for (let seq = 1; seq <= perAccount; seq += 1) {
    await db.query(
      `INSERT INTO ${table}
       SELECT 'collection', s, $1::int, gen_random_uuid(), 'collection.payment-posted.v1', ${envelope}, repeat(md5(s), 2), n, '2016-05-20', now(), now()
         FROM (SELECT ${streamOf('k * 7919::bigint')} AS s, ($1::bigint - 1) * ${accounts} + k AS n FROM generate_series(1, ${accounts}) k) rows`,
      [seq],
    );
  }
  result[table].loadS = seconds(started);
}
await db.query('CHECKPOINT');
for (const { table } of variants) {
  const started = performance.now();
  await db.query(`VACUUM (FREEZE, ANALYZE) ${table}`);
  result[table].vacuumAllS = seconds(started);
  const sizes = await one(
    `SELECT sum(pg_table_size(c.oid)) / 1e6 AS heap, sum(pg_indexes_size(c.oid)) / 1e6 AS indexes, max(pg_total_relation_size(c.oid)) / 1e6 AS largest
       FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'partitions_bench'::regnamespace AND c.relname ~ $1`,
    [`^${table}(_\\d+)?$`],
  );
  for (const [name, value] of Object.entries(sizes)) result[table][`${name}MB`] = Math.round(Number(value));
}

let next = accounts * perAccount;
/** A run of the consumer: 50 facts of 50 accounts, one statement, one transaction. */
const append = (table, at) => [
  `EXPLAIN (ANALYZE, WAL, BUFFERS, TIMING OFF, FORMAT JSON) INSERT INTO ${table}
   SELECT 'collection', s, ${perAccount} + 1 + n / ${accounts}, gen_random_uuid(), 'collection.payment-posted.v1', ${envelope}, repeat(md5(s), 2), n, '2016-05-20', now(), now()
     FROM (SELECT ${streamOf('k * 104729::bigint')} AS s, k AS n FROM generate_series($1::bigint, $1::bigint + 49) k) rows ON CONFLICT DO NOTHING`,
  [at],
];
const streams = (count, at) => Array.from({ length: count }, (_, i) => `13${String((at * 31 + i * 7_907) % accounts).padStart(11, '0')}`);
const questions = {
  'facts of an account': (table, at) => [
    `SELECT stream, envelope::text FROM ${table} WHERE author = ANY($1) AND stream = ANY($2) ORDER BY stream, author, seq`,
    [['affiliation', 'collection', 'benefits', 'urssaf-sync'], streams(1, at)],
  ],
  'facts of 50 accounts': (table, at) => [
    `SELECT stream, envelope::text FROM ${table} WHERE author = ANY($1) AND stream = ANY($2) ORDER BY stream, author, seq`,
    [['affiliation', 'collection', 'benefits', 'urssaf-sync'], streams(50, at)],
  ],
  '500 facts after a position': (table, at) => [
    `SELECT envelope::text FROM ${table} WHERE author = $1 AND position > $2 ORDER BY position LIMIT 500`,
    ['collection', (at * 7_919) % (accounts * perAccount)],
  ],
  'highest position': (table) => [`SELECT max(position) FROM ${table} WHERE author = $1`, ['collection']],
};

for (let round = 0; round < rounds; round += 1) {
  for (const { table } of variants) {
    const started = performance.now();
    const [row] = (await db.query(...append(table, next))).rows;
    take(table, 'append 50 ms', performance.now() - started);
    const [{ Plan: plan, 'Planning Time': planning }] = row['QUERY PLAN'];
    take(table, 'append WAL kB', plan['WAL Bytes'] / 1_000);
    take(table, 'append blocks', plan['Shared Hit Blocks'] + plan['Shared Read Blocks']);
    take(table, 'append planning ms', planning);
    for (const [name, ask] of Object.entries(questions)) {
      const asked = performance.now();
      await db.query(...ask(table, next + round * 13));
      take(table, `${name} ms`, performance.now() - asked);
    }
  }
  next += 50;
}

console.table(
  Object.fromEntries(
    Object.entries(result).map(([table, row]) => [
      table,
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, Array.isArray(value) ? Number(median(value).toFixed(2)) : value]),
      ),
    ]),
  ),
);
await db.query('DROP SCHEMA partitions_bench CASCADE');
await db.end();

function take(table, name, value) {
  (result[table][name] ??= []).push(value);
}
function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
function seconds(started) {
  return Number(((performance.now() - started) / 1_000).toFixed(1));
}
