import type { Migration } from '../migration.js';

/**
 * `last_digest` is the digest of the fact the cursor stands on: the next one names it as its `previous`. It is null at the
 * beginning and after a number was given up, when there is nothing to compare with.
 */
export const inbox: Migration = {
  name: 'messaging-0003-inbox',
  why: 'How far each stream has been applied, and what could not be: kept, in order, until it can or someone gives it up.',
  sql: `
    CREATE TABLE inbox_cursor (
      consumer text NOT NULL,
      author text NOT NULL,
      stream text NOT NULL,
      last_seq bigint NOT NULL,
      last_digest text,
      PRIMARY KEY (consumer, author, stream)
    ) WITH (fillfactor = 80);

    CREATE TABLE set_aside (
      consumer text NOT NULL,
      origin text NOT NULL,
      topic text NOT NULL,
      key text,
      author text,
      stream text,
      seq bigint,
      fact_id uuid,
      digest text,
      envelope json,
      raw bytea,
      state text NOT NULL CHECK (state IN ('retrying', 'behind', 'gap', 'parked', 'unreadable', 'fork')),
      attempts int NOT NULL DEFAULT 0,
      next_try_at timestamptz,
      error text,
      since timestamptz NOT NULL,
      PRIMARY KEY (consumer, origin),
      CHECK ((envelope IS NULL) <> (raw IS NULL))
    );
    CREATE UNIQUE INDEX set_aside_in_order ON set_aside (consumer, author, stream, seq) WHERE seq IS NOT NULL AND state <> 'fork';
    CREATE UNIQUE INDEX set_aside_forks ON set_aside (consumer, author, stream, seq, digest) WHERE state = 'fork';

    CREATE TABLE given_up (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      consumer text NOT NULL,
      origin text NOT NULL,
      author text,
      stream text,
      seq bigint,
      digest text,
      state text NOT NULL,
      attempts int NOT NULL,
      error text,
      envelope json,
      raw bytea,
      cursor_before bigint,
      cursor_after bigint,
      decided_by text NOT NULL,
      reason text NOT NULL,
      decided_at timestamptz NOT NULL
    );
    DO $$
    DECLARE service text;
    BEGIN
      FOR service IN
        SELECT DISTINCT grantee::regrole::text
          FROM pg_class, aclexplode(relacl)
         WHERE oid = 'given_up'::regclass AND grantee <> relowner AND grantee <> 0
      LOOP
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON given_up FROM %s', service);
      END LOOP;
    END $$;`,
};
