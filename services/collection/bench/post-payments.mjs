/**
 * Payments a second of the posting handler, one lane, PostgreSQL waiting for the disk as in production: runs of 200 reported
 * payments of 200 different accounts, each paying an instalment of eight contributions. After the build:
 * node services/collection/bench/post-payments.mjs
 */
import { randomUUID } from 'node:crypto';
import { KnownFlows } from '@isu/chassis';
import { FactStore, messagingMigrations } from '@isu/messaging';
import { freshDatabase, startPostgres } from '@isu/testing';
import { AccountNumber, Day } from '@isu/values';
import { collectionMigrations } from '../dist/migrations/all.js';
import { useCases } from '../dist/use-cases.js';

const accounts = Number(process.env.ACCOUNTS ?? 2_000);
const run = 200;
let today = '2016-01-02';
const now = () => new Date(performance.timeOrigin + performance.now());
const clock = { now, today: () => Day.of(today), recordedAt: () => `${today}T${now().toISOString().slice(11)}` };
const log = { debug() {}, info() {}, warn: console.warn, error: console.error, child: () => log };

const server = await startPostgres({ durable: true });
const { db, close } = await freshDatabase([...messagingMigrations, ...collectionMigrations], { schema: 'collection' });
const facts = new FactStore('collection', clock);
const { accounts: openings, payments, runs } = useCases({ db, facts, flows: new KnownFlows(facts), clock, log });

const numbers = Array.from({ length: accounts }, (_, rank) => AccountNumber.make('13', rank + 1).toString());
const fact = (subject, type, data) => ({ id: randomUUID(), subject, type, correlation: randomUUID(), data });
const inRuns = async (list, work) => {
  for (let from = 0; from < list.length; from += run) await work(list.slice(from, from + run));
};
const registered = { group: 'commercant', regime: 'common', startedOn: '2010-01-01', fund: '13' };
await inRuns(numbers, (some) =>
  db.transaction((tx) =>
    openings.open(
      tx,
      some.map((number) => fact(number, 'affiliation.registered.v1', registered)),
    ),
  ),
);
await db.query(
  `INSERT INTO income (fact, account, seq, year, kind, amount, source, declared_on)
   SELECT gen_random_uuid(), account, 0, 2014, 'declared', 20000 + (row_number() OVER ())::int, 'bench', '2015-05-20' FROM account`,
);
const calling = performance.now();
const { called } = await runs.run('provisional', 2016, randomUUID());
const callingMs = performance.now() - calling;

const times = [];
for (const month of ['01', '02', '03', '04', '05', '06']) {
  const due = await db.query(`SELECT account, id, due_on::text AS due, amount FROM instalment WHERE id = $1 ORDER BY account`, [
    `2016-${month}`,
  ]);
  today = due[0].due;
  const reports = due.map(({ account, amount, due: valueOn }, rank) =>
    fact(account, 'urssaf-sync.payment-reported.v1', {
      ...{ flow: 'urssaf/payments', batch: month, line: rank + 2, partnerReference: `B-${month}-${rank}` },
      ...{ amount: String(amount).replace('.00', ''), valueOn, means: 'direct-debit' },
    }),
  );
  await inRuns(reports, async (some) => {
    const startedAt = performance.now();
    await db.transaction((tx) => payments.post(tx, some));
    times.push(performance.now() - startedAt);
  });
}
const [{ n }] = await db.query('SELECT count(*)::int AS n FROM payment WHERE credit = 0');
const sorted = [...times].sort((a, b) => a - b);
const rate = (ms) => Math.round((run / ms) * 1_000);
console.log(
  JSON.stringify(
    {
      payments: n,
      perSecondMean: rate(times.reduce((sum, ms) => sum + ms, 0) / times.length),
      perSecondMedian: rate(sorted[Math.floor(sorted.length / 2)]),
      runMsMedian: Math.round(sorted[Math.floor(sorted.length / 2)]),
      accountsCalledPerSecond: Math.round((called / callingMs) * 1_000),
    },
    null,
    2,
  ),
);
await close();
await server.stop();
