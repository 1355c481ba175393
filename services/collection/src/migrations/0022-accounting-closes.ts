import type { Migration } from '@isu/messaging';

export const accountingCloses: Migration = {
  name: 'collection-0022-accounting-closes',
  why: 'Who closed each accounting day, and what was done on it, act by act: counted once, when nothing more can come.',
  sql: `
    CREATE TABLE accounting_close (
      day date PRIMARY KEY REFERENCES ledger_day,
      -- Who asked for it by its own route; null when the job did, or when nobody wrote it down.
      asked_by text,
      -- The run of the job; of the request otherwise.
      run uuid,
      acts jsonb NOT NULL            -- [{reason, transactions, total}]
    );
    INSERT INTO accounting_close (day, run, acts)
    SELECT d.day, f.run, coalesce(a.acts, '[]')
    FROM ledger_day d
    LEFT JOIN (
      SELECT DISTINCT ON (effective_on) effective_on AS day, (envelope ->> 'correlation')::uuid AS run FROM fact
      WHERE author = 'collection' AND stream = 'flow/isu/accounting' AND type = 'collection.day-closed.v1' ORDER BY effective_on, seq) f USING (day)
    LEFT JOIN (
      SELECT day, jsonb_agg(jsonb_build_object('reason', reason, 'transactions', transactions, 'total', total::text) ORDER BY reason) AS acts
      FROM (SELECT accounting_day AS day, reason, count(*) AS transactions, sum(total) AS total FROM ledger_transaction GROUP BY 1, 2) each
      GROUP BY day) a USING (day);`,
};
