/**
 * The 5th of the month: so many debits decided, written into checked and sealed messages, laid for the bank; the bank’s credits posted on
 * their due dates; one in fifty back, for every reason. PostgreSQL waits for the disk as in production. After the build:
 * node --expose-gc services/collection/bench/debits.mjs <accounts>. Says a line of JSON, keeps its server until its input ends, for whoever measures that too.
 * Accounts are copies of one; affiliation’s answer is made on the spot, so that what is measured is collection’s own work.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FieldProtection, KeyRing, KnownFlows, personKeyMigration, PreparingClient } from '@isu/chassis';
import { paymentReferenceOf } from '@isu/contracts';
import { violations } from '@isu/ledger';
import { FactStore, messagingMigrations } from '@isu/messaging';
import { freshDatabase, startPostgres } from '@isu/testing';
import { AccountNumber, Day, Iban } from '@isu/values';
import { DataSource } from 'typeorm';
import { BankFolder } from '../dist/bank-messages/bank-folder.js';
import { BankMessages } from '../dist/bank-messages/bank-messages.service.js';
import { PresentingService } from '../dist/debits/presenting.service.js';
import { collectionMigrations } from '../dist/migrations/all.js';
import { useCases } from '../dist/use-cases.js';
import { copying } from './copies.mjs';
import { databaseProcessor, timing } from './processor.mjs';
import { weighing } from './weighing.mjs';

const accounts = Number(process.argv[2] ?? 2_000);
const atATime = Number(process.env.BATCH ?? 200);
const lanes = Number(process.env.LANES ?? 2);
const dueOn = '2016-05-05';
let today = '2015-12-20';
const now = () => new Date(performance.timeOrigin + performance.now());
const clock = { now, today: () => Day.of(today), recordedAt: () => `${today}T${now().toISOString().slice(11)}` };
const log = { debug() {}, info() {}, warn: console.warn, error: console.error, child: () => log };
const tell = (text) => process.stderr.write(`… money: ${text}\n`);
const seconds = (since) => (performance.now() - since) / 1_000;

const server = await startPostgres({ durable: true });
const { url, owner, close } = await freshDatabase([...messagingMigrations, personKeyMigration, ...collectionMigrations], {
  schema: 'collection',
});
// As services connect.
const db = await new DataSource({
  type: 'postgres',
  url,
  installExtensions: false,
  poolSize: 20,
  extra: { Client: PreparingClient },
}).initialize();
const facts = new FactStore('collection', clock);
const does = useCases({ db, facts, flows: new KnownFlows(facts), clock, log });
const folder = await mkdtemp(join(tmpdir(), 'isu-bank-'));
const bank = new BankMessages({
  db,
  clock,
  protection: new FieldProtection(KeyRing.parse(KeyRing.generate()), clock),
  outbox: new BankFolder(folder),
});
const rumOf = (account) => `ISU-${account}-1`;
const answerOf = (account) => ({
  version: 1,
  name: 'Chloé Dupont',
  iban: 'DE89370400440532013000',
  rum: rumOf(account),
  ics: 'FR75ZZZ990000',
  signedOn: '2015-01-05',
});
const details = { of: async (some) => new Map(some.map((account) => [account, answerOf(account)])) };
const creditor = { name: 'Urssaf pour le RSI', iban: Iban.of('FR7630006000011234567890189') };
const presenting = (changes) => new PresentingService({ db, facts, clock, messages: does.messages, bank, details, creditor, ...changes });

const fact = (subject, type, data) => ({ id: randomUUID(), subject, type, effectiveon: today, correlation: randomUUID(), data });
const numberOf = (rank) => AccountNumber.make('13', rank).toString();

/** One account called for 2016 on an income of 2014, debited before. */
const model = numberOf(1);
const copyRows = copying(db, model);
const registered = { group: 'commercant', regime: 'common', startedOn: '2010-01-01', fund: '13' };
await db.transaction((tx) => does.accounts.open(tx, [fact(model, 'affiliation.registered.v1', registered)]));
await db.query(
  `INSERT INTO income (fact, account, seq, year, kind, amount, source, declared_on)
   VALUES (gen_random_uuid(), $1, 0, 2014, 'declared', 20000, 'import', '2015-05-20')`,
  [model],
);
await does.runs.run('provisional', 2016, randomUUID());
await db.query(`INSERT INTO debtor (account, rum, bank_details_version) VALUES ($1, $2, 1)`, [model, rumOf(model)]);

for (let from = 2; from <= accounts; from += 20_000) {
  const numbers = Array.from({ length: Math.min(20_000, accounts - from + 1) }, (_, rank) => numberOf(from + rank));
  await copyRows('account', numbers);
  await copyRows('income', numbers, { changes: { fact: 'gen_random_uuid()' } });
  await copyRows('assessment', numbers, { changes: { income_fact: 'NULL' } });
  for (const table of ['schedule', 'instalment']) await copyRows(table, numbers);
  await copyRows('debtor', numbers, { changes: { rum: `'ISU-' || c.account || '-1'` } });
  await copyRows('stream_head', numbers, { key: 'stream' });
  // Their books are open; what stands in the model's is not theirs.
  await copyRows('ledger_book', numbers, { key: 'holder', changes: { entries: '0', last_recorded_at: "'-infinity'" } });
}
// As accounts of long standing are: rows just copied are settled by whoever reads them first, and nobody knows yet how many they are.
await owner.query('VACUUM (ANALYZE)');
tell(`${accounts} accounts`);
const timed = timing(await databaseProcessor(db));

const memory = { presenting: weighing(accounts), posting: weighing(accounts) };

