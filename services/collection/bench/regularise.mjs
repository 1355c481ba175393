/**
 * Regularisation of many: declarations of net-entreprises come in sets, each is recorded, its year priced definitive and the current one
 * adjusted, the calendar cut again, the ledger posted and the facts published, PostgreSQL waiting for the disk as in production. By so many
 * instances of collection, each a process of its own with its share of the sets, as lanes are shared. Accounts are copies of one, with its facts.
 * After the build: node services/collection/bench/regularise.mjs <accounts> <instances> (a line of JSON).
 */
import { randomUUID } from 'node:crypto';
import { KnownFlows } from '@isu/chassis';
import { violations } from '@isu/ledger';
import { FactStore, messagingMigrations } from '@isu/messaging';
import { freshDatabase, startPostgres } from '@isu/testing';
import { AccountNumber, Day } from '@isu/values';
import { collectionMigrations } from '../dist/migrations/all.js';
import { useCases } from '../dist/use-cases.js';
import { copying } from './copies.mjs';
import { databaseProcessor, processorSince } from './processor.mjs';
import { beginning } from './sharers.mjs';

const accounts = Number(process.argv[2] ?? 2_000);
const instances = Number(process.argv[3] ?? 1);
const atATime = Number(process.env.BATCH ?? 200);
const lanes = Number(process.env.LANES ?? 2);
let today = '2015-05-20';
const now = () => new Date(performance.timeOrigin + performance.now());
const clock = { now, today: () => Day.of(today), recordedAt: () => `${today}T${now().toISOString().slice(11)}` };
const log = { debug() {}, info() {}, warn: console.warn, error: console.error, child: () => log };
const tell = (text) => process.stderr.write(`… calls: ${text}\n`);

const server = await startPostgres({ durable: true });
const { db, owner, url, close } = await freshDatabase([...messagingMigrations, ...collectionMigrations], { schema: 'collection' });
const facts = new FactStore('collection', clock);
const { accounts: openings, received, payments, runs } = useCases({ db, facts, flows: new KnownFlows(facts), clock, log });

const fact = (subject, type, data) => ({ id: randomUUID(), subject, type, correlation: randomUUID(), data });
const income = (account, year, amount) =>
  fact(account, 'urssaf-sync.income-received.v1', {
    ...{ declarationId: `DSI-${account}-${year}`, year, amount: String(amount), kind: 'declared', receivedOn: today },
  });
const numberOf = (rank) => AccountNumber.make('13', rank).toString();

/** One account as it is in May 2016: opened, its income of 2014, called since January, what fell due paid: twenty facts with the reports. */
const model = numberOf(1);
const copyRows = copying(db, model);
await db.transaction((tx) =>
  openings.open(tx, [
    fact(model, 'affiliation.registered.v1', { group: 'commercant', regime: 'common', startedOn: '2010-01-01', fund: '13' }),
  ]),
);
await db.transaction((tx) => received.receive(tx, [income(model, 2014, 20_000)]));
today = '2016-01-02';
await runs.run('provisional', 2016, randomUUID());
const due = await db.query(`SELECT due_on::text AS "dueOn", amount FROM instalment WHERE due_on < '2016-05-20' ORDER BY due_on`);
for (const [rank, { dueOn, amount }] of due.entries()) {
  today = dueOn;
  const report = {
    flow: 'urssaf/payments',
    batch: '1',
    line: rank + 2,
    partnerReference: `${model}-${rank}`,
    valueOn: dueOn,
    means: 'direct-debit',
  };
  await db.transaction((tx) =>
    payments.post(tx, [fact(model, 'urssaf-sync.payment-reported.v1', { ...report, amount: String(amount).replace('.00', '') })]),
  );
}
today = '2016-05-20';
const [{ held }] = await db.query('SELECT count(*)::int AS held FROM fact WHERE stream = $1', [model]);

/** Copies of the model by the set, keys and texts under their own number. */
async function copyAccounts() {
  for (let from = 2; from <= accounts; from += 20_000) {
    const numbers = [];
    for (let rank = from; rank < from + 20_000 && rank <= accounts; rank += 1) numbers.push(numberOf(rank));
    await copyRows('account', numbers);
    await copyRows('income', numbers, { changes: { fact: 'gen_random_uuid()' } });
    await copyRows('assessment', numbers, { changes: { income_fact: 'NULL' } });
    for (const table of ['schedule', 'instalment']) await copyRows(table, numbers);
    const reference = `replace(t.reference, '${model}', c.account)`;
    await copyRows('payment', numbers, { changes: { payment_id: 'gen_random_uuid()', reference } });
    const envelope = `replace(t.envelope::text, '${model}', c.account)::json`;
    await copyRows('fact', numbers, { key: 'stream', changes: { id: 'gen_random_uuid()', envelope, position: "nextval('own_position')" } });
    await copyRows('stream_head', numbers, { key: 'stream' });
    // Their books are open; what stands in the model's is not theirs.
    await copyRows('ledger_book', numbers, { key: 'holder', changes: { entries: '0', last_recorded_at: "'-infinity'" } });
    tell(`${from + numbers.length - 1} accounts copied`);
  }
}

tell(`${accounts} accounts of ${held} facts`);
await copyAccounts();
// As accounts of long standing are: rows just copied are settled by whoever reads them first, and nobody knows yet how many they are.
await owner.query('VACUUM (ANALYZE)');

const databaseMs = await databaseProcessor(db);
const everyone = await db.query('SELECT account FROM account ORDER BY account');
const sharers = await Promise.all(
  Array.from({ length: instances }, (_, rank) => {
    const mine = everyone.filter((_, at) => Math.floor(at / atATime) % instances === rank);
    return beginning({ url, accounts: mine.map(({ account }) => account), atATime, lanes, today });
  }),
);

/** How far all have come together: what was spent until each tenth. */
const tenths = [];
const [startedAt, spent] = [performance.now(), processorSince(databaseMs)];
function tellTenths() {
  const done = sumOf(sharers, 'done');
  if (done < ((tenths.length + 1) * accounts) / 10) return;
  const seconds = (performance.now() - startedAt) / 1_000;
  tenths.push({ done, seconds, nodeMs: sumOf(sharers, 'nodeMs'), databaseMs: spent().databaseMs });
  tell(`${done} accounts, ${Math.round(done / seconds)}/s`);
}
await Promise.all(sharers.map((sharer) => sharer.regularise(tellTenths)));
for (const sharer of sharers) sharer.end();
const { done, seconds, nodeMs, databaseMs: inDatabaseMs } = tenths.at(-1);
const first = tenths[0];
const [{ settled }] = await db.query(
  `SELECT count(*)::int AS settled FROM (SELECT account FROM assessment WHERE stage IN ('definitive', 'adjusted') AND accounting_day = '2016-05-20' GROUP BY account HAVING count(*) = 2) both_years`,
);
const wrong = await violations(db.manager);
process.stdout.write(
  `${JSON.stringify({
    ...{ accounts, instances, facts: held, settled, violations: wrong.length, seconds },
    whole: { perSecond: done / seconds, nodeMs: nodeMs / done, databaseMs: inDatabaseMs / done },
    warm: {
      perSecond: (done - first.done) / (seconds - first.seconds),
      nodeMs: (nodeMs - first.nodeMs) / (done - first.done),
      databaseMs: (inDatabaseMs - first.databaseMs) / (done - first.done),
    },
    memory: sharers.map(({ memory }) => memory),
  })}\n`,
);
await close();
await server.stop();

function sumOf(all, what) {
  return all.reduce((sum, one) => sum + one[what], 0);
}
