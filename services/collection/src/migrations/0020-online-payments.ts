import type { Migration } from '@isu/messaging';

export const onlinePayments: Migration = {
  name: 'collection-0020-online-payments',
  why: 'Due dates that somebody went to pay online: under way once, however many pages are open, until the provider has said what came of it.',
  sql: `
    CREATE TABLE online_payment (
      -- The order that the provider takes money for once.
      order_id uuid PRIMARY KEY,
      account text COLLATE "C" NOT NULL REFERENCES account,
      instalments text[] NOT NULL CHECK (cardinality(instalments) BETWEEN 1 AND 24),
      amount numeric(14,2) NOT NULL CHECK (amount > 0),
      -- The business day it was made on, and the wall clock's instants.
      opened_on date NOT NULL,
      opened_at timestamptz NOT NULL,
      expires_at timestamptz NOT NULL,
      state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'paid', 'refused', 'cancelled', 'expired', 'disputed')),
      reason text,
      -- The report of the money, which is the id of the payment.
      payment_id uuid,
      CHECK ((state = 'paid') = (payment_id IS NOT NULL))
    );
    CREATE INDEX online_payment_of_account ON online_payment (account, opened_at);

    -- A due date is under way once.
    CREATE TABLE online_payment_under_way (
      account text COLLATE "C" NOT NULL,
      instalment text COLLATE "C" NOT NULL,
      order_id uuid NOT NULL REFERENCES online_payment,
      PRIMARY KEY (account, instalment)
    );
    CREATE INDEX online_payment_under_way_order ON online_payment_under_way (order_id);`,
};