// Presented on 3 May; killed once in the middle, before a message was committed, and gone on with.
today = '2016-05-03';
let kept = 0;
const killAfter = Math.max(1, Math.floor(accounts / 5_000 / 2));
const dying = {
  keep: async (...parameters) => {
    const id = await bank.keep(...parameters);
    kept += 1;
    memory.presenting.weigh(5_000);
    if (kept === killAfter) throw new Error('killed');
    return id;
  },
};
let run;
const presented = await timed(async () => {
  await presenting({ bank: dying })
    .present(Day.of(dueOn), randomUUID())
    .catch((fault) => {
      if (fault.message !== 'killed') throw fault;
    });
  run = await presenting({ bank: dying }).present(Day.of(dueOn), randomUUID());
});
tell(`${run.presented} presented in ${presented.seconds.toFixed(1)} s`);
const laid = await timed(async () => {
  while (await bank.layNext());
});

/** What the messages ask for: how many debits, of how many references. Nothing of it is kept, for memory is measured. */
async function writtenForTheBank() {
  const references = new Set();
  let written = 0;
  for (const name of await readdir(folder)) {
    for (const [, reference] of (await readFile(join(folder, name), 'utf8')).matchAll(/<EndToEndId>(.*?)</g)) {
      written += 1;
      // A copy: what is cut out of a text keeps the whole text in memory.
      references.add(Buffer.from(reference).toString());
    }
  }
  return { written, references: references.size };
}
const { written, references } = await writtenForTheBank();

// The bank’s credits, one by one as its notices tell them. Read as they come: the bench keeps none.
today = dueOn;
const debitsFrom = (from, limit) =>
  db.query('SELECT account, end_to_end AS "endToEnd", amount FROM debit WHERE account >= $1 ORDER BY account LIMIT $2', [
    numberOf(from),
    limit,
  ]);
const reported = ({ account, endToEnd, amount }, line) => {
  const place = { flow: 'bank/camt.054', batch: '1', line, partnerReference: endToEnd, means: 'direct-debit', valueOn: dueOn };
  const reference = paymentReferenceOf({ account, instalment: '2016-05' });
  return fact(account, 'urssaf-sync.payment-reported.v1', { ...place, amount: amount.replace(/\.00$/, ''), paymentReference: reference });
};
let postedSoFar = 0;
const posted = await timed(async () => {
  const since = performance.now();
  async function lane(which) {
    for (let from = which * atATime; from < accounts; from += lanes * atATime) {
      const some = (await debitsFrom(from + 1, Math.min(atATime, accounts - from))).map((debit, rank) => reported(debit, from + rank + 1));
      await db.transaction((tx) => does.payments.post(tx, some));
      postedSoFar += some.length;
      memory.posting.weigh(some.length);
      if (postedSoFar % 20_000 < atATime) tell(`${postedSoFar} posted, ${Math.round(postedSoFar / seconds(since))}/s`);
    }
  }
  await Promise.all(Array.from({ length: lanes }, (_, which) => lane(which)));
});

// Two in a hundred come back, for every reason in turn.
today = '2016-05-10';
const codes = 'AM01 AM02 AM03 AM04 AC01 AC04 AC06 AG01 RC01 MD01 MD02 MD06 MD07 MS02 MS03 SL01 FF01 AG02 FOCR DNOR CNOR ED05'.split(' ');
const back = Array.from({ length: Math.ceil(accounts / 50) }, (_, rank) => numberOf(rank * 50 + 1));
const debitsOf = (some) =>
  db.query('SELECT account, end_to_end AS "endToEnd", amount FROM debit WHERE account = ANY($1) ORDER BY account', [some]);
const returned = await timed(async () => {
  for (let from = 0; from < back.length; from += atATime) {
    const taken = (await debitsOf(back.slice(from, from + atATime))).map(({ account, endToEnd, amount }, rank) =>
      fact(account, 'urssaf-sync.reversal-reported.v1', {
        ...{ flow: 'bank/camt.054', batch: '2', line: from + rank + 1, partnerReference: `retour/${endToEnd}`, reverses: endToEnd },
        ...{ amount: amount.replace(/\.00$/, ''), valueOn: today, reason: codes[(from + rank) % codes.length] },
      }),
    );
    await db.transaction((tx) => does.reversals.reverse(tx, taken));
  }
});

const [counted] = await db.query(
  `SELECT count(settled_on)::int AS settled, count(returned_on)::int AS returned, (SELECT count(*)::int FROM debited_instalment) AS parts FROM debit`,
);
const said = await db.query(
  `SELECT type, count(*)::int AS count FROM fact WHERE author = 'collection' AND type LIKE 'collection.debit-%' GROUP BY type ORDER BY type`,
);
const saidOf = (type) => said.find((each) => each.type === type)?.count ?? 0;
const wrong = await violations(db.manager);
process.stdout.write(
  `${JSON.stringify({
    ...{ accounts, presented: run.presented, written, references, messages: run.messages, expectedBack: back.length, ...counted },
    ...{ saidPresented: saidOf('collection.debit-presented.v1'), saidReturned: saidOf('collection.debit-returned.v1') },
    violations: wrong.length,
    took: { presented: withoutWeighing(presented, memory.presenting), laid, posted: withoutWeighing(posted, memory.posting), returned },
    memory: { presenting: memory.presenting.tenths, posting: memory.posting.tenths },
    url: server.url,
  })}\n`,
);

function withoutWeighing(took, { costs }) {
  return { ...took, nodeMs: took.nodeMs - costs.nodeMs };
}
process.stdin.resume();
await once(process.stdin, 'end');
await rm(folder, { recursive: true, force: true });
await db.destroy();
await close();
await server.stop();
