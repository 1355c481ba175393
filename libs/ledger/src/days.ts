import { Day, Money, type BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { nameOf, type AccountKind } from './chart.js';
import { LedgerRefusal } from './refusal.js';

export interface ClosedDay {
  day: string;
  transactions: number;
  postings: number;
  /** Sum of all amounts moved that day. */
  total: Money;
  previousDigest: string | null;
  /** SHA-256 over the digest of the day before and every entry of the day: one altered row changes this and all later ones. */
  digest: string;
  closedAt: string;
  totals: { name: string; debit: Money; credit: Money }[];
}

/**
 * Closes an accounting day: totals and digest are frozen, and nothing is booked on it any more. Closing it again gives the same
 * answer. Days close one after the other without a hole, quiet days too; a day still to come cannot be closed.
 */
export async function close(tx: EntityManager, clock: BusinessClock, day: Day): Promise<ClosedDay> {
  // Waits for whoever is booking on that day; posts of the following days go on meanwhile.
  await tx.query(`SELECT pg_advisory_xact_lock('ledger_day'::regclass::oid::integer, $1::date - date '2000-01-01')`, [day.iso]);
  const earlier = await closedDay(tx, day);
  if (earlier) return earlier;
  if (day.isAfter(clock.today())) throw new LedgerRefusal('day-not-come', { day: day.iso, today: clock.today().iso });
  const expected = await nextToClose(tx, day);
  if (expected !== day.iso) throw new LedgerRefusal('day-out-of-order', { day: day.iso, expected });

  await tx.query(
    `INSERT INTO ledger_day (day, transactions, postings, total, previous_digest, digest, closed_at)
     SELECT $1::date, count(entry), coalesce(sum(posting_count), 0), coalesce(sum(total), 0), before.digest,
       ledger_day_digest($1::date, before.digest), $2
     FROM (SELECT (SELECT digest FROM ledger_day WHERE day = $1::date - 1) AS digest) before
     LEFT JOIN ledger_transaction ON accounting_day = $1::date
     GROUP BY before.digest`,
    [day.iso, clock.recordedAt()],
  );
  await tx.query(
    `INSERT INTO ledger_day_total (day, kind, year, code, debit, credit)
     SELECT accounting_day, kind, year, code, sum(debit), sum(credit) FROM ledger_movement WHERE accounting_day = $1
     GROUP BY accounting_day, kind, year, code`,
    [day.iso],
  );
  const closed = await closedDay(tx, day);
  if (!closed) throw new Error('The day just closed cannot be read.');
  return closed;
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
  const [row]: (Omit<ClosedDay, 'total' | 'totals'> & { total: string })[] = await tx.query(
    `SELECT day::text, transactions, postings, total, encode(previous_digest, 'hex') AS "previousDigest", encode(digest, 'hex') AS digest,
       to_char(closed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "closedAt"
     FROM ledger_day WHERE day = $1`,
    [day.iso],
  );
  if (!row) return null;
  const totals: { kind: AccountKind; year: number | null; code: string | null; debit: string; credit: string }[] = await tx.query(
    `SELECT kind, year, code, debit, credit FROM ledger_day_total WHERE day = $1 ORDER BY kind, year NULLS FIRST, code NULLS FIRST`,
    [day.iso],
  );
  return {
    ...row,
    total: Money.of(row.total),
    totals: totals.map(({ debit, credit, ...account }) => ({ name: nameOf(account), debit: Money.of(debit), credit: Money.of(credit) })),
  };
}
