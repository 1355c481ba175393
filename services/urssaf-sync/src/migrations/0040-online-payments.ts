import type { Migration } from '@isu/messaging';

export const onlinePayments: Migration = {
  name: 'urssaf-sync-0040-online-payments',
  why: 'Orders that people went to pay online, and every signed word of the provider about them: heard once, asked for when it does not come.',
  sql: `
    ALTER TABLE payment ADD COLUMN online_order uuid;

    CREATE TABLE online_order (
      order_id uuid PRIMARY KEY,
      account text COLLATE "C" NOT NULL,
      amount numeric(14,2) NOT NULL CHECK (amount > 0),
      opened_on date NOT NULL,
      expires_at timestamptz NOT NULL,
      state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'paid', 'refused', 'cancelled', 'expired', 'disputed')),
      -- The provider's reference of the money.
      reference text,
      correlation uuid NOT NULL,
      asked smallint NOT NULL DEFAULT 0,
      -- Null once there is nothing more to ask.
      ask_at timestamptz,
      CHECK ((state = 'paid') = (reference IS NOT NULL))
    );
    CREATE INDEX online_order_to_ask ON online_order (ask_at) WHERE ask_at IS NOT NULL;

    CREATE TABLE provider_statement (
      statement uuid PRIMARY KEY,
      order_id uuid NOT NULL,
      -- Of its bytes: the same statement with other bytes is none.
      digest text NOT NULL,
      said jsonb NOT NULL,
      outcome text NOT NULL CHECK (outcome IN ('awaiting', 'taken', 'known', 'disputed')),
      heard_at timestamptz NOT NULL
    );
    CREATE INDEX provider_statement_awaiting ON provider_statement (order_id) WHERE outcome = 'awaiting';`,
};
