import type { Migration } from '@isu/messaging';

/**
 * The touches are told by the table of facts itself, whoever writes into it. They are rows that are claimed and deleted, never
 * "what came after the last look": a slow transaction's fact would be forgotten. No row is ever waited for.
 */
export const fingerprintMigration: Migration = {
  name: 'chassis-0002-account-fingerprint',
  why: 'The fingerprint of each account beside its vector, so that two services can compare millions of accounts without folding them.',
  sql: `
    CREATE TABLE account_fingerprint (
      stream text PRIMARY KEY,
      fold text NOT NULL,              -- version of the fold: another fold, another fingerprint
      vector jsonb NOT NULL,
      facts bigint NOT NULL,           -- how many facts it rests on; only ever grows
      fingerprint text NOT NULL CHECK (fingerprint ~ '^[0-9a-f]{64}$'),
      folded_at timestamptz NOT NULL
    );
    CREATE TABLE account_touch (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      stream text NOT NULL,
      touched_at timestamptz NOT NULL DEFAULT clock_timestamp()
    );
    CREATE FUNCTION touch_accounts() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO account_touch (stream) SELECT DISTINCT stream FROM arrived WHERE stream NOT LIKE 'flow/%';
      RETURN NULL;
    END $$;
    CREATE TRIGGER touch_accounts AFTER INSERT ON fact REFERENCING NEW TABLE AS arrived FOR EACH STATEMENT EXECUTE FUNCTION touch_accounts();`,
};
