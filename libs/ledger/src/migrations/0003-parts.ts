import type { Migration } from './migration.js';

/**
 * Postings are the largest table by far: some 270 million rows a year at 2.8 million contributors. Cut while it is small, since cutting it later
 * writes every row anew. The key keeps its meaning, as it begins with what the table is cut by; the other two tables are a tenth of it.
 */
export const parts: Migration = {
  name: '0003-parts',
  why: 'Postings in sixteen parts by holder: kept up, copied and restored part by part (docs/adr/0011-partitions.md).',
  sql: `
    DROP VIEW ledger_movement;
    ALTER TABLE ledger_posting RENAME TO ledger_posting_before;
    ALTER TABLE ledger_posting_before RENAME CONSTRAINT ledger_posting_pkey TO ledger_posting_before_pkey;
    ALTER INDEX ledger_posting_day RENAME TO ledger_posting_before_day;

    CREATE TABLE ledger_posting (LIKE ledger_posting_before INCLUDING CONSTRAINTS, PRIMARY KEY (holder, entry, line)) PARTITION BY HASH (holder);
    DO $$ BEGIN
      FOR part IN 0..15 LOOP
        EXECUTE format('CREATE TABLE ledger_posting_%s PARTITION OF ledger_posting FOR VALUES WITH (MODULUS 16, REMAINDER %s)',
          to_char(part, 'FM00'), part);
      END LOOP;
    END $$;
    CREATE INDEX ledger_posting_day ON ledger_posting USING brin (accounting_day) WITH (pages_per_range = 32, autosummarize = on);
    -- In the order of their days, which the block range index lives on.
    INSERT INTO ledger_posting SELECT * FROM ledger_posting_before ORDER BY accounting_day;
    DROP TABLE ledger_posting_before;

    CREATE VIEW ledger_movement AS
      SELECT p.holder, p.entry, p.line, p.accounting_day, side.kind, side.year, side.code, side.debit, side.credit
      FROM ledger_posting p
      CROSS JOIN LATERAL (VALUES
        (p.from_kind, p.from_year, p.from_code, 0::numeric(14,2), p.amount),
        (p.to_kind, p.to_year, p.to_code, p.amount, 0::numeric(14,2))) AS side (kind, year, code, debit, credit);

    CREATE TRIGGER whole AFTER INSERT ON ledger_posting REFERENCING NEW TABLE AS fresh
      FOR EACH STATEMENT EXECUTE FUNCTION ledger_whole_transactions();
    -- A part has guards of its own: those of the whole do not see who goes to a part directly. The service may not go there at all.
    DO $$
    DECLARE
      kept text;
      grantee text;
    BEGIN
      FOR kept IN
        SELECT relname FROM pg_class
         WHERE oid = 'ledger_posting'::regclass OR oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = 'ledger_posting'::regclass)
      LOOP
        EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I
          FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only()', kept);
        FOR grantee IN SELECT DISTINCT CASE acl.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(acl.grantee)) END
          FROM pg_class, aclexplode(relacl) acl WHERE pg_class.oid = kept::regclass AND acl.grantee <> relowner
        LOOP
          EXECUTE format('REVOKE %s ON %I FROM %s',
            CASE kept WHEN 'ledger_posting' THEN 'UPDATE, DELETE, TRUNCATE' ELSE 'ALL' END, kept, grantee);
        END LOOP;
      END LOOP;
    END $$;`,
};
