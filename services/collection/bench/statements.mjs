/**
 * The statement of an account of ten years: now, as it was known on a past day with the view that proves it, and its journal; four readers at once
 * while payments are posted beside them. After the build: node services/collection/bench/statements.mjs <accounts> <readings>. Says a line of JSON.
 * One account is lived through collection’s own use cases, month by month; the others are copies of its books and facts.
 */
import { randomUUID } from 'node:crypto';
import { foldAccount, viewBytes } from '@isu/account';
import { endOfDayInParis, jobMigration, KnownFlows, personKeyMigration } from '@isu/chassis';
import { canonicalJson } from '@isu/contracts';
import { journal } from '@isu/ledger';
import { FactStore, messagingMigrations } from '@isu/messaging';
import { freshDatabase, startPostgres } from '@isu/testing';
import { AccountNumber, Day, Money } from '@isu/values';
import { collectionMigrations } from '../dist/migrations/all.js';
import { journalCsv, journalRows } from '../dist/statements/journal.js';
import { readStatement } from '../dist/statements/statement.table.js';
import { useCases } from '../dist/use-cases.js';
import { copying } from './copies.mjs';

const accounts = Number(process.argv[2] ?? 50);
const readings = Number(process.argv[3] ?? 400);
const readers = 4;
const [firstYear, lastYear] = [2013, 2022];
let today = `${firstYear}-01-02`;
const now = () => new Date(performance.timeOrigin + performance.now());
const clock = { now, today: () => Day.of(today), recordedAt: () => `${today}T${now().toISOString().slice(11)}` };
const log = { debug() {}, info() {}, warn: console.warn, error: console.error, child: () => log };
const tell = (text) => process.stderr.write(`… money: ${text}\n`);

const server = await startPostgres({ durable: true });
const { db, owner, close } = await freshDatabase([...messagingMigrations, jobMigration, personKeyMigration, ...collectionMigrations], {
  schema: 'collection',
});
const facts = new FactStore('collection', clock);
const does = useCases({ db, facts, flows: new KnownFlows(facts), clock, log });
const numberOf = (rank) => AccountNumber.make('13', rank).toString();
const model = numberOf(1);

/** What another author says, kept as the inbox keeps it. */
const seqs = new Map();
async function hear(tx, subject, type, data) {
  const author = type.slice(0, type.indexOf('.'));
  const seq = (seqs.get(`${author} ${subject}`) ?? 0) + 1;
  seqs.set(`${author} ${subject}`, seq);
  const fact = {
    ...{ specversion: '1.0', id: randomUUID(), source: `/isu/${author}`, type, subject, time: clock.recordedAt(), seq, previous: null },
    ...{ datacontenttype: 'application/json', position: String(seq), effectiveon: today, correlation: randomUUID(), cause: null, data },
  };
  await tx.query(
    `INSERT INTO fact (author, stream, seq, id, type, envelope, digest, position, effective_on, recorded_at, received_at)
     VALUES ($1, $2, $3, $4, $5, $6, '', $7, $8, $9, $9)`,
    [author, subject, seq, fact.id, type, canonicalJson(fact), seq, today, fact.time],
  );
  return fact;
}

const registered = { group: 'commercant', regime: 'common', startedOn: `${firstYear}-01-01`, fund: '13' };
const register = (account) =>
  db.transaction(async (tx) => does.accounts.open(tx, [await hear(tx, account, 'affiliation.registered.v1', registered)]));
const pay = (account, amount) =>
  db.transaction(async (tx) => {
    const place = { flow: 'urssaf/payments', batch: '1', line: 2, partnerReference: randomUUID(), means: 'direct-debit' };
    await does.payments.post(tx, [await hear(tx, account, 'urssaf-sync.payment-reported.v1', { ...place, amount, valueOn: today })]);
  });
const dueOf = async (account) => {
  const [{ due }] = await db.query('SELECT coalesce(sum(amount - paid), 0) AS due FROM instalment WHERE account = $1 AND due_on <= $2', [
    ...[account, today],
  ]);
  return Money.of(due);
};
const declare = (account, year, amount) =>
  db.transaction((tx) =>
    does.incomes.declare(tx, account, { year, amount: Money.of(amount), kind: 'declared', source: 'portal' }, { cause: null }),
  );

