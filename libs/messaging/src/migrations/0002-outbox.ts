import type { Migration } from '../migration.js';

export const outbox: Migration = {
  name: 'messaging-0002-outbox',
  why: 'Which of our facts still have to be sent; the envelope itself stays in fact.',
  sql: `
    CREATE TABLE outbox (
      id bigint GENERATED ALWAYS AS IDENTITY (CACHE 1) PRIMARY KEY,
      topic text NOT NULL,
      stream text NOT NULL,
      seq bigint NOT NULL,
      created_at timestamptz NOT NULL,
      sent_at timestamptz,
      UNIQUE (topic, stream, seq)
    );
    CREATE INDEX outbox_unsent ON outbox (id) WHERE sent_at IS NULL;
    CREATE INDEX outbox_sent ON outbox (sent_at) WHERE sent_at IS NOT NULL;`,
};
