import type { Migration } from '@isu/messaging';

export const lostBatches: Migration = {
  name: 'urssaf-sync-0034-lost-batches',
  why: 'After a restore from an old backup a batch of ours is known by what we said of it, and its bytes are gone: its number is shown as lost, and awaits no receipt.',
  sql: `
    ALTER TABLE outgoing_batch ADD COLUMN is_lost boolean NOT NULL DEFAULT false;
    DROP INDEX outgoing_batch_unacknowledged;
    CREATE INDEX outgoing_batch_unacknowledged ON outgoing_batch (partner, flow, number) WHERE acknowledgement IS NULL AND NOT is_lost;`,
};
