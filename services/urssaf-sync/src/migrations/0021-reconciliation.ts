import type { Migration } from '@isu/messaging';

export const reconciliation: Migration = {
  name: 'urssaf-sync-0021-reconciliation',
  why: 'What the comparisons found: copies of an account that differ, and our own balances beside those of the partner’s books.',
  sql: `
    -- An account whose copies were not the same when last compared; gone once they are.
    CREATE TABLE copy_difference (
      account text COLLATE "C" PRIMARY KEY,
      fund text COLLATE "C" NOT NULL GENERATED ALWAYS AS (left(account, 2)) STORED,
      kind text NOT NULL CHECK (kind IN ('in-flight', 'diverged')),
      copies jsonb NOT NULL,
      missing jsonb NOT NULL,
      altered jsonb,
      since timestamptz NOT NULL,
      seen_at timestamptz NOT NULL
    );

    -- The book of each account line by line, as this service folds it: year 0 and code 'credit' for money that is placed on nothing.
    CREATE TABLE our_balance (
      account text COLLATE "C" NOT NULL,
      year integer NOT NULL,
      code text COLLATE "C" NOT NULL,
      called numeric(14,2) NOT NULL,
      paid numeric(14,2) NOT NULL,
      PRIMARY KEY (account, year, code)
    );
    -- What has not been said of the balances of accounts that were folded before this table was there.
    INSERT INTO account_touch (stream) SELECT stream FROM account_fingerprint;

    -- By how much the partner's books hold more money of an account than it had told us of, at its last snapshot.
    CREATE TABLE balance_delta (
      account text COLLATE "C" PRIMARY KEY,
      delta numeric(14,2) NOT NULL CHECK (delta <> 0)
    );
    CREATE INDEX balance_delta_amount ON balance_delta (delta);

    CREATE INDEX payment_reported_account ON payment (account) WHERE state = 'reported';`,
};
