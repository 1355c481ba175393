import type { Migration } from '@isu/messaging';

export const unmatchedMoney: Migration = {
  name: 'collection-0021-unmatched-money',
  why: 'Money that waits for an owner, as urssaf-sync tells of it: while it could cover a debt, nothing is notified to who owes it (N6).',
  sql: `
    CREATE TABLE unmatched_money (
      money uuid PRIMARY KEY,
      amount numeric(14,2) NOT NULL CHECK (amount > 0),
      value_on date NOT NULL,
      -- Accounts that its reference, or somebody of the cell, has named.
      candidates text[] COLLATE "C" NOT NULL
    );
    CREATE INDEX unmatched_money_amount ON unmatched_money (amount);
    CREATE INDEX unmatched_money_candidates ON unmatched_money USING gin (candidates);`,
};
