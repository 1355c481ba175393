import type { Migration } from './migration.js';

/**
 * The books proved from outside: from the rows alone, without the code that wrote them. Each row of the answer breaks an invariant
 * (R1 debits = credits, R8 append-only, R11 one effect a key); a sound ledger gives none.
 */
export const checks: Migration = {
  name: '0002-checks',
  why: 'Nobody has to trust the program that wrote the ledger.',
  sql: `
    -- The same words as contentOf() in transaction.ts.
    CREATE FUNCTION ledger_content(t ledger_transaction) RETURNS text LANGUAGE sql STABLE AS $$
      SELECT concat_ws(E'\\n', t.holder, t.key, t.reason, to_char(t.effective_on, 'YYYY-MM-DD'), coalesce(t.corrects::text, ''),
        (SELECT string_agg(line, E'\\n' ORDER BY line COLLATE "C") FROM (
          SELECT concat_ws('/', from_kind, from_year, from_code) || ' > ' || concat_ws('/', to_kind, to_year, to_code) || ' ' || amount AS line
          FROM ledger_posting p WHERE p.holder = t.holder AND p.entry = t.entry) lines))
    $$;

    -- Of one book, or of all of them and of the closed days when none is named.
    CREATE FUNCTION ledger_violations(of_holder text DEFAULT NULL) RETURNS TABLE (rule text, subject text)
      LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
      WITH movement AS (SELECT * FROM ledger_movement WHERE of_holder IS NULL OR holder = of_holder),
        entry AS (SELECT * FROM ledger_transaction WHERE of_holder IS NULL OR holder = of_holder)

      SELECT 'entry: debits differ from credits', holder || ' ' || entry
        FROM movement GROUP BY holder, entry HAVING sum(debit) <> sum(credit)
      UNION ALL
      SELECT 'entry: postings do not add up to its total', coalesce(t.holder, p.holder) || ' ' || coalesce(t.entry, p.entry)
        FROM entry t FULL JOIN (
          SELECT holder, entry, count(DISTINCT line) AS lines, sum(debit) AS total FROM movement GROUP BY holder, entry) p USING (holder, entry)
        WHERE (t.posting_count, t.total) IS DISTINCT FROM (p.lines, p.total)
      UNION ALL
      SELECT 'entry: content differs from its hash', t.holder || ' ' || t.entry
        FROM entry t WHERE t.content_hash <> sha256(convert_to(ledger_content(t), 'UTF8'))
      UNION ALL
      SELECT 'entry: key missing or of another entry', t.holder || ' ' || t.entry
        FROM entry t LEFT JOIN ledger_key k USING (key) WHERE (k.holder, k.entry) IS DISTINCT FROM (t.holder, t.entry)
      UNION ALL
      SELECT 'entry: known earlier than the one before', holder || ' ' || entry
        FROM (SELECT *, lag(recorded_at) OVER (PARTITION BY holder ORDER BY entry) AS before FROM entry) t WHERE recorded_at < before
      UNION ALL
      SELECT 'book: entries are not 1 to n', b.holder
        FROM ledger_book b LEFT JOIN (SELECT holder, count(*) AS entries, max(entry) AS last FROM entry GROUP BY holder) t USING (holder)
        WHERE (of_holder IS NULL OR b.holder = of_holder) AND (b.entries, b.entries) IS DISTINCT FROM (coalesce(t.entries, 0), coalesce(t.last, 0))
      UNION ALL
      SELECT 'book: debits differ from credits', holder
        FROM movement GROUP BY holder HAVING sum(debit - credit) <> 0
      UNION ALL
      SELECT 'correction: leaves something behind', c.holder || ' ' || c.entry
        FROM entry c JOIN movement m ON m.holder = c.holder AND m.entry IN (c.entry, c.corrects)
        WHERE c.corrects IS NOT NULL
        GROUP BY c.holder, c.entry, m.kind, m.year, m.code HAVING sum(m.debit - m.credit) <> 0
      UNION ALL
      SELECT 'accounting day: debits differ from credits', accounting_day::text
        FROM movement GROUP BY accounting_day HAVING sum(debit) <> sum(credit)
      UNION ALL
      SELECT 'closed day: postings differ from its frozen totals', coalesce(f.day, m.day)::text || ' ' || coalesce(f.kind, m.kind)
        FROM (SELECT day, kind, coalesce(year, 0) AS year, coalesce(code, '') AS code, debit, credit FROM ledger_day_total WHERE of_holder IS NULL) f
        FULL JOIN (
          SELECT accounting_day AS day, kind, coalesce(year, 0) AS year, coalesce(code, '') AS code, sum(debit) AS debit, sum(credit) AS credit
          FROM movement WHERE of_holder IS NULL AND accounting_day <= (SELECT max(day) FROM ledger_day) GROUP BY 1, 2, 3, 4) m
        USING (day, kind, year, code)
        WHERE (f.debit, f.credit) IS DISTINCT FROM (m.debit, m.credit)
      UNION ALL
      SELECT 'closed day: digest differs from its entries', day::text FROM ledger_day
        WHERE of_holder IS NULL AND digest <> ledger_day_digest(day, previous_digest)
      UNION ALL
      SELECT 'closed day: does not follow the day before', day::text
        FROM (SELECT *, lag(day) OVER w AS day_before, lag(digest) OVER w AS digest_before FROM ledger_day WINDOW w AS (ORDER BY day)) d
        WHERE of_holder IS NULL AND (day_before <> day - 1 OR previous_digest IS DISTINCT FROM digest_before)
    $$;`,
};
