import type { Migration } from '@isu/messaging';

export const refunds: Migration = {
  name: 'collection-0015-refunds',
  why: 'Each refund with its order and its transfer, and what is known of a person beside the credit: what they prefer, what they were asked.',
  sql: `
    CREATE TABLE refund (
      id uuid PRIMARY KEY,
      account text COLLATE "C" NOT NULL REFERENCES account,
      -- 1, 2, 3 … of the account: with it, the end-to-end reference of its transfer.
      number integer NOT NULL CHECK (number > 0),
      amount numeric(14,2) NOT NULL CHECK (amount > 0),
      parts jsonb NOT NULL,          -- [{paymentId, amount}]
      state text NOT NULL CHECK (state IN ('to-approve', 'withdrawn', 'ordered', 'sent', 'settled', 'returned')),
      credit_since date NOT NULL,
      due_by date NOT NULL,
      needs_approval boolean NOT NULL,
      first_by text,
      first_on date,
      second_by text,
      second_on date,
      ordered_on date,
      bank_version integer,
      message_id text COLLATE "C",
      part_id text COLLATE "C",
      sent_on date,
      execute_on date,
      settled_on date,
      returned_on date,
      return_reason text,
      UNIQUE (account, number),
      -- Four eyes.
      CHECK (second_by <> first_by),
      CHECK ((state = 'to-approve' OR state = 'withdrawn') = (ordered_on IS NULL)),
      CHECK (NOT needs_approval OR ordered_on IS NULL OR second_by IS NOT NULL),
      -- Never ordered from the bank twice: it leaves in one message, and comes back once.
      CHECK ((state IN ('sent', 'settled', 'returned')) = (message_id IS NOT NULL)),
      CHECK ((state = 'returned') = (returned_on IS NOT NULL))
    ) WITH (fillfactor = 80);
    CREATE UNIQUE INDEX refund_to_approve ON refund (account) WHERE state = 'to-approve';
    CREATE INDEX refund_to_send ON refund (due_by, id) WHERE state = 'ordered';
    CREATE INDEX refund_to_settle ON refund (execute_on) WHERE state = 'sent';
    CREATE INDEX refund_of_message ON refund (message_id, part_id) WHERE message_id IS NOT NULL;
    CREATE INDEX refund_sent_on ON refund (sent_on) WHERE sent_on IS NOT NULL;

    -- What is known of a person beside the credit; nobody else has a row.
    CREATE TABLE refund_file (
      account text COLLATE "C" PRIMARY KEY REFERENCES account,
      choice text CHECK (choice IN ('refund', 'next-instalments')),
      chosen_on date,
      chosen_by text,
      -- The credit of that day was told of.
      told_since date,
      iban_asked_on date,
      -- A transfer came back from this version of the bank details.
      refused_version integer
    );`,
};
