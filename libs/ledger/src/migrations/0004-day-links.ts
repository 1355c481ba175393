import type { Migration } from './migration.js';

/** The same words as before: what a day's digest is made of is said in one place, for one day and for a stretch of days. */
export const dayLinks: Migration = {
  name: '0004-day-links',
  why: 'Many days are closed at once, each still chained to the one before.',
  sql: `
    CREATE FUNCTION ledger_day_link(of_day date, previous bytea, leaves bytea) RETURNS bytea LANGUAGE sql STABLE AS $$
      SELECT sha256(coalesce(previous, ''::bytea) || convert_to(to_char(of_day, 'YYYY-MM-DD'), 'UTF8') || coalesce(leaves, ''::bytea))
    $$;
    CREATE OR REPLACE FUNCTION ledger_day_digest(of_day date, previous bytea) RETURNS bytea LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
      SELECT ledger_day_link(of_day, previous, string_agg(ledger_day_leaf(t), ''::bytea ORDER BY t.holder, t.entry))
      FROM ledger_transaction t WHERE t.accounting_day = of_day
    $$;`,
};
