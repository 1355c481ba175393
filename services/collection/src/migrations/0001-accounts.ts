import type { Migration } from '@isu/messaging';

/**
 * Lines are JSON inside their year, due date or payment: they are always read and written together, and a table of lines would
 * have eight times the rows (270 million a year). Amounts that constraints watch over stand beside them as columns.
 */
export const accounts: Migration = {
  name: 'collection-0001-accounts',
  why: 'The account, and what is owed and called on it.',
  sql: `
    -- Made when anybody first speaks of the account, so that whoever comes first and whoever opens it wait for each other;
    -- it is open once affiliation has registered the person.
    CREATE TABLE account (
      account text COLLATE "C" PRIMARY KEY CHECK (account ~ '^[0-9]{13}$'),
      professional_group text,
      regime text,
      started_on date,
      ended_on date,
      opened_on date,
      periodicity text NOT NULL DEFAULT 'monthly-5' CHECK (periodicity IN ('monthly-5', 'monthly-20', 'quarterly')),
      -- Civil year in which the day of the month was last changed.
      day_changed_in smallint,
      CHECK (opened_on IS NULL OR (professional_group IS NOT NULL AND regime IS NOT NULL AND started_on IS NOT NULL))
    ) WITH (fillfactor = 80);

    CREATE TABLE income (
      fact uuid PRIMARY KEY,
      account text COLLATE "C" NOT NULL REFERENCES account,
      seq bigint NOT NULL,
      year smallint NOT NULL,
      kind text NOT NULL,
      amount numeric(14,2) NOT NULL,
      source text NOT NULL,
      declared_on date NOT NULL,
      -- One correction each: a second one corrects the first.
      corrects uuid UNIQUE REFERENCES income,
      UNIQUE (account, seq)
    );
    CREATE INDEX income_of_year ON income (account, year, kind, seq DESC);

    CREATE TABLE assessment (
      account text COLLATE "C" NOT NULL REFERENCES account,
      year smallint NOT NULL,
      version smallint NOT NULL CHECK (version >= 1),
      stage text NOT NULL,
      lines jsonb NOT NULL,          -- [{code, base, rate, amount}]
      total numeric(14,2) NOT NULL CHECK (total >= 0),
      income_fact uuid REFERENCES income,
      rules text NOT NULL,
      accounting_day date NOT NULL,
      PRIMARY KEY (account, year, version)
    );

    -- The calendar in force of a civil year; the versions before it are in the facts.
    CREATE TABLE schedule (
      account text COLLATE "C" NOT NULL REFERENCES account,
      year smallint NOT NULL,
      version smallint NOT NULL CHECK (version >= 1),
      periodicity text NOT NULL,
      fact uuid NOT NULL,
      PRIMARY KEY (account, year)
    );
    CREATE TABLE instalment (
      account text COLLATE "C" NOT NULL,
      id text COLLATE "C" NOT NULL,
      year smallint NOT NULL,
      due_on date NOT NULL,
      means text NOT NULL,
      lines jsonb NOT NULL,          -- [{year, code, amount, paid}]
      amount numeric(14,2) NOT NULL,
      paid numeric(14,2) NOT NULL,
      PRIMARY KEY (account, id),
      FOREIGN KEY (account, year) REFERENCES schedule DEFERRABLE INITIALLY DEFERRED,
      CHECK (paid BETWEEN 0 AND amount)
    ) WITH (fillfactor = 80);

    CREATE TABLE run (
      kind text NOT NULL,
      year smallint NOT NULL,
      -- Every account up to this one has been seen.
      done_through text COLLATE "C" NOT NULL DEFAULT '',
      seen integer NOT NULL DEFAULT 0,
      called integer NOT NULL DEFAULT 0,
      started_at timestamptz NOT NULL,
      ended_at timestamptz,
      PRIMARY KEY (kind, year)
    );`,
};
