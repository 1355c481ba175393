/**
 * What messaging carries on this machine, PostgreSQL included: relay, consumer and publisher at full speed, then the time from
 * publication to the committed effect at a low rate. Run after the build: node libs/messaging/bench/throughput.mjs, with KAFKA_BROKERS
 * for the same on Kafka.
 */
import { freshDatabase, startPostgres } from '@isu/testing';
import { AccountNumber, Day } from '@isu/values';
import { busMigrations, Consumer, EmbeddedBus, FactStore, KafkaBus, messagingMigrations, Relay } from '@isu/messaging';

const facts = Number(process.env.FACTS ?? 20_000);
const accounts = 2_000;
const now = () => new Date(performance.timeOrigin + performance.now());
const today = () => Day.of('2016-05-20');
const clock = { now, today, recordedAt: () => `2016-05-20T${now().toISOString().slice(11)}` };
const log = {
  info: () => {},
  warn: (fields, words) => console.error(words, fields),
  error: (fields, words) => console.error(words, fields),
};
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const round = (value) => Math.round(value * 10) / 10;
const rate = (ms) => `${Math.round((facts / ms) * 1_000).toLocaleString('fr-FR')} facts/s`;

const server = await startPostgres({ durable: true });
const effect = { name: 'bench-0001-effect', sql: 'CREATE TABLE effect (stream text, seq bigint, PRIMARY KEY (stream, seq))' };
const [own, collection, benefits] = await Promise.all([
  freshDatabase(busMigrations, { schema: 'bus' }),
  freshDatabase(messagingMigrations, { schema: 'collection' }),
  freshDatabase([...messagingMigrations, effect], { schema: 'benefits' }),
]);
const brokers = process.env.KAFKA_BROKERS?.split(',');
const bus = brokers
  ? await KafkaBus.open({ brokers, clientId: 'isu-bench', prefix: `bench-${process.pid}.`, clock, log })
  : await EmbeddedBus.open({ connection: { connectionString: own.url }, clock, log });
await bus.ensureTopics([{ topic: 'isu.collection', partitions: 12 }]);
const store = new FactStore('collection', clock);
const posted = (rank) => ({
  stream: AccountNumber.make('13', rank % accounts).toString(),
  type: 'collection.payment-posted.v1',
  effectiveOn: '2016-05-20',
  data: {
    paymentId: '01900000-0000-7000-8000-000000000000',
    amount: '1234.56',
    valueOn: '2016-05-20',
    means: 'transfer',
    allocations: [
      { instalment: '2016-05', year: 2016, code: 'maladie', amount: '234.56' },
      { instalment: '2016-05', year: 2016, code: 'retraite-base', amount: '1000' },
    ],
    credit: '0',
    accountingDay: '2016-05-20',
  },
});
const timed = async (work) => {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
};
const count = async ({ db }, sql) => (await db.query(`SELECT count(*)::int AS n FROM ${sql}`))[0].n;
const until = async (condition) => {
  while (!(await condition())) await pause(20);
};

const publishing = await timed(async () => {
  for (let written = 0; written < facts; written += 1_000) {
    const drafts = Array.from({ length: 1_000 }, (_, index) => posted(written + index));
    await collection.db.transaction((tx) => store.publish(tx, drafts));
  }
});
console.log(`publish, 1 000 a transaction   ${rate(publishing)}`);

const connection = { connectionString: collection.url };
const relay = new Relay({ author: 'collection', bus, db: collection.db, connection, clock, log });
relay.start();
console.log(
  `relay                          ${rate(await timed(() => until(async () => (await count(collection, 'outbox WHERE sent_at IS NULL')) === 0)))}`,
);

let applied = () => undefined;
const handler = async (tx, set) => {
  const [streams, seqs] = [set.map(({ subject }) => subject), set.map(({ seq }) => seq)];
  await tx.query('INSERT INTO effect SELECT * FROM unnest($1::text[], $2::bigint[])', [streams, seqs]);
};
const consumer = new Consumer({
  name: 'benefits',
  authors: ['collection'],
  bus,
  db: benefits.db,
  connection: { connectionString: benefits.url },
  handlerOf: () => handler,
  peers: { factsOf: () => Promise.resolve([]) },
  clock,
  log,
  metrics: { count: (_, __, { outcome }) => outcome === 'applied' && applied(), observe: () => {} },
});
const started = performance.now();
await consumer.start();
await until(async () => (await count(benefits, 'effect')) === facts);
console.log(`consumer, one service          ${rate(performance.now() - started)}`);

store.onPublished(() => relay.nudge());
const latencies = [];
for (let rank = 0; rank < 300; rank += 1) {
  const startedAt = performance.now();
  const isApplied = new Promise((resolve) => (applied = resolve));
  await collection.db.transaction((tx) => store.publish(tx, [posted(rank)]));
  await isApplied;
  latencies.push(performance.now() - startedAt);
  await pause(20);
}
latencies.sort((a, b) => a - b);
console.log(`publish to applied, at ~30/s   p50 ${round(latencies[150])} ms, p99 ${round(latencies[297])} ms`);

const idle = process.cpuUsage();
await pause(5_000);
const { user, system } = process.cpuUsage(idle);
console.log(`idle                           ${round((user + system) / 50_000)} % of one core in this process`);

await consumer.stop();
await relay.stop();
await bus.close();
await Promise.all([own, collection, benefits].map((database) => database.close()));
await server.stop();
