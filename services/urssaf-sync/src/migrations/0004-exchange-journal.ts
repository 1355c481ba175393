import type { Migration } from '@isu/messaging';

export const exchangeJournal: Migration = {
  name: 'urssaf-sync-0004-exchange-journal',
  why: 'Everything that crossed between the two organisations leaves an entry that can neither be changed nor taken out unseen.',
  sql: `
    CREATE TABLE exchange_journal (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      recorded_at timestamptz(3) NOT NULL,   -- the business clock, as facts have it
      wall_at timestamptz(3) NOT NULL,       -- the wall clock: when it really happened
      actor text NOT NULL,                   -- the partner for what came in, isu for what we said
      act text NOT NULL CHECK (act IN ('batch-accepted', 'batch-repeated', 'batch-refused', 'batch-conflict', 'receipt-signed',
        'resend-requested', 'batch-sent', 'receipt-received')),
      partner text NOT NULL,
      flow text NOT NULL,
      number bigint,
      digest text,                           -- of the batch; of a refused file, of all its bytes; of a receipt, of its own bytes
      outcome text NOT NULL,
      correlation uuid NOT NULL
    );

    -- Entries wait here for the sealer, as those of the access journal do.
    CREATE TABLE exchange_unsealed (entry_id bigint PRIMARY KEY REFERENCES exchange_journal);
    CREATE TABLE exchange_chain (
      position bigint PRIMARY KEY CHECK (position > 0),
      entry_id bigint NOT NULL UNIQUE REFERENCES exchange_journal,
      hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$')
    );

    -- The heads of our journals as of the settlement of a batch, kept beside its receipt: repeated, they are the same.
    CREATE TABLE receipt_heads (
      receipt text PRIMARY KEY,              -- SHA-256 of the receipt
      heads text NOT NULL
    );

    CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON exchange_journal FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_rewrite();
    CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON exchange_chain FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_rewrite();
    CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON receipt_heads FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_rewrite();
    DO $$ DECLARE holder record; BEGIN
      FOR holder IN SELECT DISTINCT grantee, table_name FROM information_schema.role_table_grants
        WHERE table_schema = current_schema AND table_name IN ('exchange_journal', 'exchange_chain', 'receipt_heads') AND grantee <> current_user
      LOOP
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I FROM %I', holder.table_name, holder.grantee);
      END LOOP;
    END $$;`,
};
