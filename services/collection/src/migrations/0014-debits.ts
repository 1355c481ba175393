import type { Migration } from '@isu/messaging';

export const debits: Migration = {
  name: 'collection-0014-debits',
  why: 'Direct debits: what was asked of the bank for which due date, at most once at a time, what came back, and why somebody is not debited.',
  sql: `
    -- What collection remembers of whom it debits; no IBAN.
    CREATE TABLE debtor (
      account text COLLATE "C" PRIMARY KEY REFERENCES account,
      -- Mandate and version of the bank details that were used last.
      rum text,
      bank_details_version integer,
      heard_version integer,
      stop text CHECK (stop IN ('wrong-account', 'no-mandate', 'deceased')),
      monthly_from date
    ) WITH (fillfactor = 80);

    CREATE TABLE bank_message (
      id uuid PRIMARY KEY,
      message_id text COLLATE "C" NOT NULL UNIQUE,
      due_on date NOT NULL,
      count integer NOT NULL CHECK (count > 0),
      total numeric(14,2) NOT NULL CHECK (total > 0),
      digest text NOT NULL,
      -- Its bytes, with names and IBANs: closed by the application with a key of the message's own.
      sealed bytea NOT NULL,
      written_at timestamptz NOT NULL,
      laid_at timestamptz
    );
    ALTER TABLE bank_message ALTER COLUMN sealed SET STORAGE EXTERNAL;
    CREATE INDEX bank_message_to_lay ON bank_message (written_at, message_id) WHERE laid_at IS NULL;
    CREATE INDEX bank_message_of_day ON bank_message (due_on);

    CREATE TABLE debit_run (
      due_on date PRIMARY KEY,
      -- Every account up to this one has been looked at.
      done_through text COLLATE "C" NOT NULL DEFAULT '',
      seen integer NOT NULL DEFAULT 0,
      presented integer NOT NULL DEFAULT 0,
      amount numeric(14,2) NOT NULL DEFAULT 0,
      messages integer NOT NULL DEFAULT 0,
      started_at timestamptz NOT NULL,
      ended_at timestamptz
    );

    -- One an account and due date: so its reference says.
    CREATE TABLE debit (
      end_to_end text COLLATE "C" PRIMARY KEY,
      -- Its account is locked while it is decided, as for a payment.
      account text COLLATE "C" NOT NULL,
      due_on date NOT NULL,
      collect_on date NOT NULL,
      amount numeric(14,2) NOT NULL CHECK (amount > 0),
      sequence text NOT NULL CHECK (sequence IN ('FRST', 'RCUR', 'FNAL')),
      rum text NOT NULL,
      message_id text COLLATE "C" NOT NULL REFERENCES bank_message (message_id) DEFERRABLE INITIALLY DEFERRED,
      part_id text COLLATE "C" NOT NULL,
      presented_on date NOT NULL,
      -- The money that the bank reported for it.
      payment_id uuid UNIQUE,
      settled_on date,
      returned_on date,
      moment text CHECK (moment IN ('rejected', 'returned')),
      reason text,
      outcome text,
      UNIQUE (account, due_on),
      CHECK ((returned_on IS NULL) = (reason IS NULL) AND (reason IS NULL) = (outcome IS NULL) AND (outcome IS NULL) = (moment IS NULL))
    ) WITH (fillfactor = 80);
    CREATE INDEX debit_of_message ON debit (message_id);
    CREATE INDEX debit_returned ON debit (returned_on, account) WHERE returned_on IS NOT NULL;

    CREATE TABLE debited_instalment (
      end_to_end text COLLATE "C" NOT NULL REFERENCES debit,
      account text COLLATE "C" NOT NULL,
      instalment text COLLATE "C" NOT NULL,
      amount numeric(14,2) NOT NULL CHECK (amount > 0),
      returned boolean NOT NULL DEFAULT false,
      -- The due date with which it is debited again; null when it is not, and once it has been.
      again_on date,
      PRIMARY KEY (end_to_end, instalment)
    ) WITH (fillfactor = 80);
    -- Never twice for one due date: another debit of it waits until the one before has come back.
    CREATE UNIQUE INDEX debited_once ON debited_instalment (account, instalment) WHERE NOT returned;
    CREATE INDEX debited_again ON debited_instalment (account, again_on) WHERE again_on IS NOT NULL;

    -- What falls due by debit and was not debited, and why: told to the person once.
    CREATE TABLE not_debited (
      account text COLLATE "C" NOT NULL,
      due_on date NOT NULL,
      obstacle text NOT NULL,
      amount numeric(14,2) NOT NULL CHECK (amount > 0),
      noted_on date NOT NULL,
      PRIMARY KEY (account, due_on)
    );
    CREATE INDEX not_debited_of_day ON not_debited (due_on);

    -- A changed amount that was told before its debit.
    CREATE TABLE debit_notice (
      account text COLLATE "C" NOT NULL,
      due_on date NOT NULL,
      amount numeric(14,2) NOT NULL,
      told_on date NOT NULL,
      PRIMARY KEY (account, due_on)
    );

    -- A run walks the accounts of a due date in their order. What is paid is not in it: a payment must not change an index.
    CREATE INDEX instalment_debited ON instalment (due_on, account) WHERE means = 'direct-debit';`,
};
