import type { Migration } from '@isu/messaging';

export const incomesAndBalances: Migration = {
  name: 'urssaf-sync-0010-incomes-and-balances',
  why: 'What partners told of incomes, and the last snapshot of their books.',
  sql: `
    CREATE TABLE declared_income (
      partner text NOT NULL,
      reference text NOT NULL,
      content text NOT NULL,
      flow text NOT NULL,
      batch text NOT NULL,
      line integer NOT NULL,
      -- As the partner wrote it, which may be no account of ours.
      account text COLLATE "C" NOT NULL,
      year integer NOT NULL,
      amount numeric(14,2) NOT NULL,
      received_on date NOT NULL,
      declarant text NOT NULL,
      corrects text,
      -- Our income-received; null while the account is not known.
      fact uuid UNIQUE,
      correlation uuid NOT NULL,
      PRIMARY KEY (partner, reference)
    );
    CREATE INDEX declared_income_of_year ON declared_income (account, year);
    CREATE INDEX declared_income_waiting ON declared_income (account) WHERE fact IS NULL;

    -- Rows of the last complete snapshot, and of one that is being placed.
    CREATE TABLE partner_balance (
      partner text NOT NULL,
      number bigint NOT NULL,
      account text COLLATE "C" NOT NULL,
      year integer NOT NULL,
      code text COLLATE "C" NOT NULL,
      called numeric(14,2) NOT NULL,
      paid numeric(14,2) NOT NULL,
      content text NOT NULL,
      PRIMARY KEY (partner, number, account, year, code)
    );`,
};
