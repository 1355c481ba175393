import type { Migration } from '@isu/messaging';

export const fingerprintTreeMigration: Migration = {
  name: 'chassis-0004-fingerprint-tree',
  why: 'Two services that differ in one account of a million find it by asking for one bucket of it.',
  sql: `CREATE INDEX account_fingerprint_bucket ON account_fingerprint (substr(md5(stream), 1, 3), stream COLLATE "C");`,
};
