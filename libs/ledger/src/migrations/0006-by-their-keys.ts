import type { Migration } from './migration.js';

/**
 * A session plans a check once, when it first writes, and keeps the plan: on a table that was nearly empty then, or whose size nobody had counted yet,
 * it went on reading all of it for each entry, a hundred times what the entry costs. By their keys they cost the same on any table.
 */
export const byTheirKeys: Migration = {
  name: '0006-by-their-keys',
  why: 'Whether an entry is whole is looked up by its key, however little was known of the tables when the look was planned.',
  sql: `
    ALTER FUNCTION ledger_whole_transactions() SET enable_seqscan = off;
    ALTER FUNCTION ledger_whole_postings() SET enable_seqscan = off;`,
};
