import type { Migration } from '@isu/messaging';

export const flows: Migration = {
  name: 'urssaf-sync-0001-flows',
  why: 'What each partner sent, batch by batch, and how far nothing is missing.',
  sql: `
    -- Locked by whoever accepts or finishes a batch of the flow: one at a time, whatever arrives at once.
    CREATE TABLE flow (
      partner text NOT NULL,
      flow text NOT NULL,
      -- Highest number accepted; for files that bear no number, how many were.
      last_number bigint NOT NULL DEFAULT 0,
      -- Every batch up to this number is here and placed.
      completed_number bigint NOT NULL DEFAULT 0,
      completed_through date,
      PRIMARY KEY (partner, flow)
    );

    CREATE TABLE batch (
      partner text NOT NULL,
      flow text NOT NULL,
      number bigint NOT NULL CHECK (number >= 1),
      -- What the partner calls it: its number, or the message id of a bank file.
      name text NOT NULL,
      digest text NOT NULL,
      previous_digest text,
      business_date date NOT NULL,
      count integer NOT NULL CHECK (count >= 0),
      total numeric(14,2) NOT NULL,
      intake uuid NOT NULL UNIQUE,
      correlation uuid NOT NULL,
      -- Every line up to this one has its outcome.
      placed_through integer NOT NULL DEFAULT 0,
      -- Null while lines are being placed.
      receipt text,
      accepted_at timestamptz NOT NULL,
      PRIMARY KEY (partner, flow, number),
      UNIQUE (partner, flow, name),
      FOREIGN KEY (partner, flow) REFERENCES flow
    );
    CREATE INDEX batch_being_placed ON batch (accepted_at) WHERE receipt IS NULL;

    -- Lines of a file, from its arrival to their outcome; those of a refused or broken arrival are swept away.
    CREATE TABLE staged_line (
      intake uuid NOT NULL,
      line integer NOT NULL,
      content text NOT NULL,        -- digest of what the line says
      record json NOT NULL,
      PRIMARY KEY (intake, line)
    );

    -- Consecutive lines with one outcome: what receipts are made of.
    CREATE TABLE line_outcome (
      partner text NOT NULL,
      flow text NOT NULL,
      number bigint NOT NULL,
      first_line integer NOT NULL,
      last_line integer NOT NULL,
      outcome text NOT NULL CHECK (outcome IN ('posted', 'to-be-matched', 'duplicate', 'conflict', 'refused')),
      reason text,
      total numeric(14,2) NOT NULL, -- payments minus reversals
      PRIMARY KEY (partner, flow, number, first_line),
      FOREIGN KEY (partner, flow, number) REFERENCES batch,
      CHECK (last_line >= first_line)
    );

    -- Numbers that are missing between accepted ones: a range is one row, however far a partner skips.
    CREATE TABLE gap (
      partner text NOT NULL,
      flow text NOT NULL,
      from_number bigint NOT NULL,
      to_number bigint NOT NULL,
      asked_on date NOT NULL,
      PRIMARY KEY (partner, flow, from_number),
      FOREIGN KEY (partner, flow) REFERENCES flow,
      CHECK (from_number <= to_number)
    );`,
};
