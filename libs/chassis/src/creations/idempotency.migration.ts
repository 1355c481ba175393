import type { Migration } from '@isu/messaging';

export const idempotencyMigration: Migration = {
  name: 'chassis-0001-idempotency-key',
  why: 'A creation asked for again gets its first answer: the key is committed with the effect, so that no crash comes between them (R11).',
  sql: `
    CREATE TABLE idempotency_key (
      subject text NOT NULL,
      route text NOT NULL,
      key text NOT NULL,
      content text NOT NULL,     -- digest of what was asked
      status smallint NOT NULL,
      answer text NOT NULL,      -- the JSON that was answered, to the byte
      created_at timestamptz NOT NULL,
      PRIMARY KEY (subject, route, key)
    );
    CREATE INDEX idempotency_key_age ON idempotency_key USING brin (created_at);`,
};
