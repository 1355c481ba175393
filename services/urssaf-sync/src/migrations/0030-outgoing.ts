import type { Migration } from '@isu/messaging';

/**
 * A line waits from the moment its fact is applied, in the transaction that applies it: no look "after the last one" can miss it. The
 * bytes of a batch are kept as they were signed, in parts, for they are given again for ever, whatever later versions would write.
 */
export const outgoing: Migration = {
  name: 'urssaf-sync-0030-outgoing',
  why: 'What we tell each partner, batch by batch, and what it acknowledged of it.',
  sql: `
    -- Locked by whoever writes a batch of the flow: numbers have no hole and no double.
    CREATE TABLE outgoing_flow (
      partner text NOT NULL,
      flow text NOT NULL,
      last_number bigint NOT NULL DEFAULT 0,
      last_digest text,
      -- Everything that was known on that day is told.
      told_through date,
      PRIMARY KEY (partner, flow)
    );

    CREATE TABLE outgoing_batch (
      partner text NOT NULL,
      flow text NOT NULL,
      number bigint NOT NULL CHECK (number >= 1),
      business_date date NOT NULL,
      digest text NOT NULL,
      previous_digest text,
      count integer NOT NULL CHECK (count >= 0),
      total numeric(16,2) NOT NULL,
      -- Kept as it was made: another key later changes nothing of it.
      signature text NOT NULL,
      correlation uuid NOT NULL,
      written_at timestamptz NOT NULL,
      -- The partner's receipt, byte for byte, and its signature.
      acknowledgement text,
      acknowledgement_signature text,
      acknowledged_at timestamptz,
      accepted integer,
      refused integer,
      -- Since when the partner should have acknowledged it and has not.
      late_since date,
      -- Sendings to the partner's own address, by the clock of the database.
      attempts integer NOT NULL DEFAULT 0,
      next_try_at timestamptz NOT NULL DEFAULT now(),
      last_problem text,
      PRIMARY KEY (partner, flow, number),
      FOREIGN KEY (partner, flow) REFERENCES outgoing_flow,
      CHECK ((acknowledgement IS NULL) = (acknowledged_at IS NULL)),
      CHECK (accepted + refused = count)
    );
    CREATE INDEX outgoing_batch_unacknowledged ON outgoing_batch (partner, flow, number) WHERE acknowledgement IS NULL;

    CREATE TABLE outgoing_part (
      partner text NOT NULL,
      flow text NOT NULL,
      number bigint NOT NULL,
      rank integer NOT NULL,
      content text NOT NULL,
      PRIMARY KEY (partner, flow, number, rank),
      -- The parts are written while the digest is still being made.
      FOREIGN KEY (partner, flow, number) REFERENCES outgoing_batch DEFERRABLE INITIALLY DEFERRED
    );
    CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON outgoing_part FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_rewrite();

    -- A fact to be told, and where it was told last. A line that the partner refused waits again, and is told with the next batch.
    CREATE TABLE outgoing_line (
      partner text NOT NULL,
      flow text NOT NULL,
      fact uuid NOT NULL,
      author text NOT NULL,
      account text COLLATE "C" NOT NULL,
      seq bigint NOT NULL,
      known_on date NOT NULL,
      number bigint,
      line integer,
      outcome text CHECK (outcome IN ('accepted', 'refused')),
      reason text,
      PRIMARY KEY (partner, flow, fact),
      CHECK ((number IS NULL) = (line IS NULL))
    );
    CREATE INDEX outgoing_line_waiting ON outgoing_line (partner, flow, account, seq) WHERE number IS NULL;
    CREATE INDEX outgoing_line_told ON outgoing_line (partner, flow, number, line) WHERE number IS NOT NULL;

    -- What was known before there was anybody to tell it to.
    INSERT INTO outgoing_line (partner, flow, fact, author, account, seq, known_on)
      SELECT 'urssaf', told.flow, f.id, f.author, f.stream, f.seq, (f.recorded_at AT TIME ZONE 'Europe/Paris')::date
        FROM fact f JOIN (VALUES
          ('affiliation.registered.v1', 'affiliations'), ('affiliation.status-changed.v1', 'affiliations'), ('affiliation.ended.v1', 'affiliations'),
          ('affiliation.fund-changed.v1', 'affiliations'), ('affiliation.spouse-linked.v1', 'affiliations'),
          ('affiliation.acre-decided.v1', 'affiliations'), ('affiliation.account-merged.v1', 'affiliations'),
          ('collection.income-recorded.v1', 'incomes-out'), ('collection.assessed.v1', 'assessments'), ('collection.schedule-issued.v1', 'schedules'),
          ('collection.payment-posted.v1', 'allocations'), ('collection.credit-allocated.v1', 'allocations'),
          ('collection.payment-reversed.v1', 'allocations')) told(type, flow) USING (type)
      ON CONFLICT DO NOTHING;

    ALTER TABLE anomaly DROP CONSTRAINT anomaly_origin_check,
      ADD CONSTRAINT anomaly_origin_check CHECK (origin IN ('line', 'transit', 'copies', 'balances', 'told'));`,
};
