import type { Migration } from './migration.js';

/**
 * As strict as before. The lines of an entry are 1 to n and no line twice, so that postings which are all of them now leave no room for others,
 * earlier or later; an entry has its postings as soon as it has the first, which never came without the rest.
 */
export const wholeAtOnce: Migration = {
  name: '0005-whole-at-once',
  why: 'Each entry was looked for in the postings twice and added up again, from parts chosen anew each time, though the postings were at hand.',
  sql: `
    CREATE FUNCTION ledger_refuse_closed_day(earliest date) RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
    BEGIN
      IF earliest <= (SELECT max(day) FROM ledger_day) THEN
        RAISE EXCEPTION 'That accounting day is closed.' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
    END $$;

    CREATE FUNCTION ledger_whole_postings() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
    BEGIN
      IF EXISTS (
        SELECT FROM (
          SELECT holder, entry, count(*) AS lines, min(line) AS line, max(line) AS last_line, sum(amount) AS total,
            min(accounting_day) AS day, max(accounting_day) AS last_day
          FROM fresh GROUP BY holder, entry) p
        LEFT JOIN LATERAL (SELECT * FROM ledger_transaction t WHERE t.holder = p.holder AND t.entry = p.entry OFFSET 0) t ON true
        WHERE (t.posting_count, 1, t.posting_count, t.total, t.accounting_day, t.accounting_day)
          IS DISTINCT FROM (p.lines, p.line, p.last_line, p.total, p.day, p.last_day)
      ) THEN
        RAISE EXCEPTION 'A transaction is written once, whole, with its postings.' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      PERFORM ledger_refuse_closed_day(min(accounting_day)) FROM fresh;
      RETURN NULL;
    END $$;
    CREATE OR REPLACE FUNCTION ledger_whole_transactions() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
    BEGIN
      IF EXISTS (
        SELECT FROM fresh t
        LEFT JOIN LATERAL (SELECT p.line FROM ledger_posting p WHERE p.holder = t.holder AND p.entry = t.entry AND p.line = 1 OFFSET 0) p ON true
        WHERE p.line IS NULL
      ) THEN
        RAISE EXCEPTION 'A transaction is written once, whole, with its postings.' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      PERFORM ledger_refuse_closed_day(min(accounting_day)) FROM fresh;
      RETURN NULL;
    END $$;
    DROP TRIGGER whole ON ledger_posting;
    CREATE TRIGGER whole AFTER INSERT ON ledger_posting REFERENCING NEW TABLE AS fresh
      FOR EACH STATEMENT EXECUTE FUNCTION ledger_whole_postings();`,
};
