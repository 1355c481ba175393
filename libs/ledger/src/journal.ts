import { Money } from '@isu/values';
import type { EntityManager } from 'typeorm';

/** One entry of a book as it is shown and compared: everything that was written, and nothing else. */
export interface JournalEntry {
  entry: number;
  key: string;
  reason: string;
  effectiveOn: string;
  accountingDay: string;
  recordedAt: string;
  /** The entry number that this one undoes. */
  corrects: number | null;
  postings: { from: string; to: string; amount: Money }[];
}

/** The entries of a book in the order in which they were written; as known at an instant, a beginning of the same list. */
export async function journal(tx: EntityManager, holder: string, knownAt: string | null = null): Promise<JournalEntry[]> {
  type Row = Omit<JournalEntry, 'postings'> & { postings: { from: string; to: string; amount: string }[] };
  const rows: Row[] = await tx.query(
    `SELECT t.entry, t.key, t.reason, t.effective_on::text AS "effectiveOn", t.accounting_day::text AS "accountingDay",
       to_char(t.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "recordedAt", t.corrects,
       json_agg(json_build_object('from', concat_ws('/', from_kind, from_year, from_code), 'to', concat_ws('/', to_kind, to_year, to_code),
         'amount', amount::text) ORDER BY line) AS postings
     FROM ledger_transaction t JOIN ledger_posting p USING (holder, entry)
     WHERE holder = $1 AND t.recorded_at <= coalesce($2, 'infinity'::timestamptz)
     GROUP BY t.holder, t.entry ORDER BY t.entry`,
    [holder, knownAt],
  );
  return rows.map(({ postings, ...entry }) => ({
    ...entry,
    postings: postings.map(({ from, to, amount }) => ({ from, to, amount: Money.of(amount) })),
  }));
}
