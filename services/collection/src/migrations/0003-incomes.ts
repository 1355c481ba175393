import type { Migration } from '@isu/messaging';

export const incomes: Migration = {
  name: 'collection-0003-incomes',
  why: 'How an ex-officio base was found, for the years after it and for who asks; what an agent decided about an estimate too low.',
  sql: `
    -- {retained, beforeIncrease, consecutiveYears, expression}; with kind ex-officio only.
    ALTER TABLE income ADD COLUMN grounds jsonb CHECK ((grounds IS NOT NULL) = (kind = 'ex-officio'));

    CREATE TABLE under_estimate_decision (
      account text COLLATE "C" NOT NULL REFERENCES account,
      year smallint NOT NULL,
      applies boolean NOT NULL,
      -- {code, base, rate, amount}: the line that is added to the year, as the agent saw it.
      line jsonb,
      reason text NOT NULL,
      decided_on date NOT NULL,
      decided_by text NOT NULL,
      PRIMARY KEY (account, year),
      CHECK (applies = (line IS NOT NULL))
    );`,
};
