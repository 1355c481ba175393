import type { Migration } from '@isu/messaging';

export const cfeFiles: Migration = {
  name: 'affiliation-0009-cfe-files',
  why: 'Files of the formalities centres: numbered and chained, each formality once, each line with what became of it; what identifies waits sealed, and is gone once its file is done.',
  sql: `
    CREATE TABLE cfe_file (
      centre text COLLATE "C" NOT NULL,
      number int NOT NULL CHECK (number >= 1),
      digest char(64) NOT NULL,
      previous_digest char(64),
      business_date date NOT NULL,
      count int NOT NULL CHECK (count >= 0),
      -- Under which its lines wait, sealed.
      intake uuid NOT NULL UNIQUE,
      -- Who handed it in and how far they see: its lines are carried out in their name, whenever that is.
      handed_by jsonb NOT NULL,
      handed_at timestamptz NOT NULL,
      correlation uuid NOT NULL,
      done_at timestamptz,
      PRIMARY KEY (centre, number)
    );
    CREATE INDEX cfe_file_under_way ON cfe_file (handed_at, centre, number) WHERE done_at IS NULL;

    CREATE TABLE cfe_waiting_line (
      intake uuid NOT NULL,
      line int NOT NULL,
      event text NOT NULL,
      reference text NOT NULL,
      -- Blind index of the whole line: tells the same formality from another one under its reference.
      content bytea NOT NULL,
      sealed bytea NOT NULL,
      PRIMARY KEY (intake, line)
    );

    CREATE TABLE cfe_line (
      centre text COLLATE "C" NOT NULL,
      number int NOT NULL,
      line int NOT NULL,
      event text NOT NULL,
      reference text COLLATE "C" NOT NULL,
      content bytea NOT NULL,
      outcome text NOT NULL CHECK (outcome IN ('applied', 'proposed', 'duplicate', 'conflict', 'refused')),
      code text,
      field text,
      accepted text,
      account char(13),
      PRIMARY KEY (centre, number, line),
      FOREIGN KEY (centre, number) REFERENCES cfe_file
    );
    -- A formality counts once, whatever number of files and lines tell of it; one that was refused may be told again.
    CREATE UNIQUE INDEX cfe_formality ON cfe_line (centre, reference) WHERE outcome IN ('applied', 'proposed');`,
};
