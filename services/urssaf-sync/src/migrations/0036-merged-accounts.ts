import type { Migration } from '@isu/messaging';

export const mergedAccounts: Migration = {
  name: 'urssaf-sync-0036-merged-accounts',
  why: 'The few accounts that were withdrawn for another of the same person: where their money stands is asked each time that books are compared (S3).',
  sql: `CREATE INDEX fact_account_merged ON fact (stream) WHERE type = 'affiliation.account-merged.v1';`,
};
