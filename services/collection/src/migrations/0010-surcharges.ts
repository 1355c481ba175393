import type { Migration } from '@isu/messaging';

/** What accrues by law is counted when it is asked; here stand what was notified, of which money may pay a part, and who is to be looked at. */
export const surcharges: Migration = {
  name: 'collection-0010-surcharges',
  why: 'Surcharges for lateness that were notified, what is paid of them, whom to look at and when, and who gave them up.',
  sql: `
    CREATE TABLE surcharge (
      account text COLLATE "C" NOT NULL REFERENCES account,
      instalment text COLLATE "C" NOT NULL,
      year smallint NOT NULL,
      code text NOT NULL CHECK (code IN ('majoration-initiale', 'majoration-mensuelle')),
      due_on date NOT NULL,
      -- Charged, less what was cancelled and given up; what was paid before that stays paid.
      owed numeric(14,2) NOT NULL CHECK (owed >= 0),
      paid numeric(14,2) NOT NULL DEFAULT 0 CHECK (paid >= 0),
      PRIMARY KEY (account, instalment, year, code)
    );
    CREATE INDEX surcharge_unpaid ON surcharge (account) WHERE paid < owed;

    -- One row an account that was ever late.
    CREATE TABLE surcharge_watch (
      account text COLLATE "C" PRIMARY KEY REFERENCES account,
      look_on date NOT NULL,
      -- The last day on which it was looked at.
      seen_on date NOT NULL DEFAULT '-infinity'
    ) WITH (fillfactor = 80);
    CREATE INDEX surcharge_watch_due ON surcharge_watch (look_on, account);
    -- Neither paid nor amount are in it: a payment that changes a due date must not change its index.
    CREATE INDEX instalment_due ON instalment (due_on);

    CREATE TABLE surcharge_remission (
      id uuid PRIMARY KEY,
      account text COLLATE "C" NOT NULL REFERENCES account,
      reason text NOT NULL,
      external_event boolean NOT NULL,
      asked_by text NOT NULL,
      asked_on date NOT NULL,
      state text NOT NULL CHECK (state IN ('asked', 'granted', 'refused')),
      ground text CHECK (ground IN ('director', 'board')),
      board_reference text,
      decided_by text,
      decided_on date,
      decision_reason text,
      amount numeric(14,2),
      CHECK ((state = 'asked') = (decided_by IS NULL)),
      CHECK ((state = 'granted') = (ground IS NOT NULL AND amount IS NOT NULL)),
      -- Four eyes.
      CHECK (decided_by <> asked_by)
    );
    CREATE UNIQUE INDEX surcharge_remission_asked ON surcharge_remission (account) WHERE state = 'asked';
    CREATE INDEX surcharge_remission_of_account ON surcharge_remission (account, asked_on);`,
};
