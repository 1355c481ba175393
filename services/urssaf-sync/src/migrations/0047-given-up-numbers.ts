import type { Migration } from '@isu/messaging';

export const givenUpNumbers: Migration = {
  name: 'urssaf-sync-0047-given-up-numbers',
  why: 'A batch that its author has lost too will never come: two people of the cell give its number up, on the partner’s word, and the flow goes on.',
  sql: `
    CREATE TABLE give_up (
      id uuid PRIMARY KEY,
      partner text NOT NULL,
      flow text NOT NULL,
      from_number bigint NOT NULL,
      to_number bigint NOT NULL,
      attestation text NOT NULL,             -- reference of the letter in which the partner says that the batch is lost
      reason text NOT NULL,
      proposed_by text NOT NULL,
      proposed_at timestamptz NOT NULL,
      state text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'refused')),
      decided_by text,
      decided_at timestamptz,
      decision_reason text,
      FOREIGN KEY (partner, flow) REFERENCES flow,
      CHECK (from_number <= to_number),
      CHECK ((state = 'proposed') = (decided_by IS NULL)),
      -- Four eyes.
      CHECK (state <> 'approved' OR decided_by <> proposed_by)
    );
    CREATE UNIQUE INDEX give_up_pending ON give_up (partner, flow) WHERE state = 'proposed';
    CREATE INDEX give_up_of_flow ON give_up (partner, flow, proposed_at);

    CREATE TABLE given_up_number (
      partner text NOT NULL,
      flow text NOT NULL,
      number bigint NOT NULL,
      give_up uuid NOT NULL REFERENCES give_up,
      arrived_at timestamptz,                -- found again and sent after all
      PRIMARY KEY (partner, flow, number)
    );

    ALTER TABLE exchange_journal DROP CONSTRAINT exchange_journal_act_check;
    ALTER TABLE exchange_journal ADD CONSTRAINT exchange_journal_act_check CHECK (act IN ('batch-accepted', 'batch-repeated', 'batch-refused',
      'batch-conflict', 'receipt-signed', 'resend-requested', 'batch-sent', 'receipt-received', 'number-given-up'));`,
};
