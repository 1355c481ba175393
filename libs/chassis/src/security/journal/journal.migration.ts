/** Same shape as every migration: a name, why it is there, plain SQL. */
export const accessJournalMigration = {
  name: 'security-0001-access-journal',
  why: 'Every use of somebody’s personal data by another leaves an entry that can neither be changed nor taken out unseen.',
  sql: `
CREATE TABLE access_journal (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  recorded_at timestamptz(3) NOT NULL,   -- the business clock, as facts have it
  wall_at timestamptz(3) NOT NULL,       -- the wall clock: when it really happened
  sub text NOT NULL,
  org text NOT NULL,
  role text NOT NULL,
  funds text[] NOT NULL,
  via text[] NOT NULL,                   -- the services that carried the request, nearest first
  purpose text NOT NULL,
  operation text NOT NULL,
  account text,                          -- null: a list, or a search that found nobody
  correlation text NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('shown', 'masked', 'nobody-found'))
);
CREATE INDEX access_journal_account ON access_journal (account, id) WHERE account IS NOT NULL;

-- Entries wait here for the sealer. Ids are taken before commit, so "after the last sealed id" would forget a slow transaction's entry.
CREATE TABLE access_unsealed (entry_id bigint PRIMARY KEY REFERENCES access_journal);

-- hash = SHA-256(previous hash + canonical JSON of the entry), both in hexadecimal and UTF-8.
CREATE TABLE access_chain (
  position bigint PRIMARY KEY CHECK (position > 0),
  entry_id bigint NOT NULL UNIQUE REFERENCES access_journal,
  hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$')
);

CREATE FUNCTION refuse_to_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON access_journal FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_rewrite();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON access_chain FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_rewrite();

-- The service's role was given these rights by default; it keeps only reading and adding.
DO $$ DECLARE holder record; BEGIN
  FOR holder IN SELECT DISTINCT grantee, table_name FROM information_schema.role_table_grants
    WHERE table_schema = current_schema AND table_name IN ('access_journal', 'access_chain') AND grantee <> current_user
  LOOP
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I FROM %I', holder.table_name, holder.grantee);
  END LOOP;
END $$;`,
};
