import type { Migration } from '@isu/messaging';

/** Lines of one batch stand together on the disk, for they were written together: a word about each stretch of a table finds them, and costs the writing nothing. */
export const linesOfABatch: Migration = {
  name: 'urssaf-sync-0046-lines-of-a-batch',
  why: 'A batch that was received is opened line by line at the desk: of whom, how much, and what became of it.',
  sql: `
    CREATE INDEX payment_of_batch ON payment USING brin (batch) WITH (pages_per_range = 16, autosummarize = on);
    CREATE INDEX reversal_of_batch ON reversal USING brin (batch) WITH (pages_per_range = 16, autosummarize = on);
    CREATE INDEX declared_income_of_batch ON declared_income USING brin (batch) WITH (pages_per_range = 16, autosummarize = on);
    CREATE INDEX rejected_line_of_batch ON rejected_line (batch);`,
};
