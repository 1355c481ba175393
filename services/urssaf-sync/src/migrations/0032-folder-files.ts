import type { Migration } from '@isu/messaging';

export const folderFiles: Migration = {
  name: 'urssaf-sync-0032-folder-files',
  why: 'A file in a partner’s folder is taken once it has rested: what it looked like, and since when, is known to whichever instance looks next.',
  sql: `
    CREATE TABLE folder_file (
      partner text NOT NULL,
      name text NOT NULL,
      -- Size, time of change and place on the disk of the file and of its signature.
      look text NOT NULL,
      since timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (partner, name)
    );`,
};
