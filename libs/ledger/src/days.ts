import { clockOf, Day, Money, type BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { nameOf, type AccountKind } from './chart.js';
import { LedgerRefusal } from './refusal.js';

/** What was frozen of a day, in sum. */
export interface FrozenDay {
  day: string;
  transactions: number;
  postings: number;
  /** Sum of all amounts moved that day. */
  total: Money;
  previousDigest: string | null;
  /** SHA-256 over the digest of the day before and every entry of the day: one altered row changes this and all later ones. */
  digest: string;
  closedAt: string;
}

export interface ClosedDay extends FrozenDay {
  totals: { name: string; debit: Money; credit: Money }[];
}

/**
 * Closes an accounting day: totals and digest are frozen, and nothing is booked on it any more. Closing it again gives the same
 * answer. Days close one after the other without a hole, quiet days too; a day still to come cannot be closed.
 */
export async function close(tx: EntityManager, clock: BusinessClock, day: Day): Promise<ClosedDay> {
  await lockDays(tx, day, day);
  const earlier = await closedDay(tx, day);
  if (earlier) return earlier;
  mustHaveCome(day, clockOf(tx, clock));
  const expected = await nextToClose(tx, day);
  if (expected !== day.iso) throw new LedgerRefusal('day-out-of-order', { day: day.iso, expected });
  await freeze(tx, { first: day, last: day }, clock);
  const closed = await closedDay(tx, day);
  if (!closed) throw new Error('The day just closed cannot be read.');
  return closed;
}

/**
 * Closes the days that nobody has closed yet, from the next one up to this one, so many at most: in as many statements as one day takes. The
 * caller lets one close go on at a time. Gives them in their order; none when there was none to close.
 */
export async function closeStretch(
  tx: EntityManager,
  clock: BusinessClock,
  { through, atMost }: { through: Day; atMost: number },
): Promise<FrozenDay[]> {
  mustHaveCome(through, clockOf(tx, clock));
  const first = Day.of(await nextToClose(tx, through));
  if (first.isAfter(through)) return [];
  const last = Day.min(through, first.plusDays(atMost - 1));
  await lockDays(tx, first, last);
  await freeze(tx, { first, last }, clock);
  return frozenDays(tx, first, last);
}

function mustHaveCome(day: Day, clock: BusinessClock): void {
  if (day.isAfter(clock.today())) throw new LedgerRefusal('day-not-come', { day: day.iso, today: clock.today().iso });
}

/** Waits for whoever is booking on those days; posts of the following days go on meanwhile. */
async function lockDays(tx: EntityManager, first: Day, last: Day): Promise<void> {
  await tx.query(
    `SELECT pg_advisory_xact_lock('ledger_day'::regclass::oid::integer, day - date '2000-01-01')
       FROM (SELECT generate_series($1::date, $2::date, interval '1 day')::date AS day) days`,
    [first.iso, last.iso],
  );
}

/** Each day names the digest of the one before: what was booked is read once for all of them, and chained day by day. */
async function freeze(tx: EntityManager, { first, last }: { first: Day; last: Day }, clock: BusinessClock): Promise<void> {
  await tx.query(
    `WITH RECURSIVE booked AS MATERIALIZED (
       SELECT accounting_day AS day, count(*) AS transactions, sum(posting_count) AS postings, sum(total) AS total,
              string_agg(ledger_day_leaf(t), ''::bytea ORDER BY t.holder, t.entry) AS leaves
         FROM ledger_transaction t WHERE accounting_day BETWEEN $1 AND $2 GROUP BY accounting_day),
     chained AS (
       SELECT before.day + 1 AS day, before.digest AS previous, ledger_day_link(before.day + 1, before.digest, b.leaves) AS digest
         FROM (SELECT $1::date - 1 AS day, (SELECT digest FROM ledger_day WHERE day = $1::date - 1) AS digest) before
         LEFT JOIN booked b ON b.day = before.day + 1
       UNION ALL
       SELECT c.day + 1, c.digest, ledger_day_link(c.day + 1, c.digest, b.leaves)
         FROM chained c LEFT JOIN booked b ON b.day = c.day + 1 WHERE c.day < $2)
     INSERT INTO ledger_day (day, transactions, postings, total, previous_digest, digest, closed_at)
     SELECT day, coalesce(transactions, 0), coalesce(postings, 0), coalesce(total, 0), previous, digest, $3
       FROM chained LEFT JOIN booked USING (day)`,
    [first.iso, last.iso, clockOf(tx, clock).recordedAt()],
  );
  await tx.query(
    `INSERT INTO ledger_day_total (day, kind, year, code, debit, credit)
     SELECT accounting_day, kind, year, code, sum(debit), sum(credit) FROM ledger_movement WHERE accounting_day BETWEEN $1 AND $2
     GROUP BY accounting_day, kind, year, code`,
    [first.iso, last.iso],
  );
}

/** Which day must be closed before or as this one: the day after the last closed one; at first, any day that leaves no earlier posting behind. */
export async function nextToClose(tx: EntityManager, day: Day): Promise<string> {
  const [row]: { expected: string }[] = await tx.query(
    `SELECT coalesce(
       (SELECT max(day) + 1 FROM ledger_day),
       (SELECT min(accounting_day) FROM ledger_transaction WHERE accounting_day < $1),
       $1)::text AS expected`,
    [day.iso],
  );
  if (!row) throw new Error('The ledger does not say which day closes next.');
  return row.expected;
}

/** What was frozen when the day was closed; null while it is open. */
export async function closedDay(tx: EntityManager, day: Day): Promise<ClosedDay | null> {
  const [frozen] = await frozenDays(tx, day, day);
  if (!frozen) return null;
  const totals: TotalRow[] = await tx.query(
    `SELECT kind, year, code, debit, credit FROM ledger_day_total WHERE day = $1 ORDER BY kind, year NULLS FIRST, code NULLS FIRST`,
    [day.iso],
  );
  return { ...frozen, totals: totals.map(totalOf) };
}

/** What an open day has moved so far, account by account: what would be frozen if it were closed now. */
export async function totalsSoFar(tx: EntityManager, day: Day): Promise<ClosedDay['totals']> {
  const totals: TotalRow[] = await tx.query(
    `SELECT kind, year, code, sum(debit) AS debit, sum(credit) AS credit FROM ledger_movement WHERE accounting_day = $1
     GROUP BY kind, year, code ORDER BY kind, year NULLS FIRST, code NULLS FIRST`,
    [day.iso],
  );
  return totals.map(totalOf);
}

interface TotalRow {
  readonly kind: AccountKind;
  readonly year: number | null;
  readonly code: string | null;
  readonly debit: string;
  readonly credit: string;
}

const totalOf = ({ debit, credit, ...account }: TotalRow): ClosedDay['totals'][number] => ({
  ...{ name: nameOf(account), debit: Money.of(debit), credit: Money.of(credit) },
});

async function frozenDays(tx: EntityManager, first: Day, last: Day): Promise<FrozenDay[]> {
  const rows: (Omit<FrozenDay, 'total'> & { total: string })[] = await tx.query(
    `SELECT day::text, transactions, postings, total, encode(previous_digest, 'hex') AS "previousDigest", encode(digest, 'hex') AS digest,
       to_char(closed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "closedAt"
     FROM ledger_day WHERE day BETWEEN $1 AND $2 ORDER BY day`,
    [first.iso, last.iso],
  );
  return rows.map((row) => ({ ...row, total: Money.of(row.total) }));
}
