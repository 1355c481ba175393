import type { Migration } from '@isu/messaging';

/**
 * One hold a job, so that its dates go one after the other. The fence grows with every hold: what is written is written under the
 * number that one was given, while the row is locked, or not at all.
 */
export const jobMigration: Migration = {
  name: 'chassis-0003-job',
  why: 'Work that is owed for a date is done once, by whoever is there, and goes on where it stopped; what was done is kept.',
  sql: `
    CREATE TABLE job (
      name text PRIMARY KEY,
      settled_through date NOT NULL,        -- every date of its calendar up to this one has its outcome
      fence bigint NOT NULL DEFAULT 0,
      run uuid,                             -- what is held, under this fence, until the lease is over
      lease_until timestamptz
    ) WITH (fillfactor = 50);
    CREATE TABLE job_run (
      id uuid PRIMARY KEY,
      job text NOT NULL REFERENCES job,
      on_date date NOT NULL,
      origin text NOT NULL CHECK (origin IN ('calendar', 'by-hand')),
      asked_by text,                        -- the subject who asked by hand
      asked_at timestamptz NOT NULL,
      attempts int NOT NULL DEFAULT 0,
      started_at timestamptz,
      next_try_at timestamptz,              -- by the clock of the database
      ended_at timestamptz,
      refused boolean NOT NULL DEFAULT false,
      done bigint NOT NULL DEFAULT 0,
      total bigint,
      checkpoint jsonb,
      figures jsonb,
      error text,
      CHECK (NOT refused OR ended_at IS NOT NULL)
    ) WITH (fillfactor = 70);
    CREATE UNIQUE INDEX job_run_open ON job_run (job, on_date) WHERE ended_at IS NULL;
    CREATE INDEX job_run_history ON job_run (job, id);
    CREATE INDEX job_run_date ON job_run (job, on_date);`,
};
