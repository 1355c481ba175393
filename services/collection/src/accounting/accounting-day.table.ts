import { accountNamed, closedDay, nextToClose, totalBalances, totalsSoFar, type AccountKind } from '@isu/ledger';
import { Day, Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { ClosedBy, DayAct, DayFigures, DayListed, DayShown, KindBalance, KindTotals } from './accounting-day.js';

type Reading = EntityManager;

/** What was done on some days, act by act. */
const acts = `
  SELECT day, jsonb_agg(jsonb_build_object('reason', reason, 'transactions', transactions, 'total', total::text) ORDER BY reason) AS acts
  FROM (SELECT accounting_day AS day, reason, count(*) AS transactions, sum(total) AS total FROM ledger_transaction
         WHERE accounting_day BETWEEN $1 AND $2 GROUP BY accounting_day, reason) each GROUP BY day`;

/** Writes down who closed these days, and what was done on them; in the transaction that froze them. */
export async function keepCloses(
  tx: Reading,
  { from, through, askedBy, run }: { from: string; through: string; askedBy: string | null; run: string },
): Promise<void> {
  await tx.query(
    `INSERT INTO accounting_close (day, asked_by, run, acts)
     SELECT d.day, $3, $4, coalesce(a.acts, '[]') FROM ledger_day d LEFT JOIN (${acts}) a USING (day) WHERE d.day BETWEEN $1 AND $2`,
    [from, through, askedBy, run],
  );
}

interface FiguresRow {
  readonly day: string;
  readonly transactions: number;
  readonly postings: number;
  readonly total: string;
}

const figuresOf = ({ total, ...row }: FiguresRow): DayFigures => ({ ...row, total: Money.of(total) });

interface CloseRow {
  readonly closedAt: string;
  readonly askedBy: string | null;
  readonly run: string | null;
  readonly runDate: string | null;
}

const closeColumns = `to_char(d.closed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "closedAt",
  coalesce(c.asked_by, r.asked_by) AS "askedBy", r.id AS run, r.on_date::text AS "runDate"`;
const closes = `ledger_day d LEFT JOIN accounting_close c USING (day) LEFT JOIN job_run r ON r.id = c.run`;

const closedByOf = ({ askedBy, run, runDate }: Omit<CloseRow, 'closedAt'>): ClosedBy => ({ run, runDate, askedBy });

/** Closed days, the last first. */
export async function closedDays(tx: Reading, { before, limit }: { before: Day | undefined; limit: number }): Promise<DayListed[]> {
  const rows: (FiguresRow & CloseRow)[] = await tx.query(
    `SELECT d.day::text, d.transactions, d.postings, d.total, ${closeColumns} FROM ${closes}
     WHERE d.day < coalesce($1, 'infinity'::date) ORDER BY d.day DESC LIMIT $2`,
    [before?.iso ?? null, limit],
  );
  return rows.map(({ closedAt, askedBy, run, runDate, ...row }) => ({
    ...figuresOf(row),
    closedAt,
    closedBy: closedByOf({ askedBy, run, runDate }),
  }));
}

/** Days on which something may still be booked, the oldest first: those that nobody has closed, today, and the next one once today is closed. */
export async function openDays(tx: Reading, today: Day, limit: number): Promise<{ days: DayFigures[]; count: number }> {
  const first = Day.of(await nextToClose(tx, today));
  const last = Day.max(first, today);
  // What was booked is read by its stretch of days, which the index of days finds among years.
  const rows: FiguresRow[] = await tx.query(
    `SELECT d.day::date::text AS day, coalesce(t.transactions, 0)::int AS transactions, coalesce(t.postings, 0)::int AS postings,
       coalesce(t.total, 0) AS total
     FROM generate_series($1::date, $2::date, interval '1 day') AS d (day)
     LEFT JOIN (
       SELECT accounting_day AS day, count(*) AS transactions, sum(posting_count) AS postings, sum(total) AS total FROM ledger_transaction
       WHERE accounting_day BETWEEN $1 AND $2 GROUP BY accounting_day) t ON t.day = d.day
     ORDER BY d.day`,
    [first.iso, Day.min(last, first.plusDays(limit - 1)).iso],
  );
  return { days: rows.map(figuresOf), count: first.daysUntil(last) + 1 };
}

/** The accounts summed over every book, kind by kind, at the end of a day: together they make zero, or money was lost (I2). */
export async function kindBalances(tx: Reading, through: Day): Promise<KindBalance[]> {
  const byKind = new Map<AccountKind, Money>();
  for (const { account, balance } of await totalBalances(tx, through)) {
    byKind.set(account.kind, (byKind.get(account.kind) ?? Money.zero).plus(balance));
  }
  return [...byKind].map(([kind, balance]) => ({ kind, balance }));
}

/** One day with its control totals; null for one before the books began or after the last that is open. */
export async function shownDay(tx: Reading, day: Day, today: Day): Promise<DayShown | null> {
  const closed = await closedDay(tx, day);
  const figures = closed ?? (await openDay(tx, day, today));
  if (!figures) return null;
  const close = closed && (await closeOf(tx, day));
  return {
    ...figures,
    state: closed ? 'closed' : 'open',
    closedBy: close?.closedBy ?? null,
    kinds: byKind(figures.totals),
    acts: close?.acts ?? (await actsOf(tx, day)),
    balances: await kindBalances(tx, day),
  };
}

type OpenDay = DayFigures & Pick<DayShown, 'totals' | 'digest' | 'previousDigest' | 'closedAt'>;

async function openDay(tx: Reading, day: Day, today: Day): Promise<OpenDay | null> {
  const first = Day.of(await nextToClose(tx, today));
  if (day.isBefore(first) || day.isAfter(Day.max(first, today))) return null;
  const [figures]: FiguresRow[] = await tx.query(
    `SELECT $1::date::text AS day, count(*)::int AS transactions, coalesce(sum(posting_count), 0)::int AS postings, coalesce(sum(total), 0) AS total
     FROM ledger_transaction WHERE accounting_day = $1`,
    [day.iso],
  );
  if (!figures) throw new Error('A day that is open has its figures.');
  return {
    ...figuresOf(figures),
    ...{ digest: null, previousDigest: null, closedAt: null },
    totals: await totalsSoFar(tx, day),
  };
}

function byKind(totals: DayShown['totals']): KindTotals[] {
  const kinds = new Map<AccountKind, KindTotals>();
  for (const { name, debit, credit } of totals) {
    const { kind } = accountNamed(name);
    const known = kinds.get(kind) ?? { kind, debit: Money.zero, credit: Money.zero };
    kinds.set(kind, { kind, debit: known.debit.plus(debit), credit: known.credit.plus(credit) });
  }
  return [...kinds.values()];
}

type ActRow = Omit<DayAct, 'total'> & { readonly total: string };
const actsIn = (rows: readonly ActRow[]): DayAct[] => rows.map(({ total, ...act }) => ({ ...act, total: Money.of(total) }));

async function closeOf(tx: Reading, day: Day): Promise<{ closedBy: ClosedBy; acts: DayAct[] }> {
  const [row]: (CloseRow & { acts: ActRow[] | null })[] = await tx.query(`SELECT c.acts, ${closeColumns} FROM ${closes} WHERE d.day = $1`, [
    day.iso,
  ]);
  if (!row) throw new Error('A day that was closed says by whom.');
  return { closedBy: closedByOf(row), acts: actsIn(row.acts ?? []) };
}

async function actsOf(tx: Reading, day: Day): Promise<DayAct[]> {
  const [row]: { acts: ActRow[] }[] = await tx.query(`SELECT acts FROM (${acts}) of_day`, [day.iso, day.iso]);
  return actsIn(row?.acts ?? []);
}
