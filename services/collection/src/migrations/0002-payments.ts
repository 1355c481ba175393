import type { Migration } from '@isu/messaging';

export const payments: Migration = {
  name: 'collection-0002-payments',
  why: 'Money received, once by report and once by partner reference, with the debts that it paid.',
  sql: `
    CREATE TABLE payment (
      -- The id of the fact that reported it: the same money has one identity from the report to the posting.
      payment_id uuid PRIMARY KEY,
      -- Its account is locked while it is posted; a foreign key would look it up again, payment by payment.
      account text COLLATE "C" NOT NULL,
      partner text NOT NULL,
      reference text NOT NULL,
      amount numeric(14,2) NOT NULL CHECK (amount > 0),
      value_on date NOT NULL,
      means text NOT NULL,
      allocations jsonb NOT NULL,    -- [{instalment, year, code, amount}], those of the credit placed later included
      credit numeric(14,2) NOT NULL CHECK (credit BETWEEN 0 AND amount),
      -- How many times credit of this payment was placed later.
      placings smallint NOT NULL DEFAULT 0,
      accounting_day date NOT NULL,
      reversed_on date,
      reversal_reason text,
      UNIQUE (partner, reference)
    ) WITH (fillfactor = 90);
    CREATE INDEX payment_of_account ON payment (account, value_on);
    CREATE INDEX payment_with_credit ON payment (account) WHERE credit > 0 AND reversed_on IS NULL;

    -- Reversals heard of before their payment.
    CREATE TABLE awaited_reversal (
      fact uuid PRIMARY KEY,
      account text COLLATE "C" NOT NULL REFERENCES account,
      partner text NOT NULL,
      reference text NOT NULL,
      payment_id uuid,
      value_on date NOT NULL,
      reason text NOT NULL,
      correlation uuid NOT NULL
    );
    CREATE INDEX awaited_reversal_of_account ON awaited_reversal (account);`,
};
