import type { Migration } from '@isu/messaging';

export const turnovers: Migration = {
  name: 'collection-0004-turnovers',
  why: 'What micro-entrepreneurs declare, how often they chose to, and what stands in the place of what they did not.',
  sql: `
    CREATE TABLE turnover (
      fact uuid PRIMARY KEY,
      account text COLLATE "C" NOT NULL REFERENCES account,
      seq bigint NOT NULL,
      period text COLLATE "C" NOT NULL,
      -- The year that the period is priced in.
      year smallint NOT NULL,
      activity text NOT NULL,
      amount numeric(14,2) NOT NULL CHECK (amount >= 0),
      source text NOT NULL,
      declared_on date NOT NULL,
      corrects uuid UNIQUE REFERENCES turnover,
      UNIQUE (account, seq)
    );
    CREATE INDEX turnover_of_year ON turnover (account, year, period, activity, seq DESC);

    -- In force from a year on, until the next.
    CREATE TABLE turnover_choice (
      account text COLLATE "C" NOT NULL REFERENCES account,
      from_year smallint NOT NULL,
      rhythm text NOT NULL CHECK (rhythm IN ('monthly', 'quarterly')),
      income_tax_option boolean NOT NULL,
      chosen_on date NOT NULL,
      PRIMARY KEY (account, from_year)
    );

    CREATE TABLE missing_turnover (
      account text COLLATE "C" NOT NULL REFERENCES account,
      period text COLLATE "C" NOT NULL,
      year smallint NOT NULL,
      activity text NOT NULL,
      penalty numeric(14,2) NOT NULL,
      provisional numeric(14,2) NOT NULL,
      expressions jsonb NOT NULL,    -- {penalty, provisional}
      decided_on date NOT NULL,
      PRIMARY KEY (account, period)
    );`,
};
