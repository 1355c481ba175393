import type { Migration } from '@isu/messaging';

export const plainLines: Migration = {
  name: 'collection-0013-plain-lines',
  why: 'Lines are read and written whole, never asked into: as texts they cost the database a fifth less an account regularised.',
  sql: `
    ALTER TABLE instalment ALTER COLUMN lines TYPE json USING lines::json;
    ALTER TABLE assessment ALTER COLUMN lines TYPE json USING lines::json;`,
};
