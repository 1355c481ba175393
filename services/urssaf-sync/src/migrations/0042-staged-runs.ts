import type { Migration } from '@isu/messaging';

/** Nothing asks into the lines while they wait: as one text for many, kept beside the row as it is, they cost a tenth. */
export const stagedRuns: Migration = {
  name: 'urssaf-sync-0042-staged-runs',
  why: 'A partner waits for its receipt: the lines of a file are kept in runs between their arrival and their outcome.',
  sql: `
    CREATE TABLE staged_run (
      intake uuid NOT NULL,
      first_line integer NOT NULL,
      last_line integer NOT NULL,
      lines text NOT NULL,          -- JSON
      PRIMARY KEY (intake, first_line),
      CHECK (last_line >= first_line)
    );
    ALTER TABLE staged_run ALTER COLUMN lines SET STORAGE EXTERNAL;`,
};
