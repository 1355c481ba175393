import { Day, Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { nameOf, type AccountKind, type LedgerAccount } from './chart.js';

export interface Balance {
  account: LedgerAccount;
  name: string;
  /** What came in minus what went out. */
  balance: Money;
}

/** Two dates on every entry: when it took effect, when we learned it. Left out, the date does not limit. */
export interface AsOf {
  /** Counts what takes effect on that day at the latest. */
  on?: Day;
  /** Counts what was recorded at that instant (ISO, UTC) at the latest. */
  knownAt?: string;
  /** Counts what was booked on that accounting day at the latest. */
  through?: Day;
}

interface BalanceRow {
  holder: string;
  kind: AccountKind;
  year: number | null;
  code: string | null;
  balance: string;
}

const balanceOf = ({ kind, year, code, balance }: BalanceRow): Balance => {
  const account = { kind, year, code };
  return { account, name: nameOf(account), balance: Money.of(balance) };
};

/** Every account of a book that is not at zero, the house's side included, so that together they make zero. */
export async function balances(tx: EntityManager, holder: string, asOf: AsOf = {}): Promise<Balance[]> {
  return (await balancesByHolder(tx, [holder], asOf)).get(holder) ?? [];
}

/** The same for many books in one statement. */
export async function balancesByHolder(tx: EntityManager, holders: readonly string[], asOf: AsOf = {}): Promise<Map<string, Balance[]>> {
  // The holders are said of both tables, so that each is read by its own key, or from its own partitions one day.
  const rows: BalanceRow[] = await tx.query(
    `SELECT m.holder, m.kind, m.year, m.code, sum(m.debit - m.credit) AS balance
     FROM ledger_movement m JOIN ledger_transaction t USING (holder, entry)
     WHERE m.holder = ANY($1) AND t.holder = ANY($1) AND t.effective_on <= coalesce($2, 'infinity'::date) AND t.recorded_at <= coalesce($3, 'infinity'::timestamptz)
       AND t.accounting_day <= coalesce($4, 'infinity'::date)
     GROUP BY m.holder, m.kind, m.year, m.code HAVING sum(m.debit - m.credit) <> 0
     ORDER BY m.holder, m.kind, m.year NULLS FIRST, m.code NULLS FIRST`,
    [holders, asOf.on?.iso ?? null, asOf.knownAt ?? null, asOf.through?.iso ?? null],
  );
  const found = new Map<string, Balance[]>();
  for (const row of rows) found.set(row.holder, [...(found.get(row.holder) ?? []), balanceOf(row)]);
  return found;
}

/** Of one book: what it held at the last accounting day that had been closed by an instant, or now, and with all that was booked since. */
export interface BalancesSinceClose {
  readonly closedThrough: Day | null;
  readonly closed: readonly Balance[];
  readonly current: readonly Balance[];
}

/**
 * One statement, which is one snapshot: both differ by what was booked since the close and by nothing else. Postings are summed from account to
 * account before their two sides are parted, so that each is read once.
 */
export async function balancesSinceClose(tx: Pick<EntityManager, 'query'>, holder: string, knownAt?: string): Promise<BalancesSinceClose> {
  // Inside a book what comes later is never recorded as known earlier: what was known at an instant is a beginning of its entries.
  const rows: (BalanceRow & { closed: string; day: string | null })[] = await tx.query(
    `WITH last AS (SELECT max(day) AS day FROM ledger_day WHERE closed_at <= coalesce($2, 'infinity'::timestamptz)),
     moved AS (
       SELECT from_kind, from_year, from_code, to_kind, to_year, to_code, sum(amount) AS amount,
         coalesce(sum(amount) FILTER (WHERE accounting_day <= (SELECT day FROM last)), 0) AS closed
       FROM ledger_posting
       WHERE holder = $1 AND ($2::timestamptz IS NULL
         OR entry <= (SELECT max(entry) FROM ledger_transaction WHERE holder = $1 AND recorded_at <= $2))
       GROUP BY 1, 2, 3, 4, 5, 6),
     held AS (
       SELECT side.kind, side.year, side.code, sum(side.amount) AS balance, sum(side.closed) AS closed
       FROM moved m CROSS JOIN LATERAL (VALUES
         (m.from_kind, m.from_year, m.from_code, -m.amount, -m.closed),
         (m.to_kind, m.to_year, m.to_code, m.amount, m.closed)) AS side (kind, year, code, amount, closed)
       GROUP BY 1, 2, 3)
     SELECT last.day::text AS day, held.* FROM last LEFT JOIN held ON true ORDER BY kind, year NULLS FIRST, code NULLS FIRST`,
    [holder, knownAt ?? null],
  );
  const day = rows[0]?.day ?? null;
  // A book without an entry has a day and nothing else.
  const held = rows.filter(({ kind }) => (kind as AccountKind | null) !== null);
  const notZero = (balances: readonly Balance[]): Balance[] => balances.filter(({ balance }) => !balance.isZero);
  return {
    closedThrough: day === null ? null : Day.of(day),
    closed: notZero(held.map(({ closed, ...row }) => balanceOf({ ...row, balance: closed }))),
    current: notZero(held.map(balanceOf)),
  };
}

/**
 * The accounts summed over every book at the end of an accounting day: frozen totals for the closed days, postings for the open
 * ones only, so that the answer costs the same in the tenth year as in the first.
 */
export async function totalBalances(tx: EntityManager, through: Day): Promise<Balance[]> {
  const rows: BalanceRow[] = await tx.query(
    `WITH part AS (
       SELECT kind, year, code, debit, credit FROM ledger_day_total WHERE day <= $1
       UNION ALL
       SELECT kind, year, code, debit, credit FROM ledger_movement
       WHERE accounting_day <= $1 AND accounting_day > coalesce((SELECT max(day) FROM ledger_day), '-infinity'::date))
     SELECT kind, year, code, sum(debit - credit) AS balance FROM part
     GROUP BY kind, year, code HAVING sum(debit - credit) <> 0 ORDER BY kind, year NULLS FIRST, code NULLS FIRST`,
    [through.iso],
  );
  return rows.map(balanceOf);
}