await register(model);
for (let year = firstYear; year <= lastYear; year += 1) {
  for (let month = 1; month <= 12; month += 1) {
    today = `${year}-${String(month).padStart(2, '0')}-08`;
    if (month === 1 && year > firstYear) await does.runs.run('provisional', year, randomUUID());
    const due = await dueOf(model);
    if (due.isPositive) await pay(model, due.toString());
    today = `${year}-${String(month).padStart(2, '0')}-20`;
    if (month === 5 && year > firstYear) await declare(model, year - 1, String(18_000 + 1_500 * (year - firstYear)));
  }
  today = `${year}-12-31`;
  await does.days.close(Day.of(today), { correlation: randomUUID(), askedBy: null });
}
const isCopied = {
  fact: { key: 'stream', changes: { id: 'gen_random_uuid()', envelope: `replace(t.envelope::text, '${model}', c.account)::json` } },
};
const [{ entries, postings, heard }] = await db.query(
  `SELECT (SELECT count(*)::int FROM ledger_transaction) AS entries, (SELECT count(*)::int FROM ledger_posting) AS postings,
     (SELECT count(*)::int FROM fact WHERE stream = $1) AS heard`,
  [model],
);
tell(`ten years: ${entries} entries, ${postings} postings, ${heard} facts`);

// Copies are rows under other numbers: the guards against half an entry, and against closed days, are for those who book.
for (const table of ['ledger_transaction', 'ledger_posting']) await owner.query(`ALTER TABLE ${table} DISABLE TRIGGER whole`);
const copyRows = copying(owner, model);
for (let from = 2; from <= accounts; from += 100) {
  const numbers = Array.from({ length: Math.min(100, accounts - from + 1) }, (_, rank) => numberOf(from + rank));
  await copyRows('account', numbers);
  for (const table of ['ledger_transaction', 'ledger_posting']) await copyRows(table, numbers, { key: 'holder' });
  await copyRows('fact', numbers, isCopied.fact);
}
for (const table of ['ledger_transaction', 'ledger_posting']) await owner.query(`ALTER TABLE ${table} ENABLE TRIGGER whole`);
await owner.query('VACUUM ANALYZE');
tell(`${accounts} accounts`);

// Beside the readers, payments come in for somebody else.
today = `${lastYear + 1}-01-09`;
const payer = numberOf(accounts + 1);
await register(payer);
let isOver = false;
let paid = 0;
const paying = (async () => {
  while (!isOver) {
    await pay(payer, '12.34');
    paid += 1;
  }
})();

let turn = 0;
async function measure(read) {
  const times = [];
  const reader = async () => {
    for (let at = 0; at < readings / readers; at += 1) {
      turn += 1;
      const account = numberOf(1 + (turn % accounts));
      const since = performance.now();
      await read(account);
      times.push(performance.now() - since);
    }
  };
  await Promise.all(Array.from({ length: readers }, reader));
  times.sort((a, b) => a - b);
  return { p50: times[Math.floor(times.length / 2)], p99: times[Math.min(times.length - 1, Math.ceil(times.length * 0.99) - 1)] };
}
const past = Day.of(`${lastYear - 2}-06-30`);
const known = { on: past, at: endOfDayInParis(past.iso) };
const bodyOf = async (account, at) => JSON.stringify(await readStatement(db, account, at));
const asKnown = async (account) => {
  const [told, held] = await Promise.all([bodyOf(account, known), facts.factsOf(db, account, known.at)]);
  return { told, view: viewBytes(foldAccount(held)) };
};
const current = { on: clock.today(), at: undefined };
const csvOf = async (account) => journalCsv(journalRows(await journal(db.manager, account)));
for (const read of [(account) => bodyOf(account, current), asKnown, csvOf])
  for (let rank = 1; rank <= Math.min(accounts, 20); rank += 1) await read(numberOf(rank));

const statement = await measure((account) => bodyOf(account, current));
const asKnownOn = await measure(asKnown);
const csv = await measure(csvOf);
isOver = true;
await paying;

// A copy tells what its model tells, to the cent; figures of another account would be no figures.
const figures = async (account) => JSON.stringify((await readStatement(db, account, known)).current);
const isSame = (await figures(model)) === (await figures(numberOf(accounts)));
const balance = (await readStatement(db, model, current)).current.balance.toString();
const last = journalRows(await journal(db.manager, model))
  .at(-1)
  ?.balance.toString();
process.stdout.write(
  `${JSON.stringify({ ...{ accounts, entries, postings, facts: heard, paid, isSame, isBalanced: balance === last }, statement, asKnownOn, csv })}\n`,
);
await close();
await server.stop();
