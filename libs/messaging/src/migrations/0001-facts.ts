import type { Migration } from '../migration.js';

/**
 * Tables whose rows only move forward leave room in their pages, so that an update stays where the row is.
 *
 * `envelope` is json, not jsonb: it keeps the exact text that was written, which is what digests are made of.
 * `position` is copied out of the envelope, so that a restored author can be told what it has forgotten.
 */
export const facts: Migration = {
  name: 'messaging-0001-facts',
  why: 'Every fact that this service wrote or applied, for ever; nobody who runs the service can change one.',
  sql: `
    CREATE TABLE fact (
      author text NOT NULL,
      stream text NOT NULL,
      seq bigint NOT NULL CHECK (seq >= 1),
      id uuid NOT NULL,
      type text NOT NULL,
      envelope json NOT NULL,
      digest text NOT NULL,
      position bigint NOT NULL,
      effective_on date NOT NULL,
      recorded_at timestamptz NOT NULL,
      received_at timestamptz NOT NULL,
      PRIMARY KEY (author, stream, seq)
    );
    CREATE INDEX fact_position ON fact (author, position);

    CREATE SEQUENCE own_position;
    CREATE TABLE stream_head (
      stream text PRIMARY KEY,
      seq bigint NOT NULL,
      digest text
    ) WITH (fillfactor = 80);

    DO $$
    DECLARE service text;
    BEGIN
      FOR service IN
        SELECT DISTINCT grantee::regrole::text
          FROM pg_class, aclexplode(relacl)
         WHERE oid = 'fact'::regclass AND grantee <> relowner AND grantee <> 0
      LOOP
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON fact FROM %s', service);
        -- A restored author sets its numbering forward; it never sets it back.
        EXECUTE format('GRANT UPDATE ON SEQUENCE own_position TO %s', service);
      END LOOP;
    END $$;
    REVOKE UPDATE, DELETE, TRUNCATE ON fact FROM PUBLIC;`,
};
