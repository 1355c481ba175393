import type { BusinessClock } from '@isu/values';
import { clockOf, Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { LedgerRefusal } from './refusal.js';
import { assertWellFormed, hashOf, type CorrectingTransaction } from './transaction.js';

/** Where a transaction stands in the journal. */
export interface Booked {
  holder: string;
  entry: number;
  key: string;
  effectiveOn: string;
  /** The day whose close counts it: the day of posting, or the first open day if that one is closed. */
  accountingDay: string;
  recordedAt: string;
  /** True when the same act had been posted before: nothing was written now. */
  repeated: boolean;
}

interface Earlier extends Omit<Booked, 'repeated'> {
  contentHash: string;
}

interface Fresh extends Earlier {
  transaction: CorrectingTransaction;
}

/**
 * Writes any number of transactions in a fixed number of statements. Books are locked in ascending order, so that two callers
 * cannot wait for each other, and stay locked until the caller commits.
 */
export async function postAll(tx: EntityManager, clock: BusinessClock, transactions: readonly CorrectingTransaction[]): Promise<Booked[]> {
  if (transactions.length === 0) return [];
  transactions.forEach(assertWellFormed);
  const books = await lockBooks(tx, transactions);
  const act = clockOf(tx, clock);
  const [known, accountingDay] = await Promise.all([postedBefore(tx, transactions), openDay(tx, act)]);
  const fresh: Fresh[] = [];
  const day = { accountingDay, recordedAt: act.recordedAt() };

  const booked = transactions.map((transaction) => {
    const contentHash = hashOf(transaction);
    const { holder, key, effectiveOn } = transaction;
    const earlier = known.get(key);
    if (earlier) return sameOrRefuse(earlier, contentHash);
    const book = bookOf(books, holder);
    book.entries += 1;
    // The wall clock of another machine may lag: inside a book, what comes later is never recorded as known earlier.
    const recordedAt = day.recordedAt > book.lastRecordedAt ? day.recordedAt : book.lastRecordedAt;
    const entry = {
      holder,
      entry: book.entries,
      key,
      effectiveOn: effectiveOn.iso,
      accountingDay: day.accountingDay,
      recordedAt,
      contentHash,
    };
    known.set(key, entry);
    fresh.push({ ...entry, transaction });
    return answer(entry, false);
  });
  if (fresh.length > 0) await write(tx, fresh);
  return booked;
}

const answer = ({ contentHash: _, ...booked }: Earlier, repeated: boolean): Booked => ({ ...booked, repeated });

function sameOrRefuse(earlier: Earlier, contentHash: string): Booked {
  if (earlier.contentHash !== contentHash) throw new LedgerRefusal('key-with-other-content', { key: earlier.key });
  return answer(earlier, true);
}

interface Book {
  entries: number;
  lastRecordedAt: string;
}

function bookOf(books: Map<string, Book>, holder: string): Book {
  const book = books.get(holder);
  if (!book) throw new Error('A locked book is missing.');
  return book;
}

async function lockBooks(tx: EntityManager, transactions: readonly CorrectingTransaction[]): Promise<Map<string, Book>> {
  const holders = [...new Set(transactions.map(({ holder }) => holder))].sort();
  const lock = `
    SELECT holder, entries, to_char(last_recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "lastRecordedAt"
    FROM ledger_book WHERE holder = ANY($1) ORDER BY holder FOR UPDATE`;
  let rows: (Book & { holder: string })[] = await tx.query(lock, [holders]);
  if (rows.length < holders.length) {
    await tx.query(`INSERT INTO ledger_book (holder) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING`, [holders]);
    rows = await tx.query(lock, [holders]);
  }
  return new Map(rows.map(({ holder, entries, lastRecordedAt }) => [holder, { entries, lastRecordedAt: lastRecordedAt ?? '' }]));
}

/** What stands under these keys already. Each is read by itself, however little is known of the tables yet. */
async function postedBefore(tx: EntityManager, transactions: readonly CorrectingTransaction[]): Promise<Map<string, Earlier>> {
  const rows: Earlier[] = await tx.query(
    `SELECT t.holder, t.entry, t.key, t.effective_on::text AS "effectiveOn", t.accounting_day::text AS "accountingDay",
       to_char(t.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "recordedAt",
       encode(t.content_hash, 'hex') AS "contentHash"
     FROM unnest($1::text[]) AS n (key)
     CROSS JOIN LATERAL (SELECT k.holder, k.entry FROM ledger_key k WHERE k.key = n.key OFFSET 0) k
     CROSS JOIN LATERAL (SELECT * FROM ledger_transaction t WHERE (t.holder, t.entry) = (k.holder, k.entry) OFFSET 0) t`,
    [transactions.map(({ key }) => key)],
  );
  return new Map(rows.map((row) => [row.key, row]));
}

async function openDay(tx: EntityManager, clock: BusinessClock): Promise<string> {
  const [row]: { day: string }[] = await tx.query(`SELECT ledger_open_day($1)::text AS day`, [clock.today().iso]);
  if (!row) throw new Error('The ledger gave no open day.');
  return row.day;
}

/** One statement, so that the table's own check sees each transaction with all its postings. */
const insertAll = `
  WITH entry AS (
    INSERT INTO ledger_transaction
      (holder, entry, key, content_hash, reason, effective_on, accounting_day, recorded_at, corrects, posting_count, total)
    SELECT holder, entry, key, decode(hash, 'hex'), reason, effective_on, $20, recorded_at, corrects, posting_count, total
    FROM unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::text[], $6::date[], $7::timestamptz[], $8::int[], $9::int[], $10::numeric[])
      AS t (holder, entry, key, hash, reason, effective_on, recorded_at, corrects, posting_count, total)
  ), key AS (
    INSERT INTO ledger_key (key, holder, entry) SELECT * FROM unnest($3::text[], $1::text[], $2::int[])
  ), posting AS (
    INSERT INTO ledger_posting
      (holder, entry, line, from_kind, from_year, from_code, to_kind, to_year, to_code, amount, accounting_day)
    SELECT p.*, $20 FROM unnest($11::text[], $12::int[], $13::int[], $14::text[], $15::int[], $16::text[], $17::text[], $18::int[], $19::text[],
      $21::numeric[]) AS p
  )
  UPDATE ledger_book b SET entries = n.entries, last_recorded_at = n.recorded_at
  FROM (SELECT holder, max(entry) AS entries, max(recorded_at) AS recorded_at
        FROM unnest($1::text[], $2::int[], $7::timestamptz[]) AS n (holder, entry, recorded_at) GROUP BY holder) n
  WHERE b.holder = n.holder`;

async function write(tx: EntityManager, fresh: readonly Fresh[]): Promise<void> {
  const lines = fresh.flatMap(({ holder, entry, transaction }) =>
    transaction.postings.map((posting, index) => ({ holder, entry, line: index + 1, ...posting })),
  );
  await tx
    .query(insertAll, [
      fresh.map(({ holder }) => holder),
      fresh.map(({ entry }) => entry),
      fresh.map(({ key }) => key),
      fresh.map(({ contentHash }) => contentHash),
      fresh.map(({ transaction }) => transaction.reason),
      fresh.map(({ effectiveOn }) => effectiveOn),
      fresh.map(({ recordedAt }) => recordedAt),
      fresh.map(({ transaction }) => transaction.corrects ?? null),
      fresh.map(({ transaction }) => transaction.postings.length),
      fresh.map(({ transaction }) => Money.sum(transaction.postings.map(({ amount }) => amount)).toString()),
      lines.map(({ holder }) => holder),
      lines.map(({ entry }) => entry),
      lines.map(({ line }) => line),
      lines.map(({ from }) => from.kind),
      lines.map(({ from }) => from.year),
      lines.map(({ from }) => from.code),
      lines.map(({ to }) => to.kind),
      lines.map(({ to }) => to.year),
      lines.map(({ to }) => to.code),
      fresh[0]?.accountingDay,
      lines.map(({ amount }) => amount.toString()),
    ])
    .catch(refuseTwins);
}

/** The one race that book locks leave open: the same key used at the same instant for two books. */
function refuseTwins(fault: unknown): never {
  const { constraint, detail = '' } = fault as { constraint?: string; detail?: string };
  if (constraint === 'ledger_key_pkey')
    throw new LedgerRefusal('key-with-other-content', { key: /\(key\)=\((.*)\)/.exec(detail)?.[1] ?? '' });
  throw fault;
}
