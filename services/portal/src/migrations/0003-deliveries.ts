import type { Migration } from '@isu/messaging';

export const deliveries: Migration = {
  name: '0003-deliveries',
  why: 'A message that left is not sent again while the service that wrote it has not been told so (F19): its id, and nothing of what it says.',
  sql: `
    CREATE TABLE delivery (
      message uuid PRIMARY KEY,
      sent_at timestamptz NOT NULL DEFAULT clock_timestamp()
    );`,
};
