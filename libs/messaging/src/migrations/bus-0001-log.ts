import type { Migration } from '../migration.js';

export const busLog: Migration = {
  name: 'bus-0001-log',
  why: 'The embedded bus: partitions, what was published in them, and how far each consumer has come.',
  sql: `
    CREATE TABLE head (
      topic text NOT NULL,
      partition int NOT NULL,
      next bigint NOT NULL DEFAULT 0,
      PRIMARY KEY (topic, partition)
    );
    CREATE TABLE log (
      topic text NOT NULL,
      partition int NOT NULL,
      position bigint NOT NULL,
      key text NOT NULL,
      fact bytea NOT NULL,
      published_at timestamptz NOT NULL,
      PRIMARY KEY (topic, partition, position)
    );
    CREATE INDEX log_age ON log USING brin (published_at);
    CREATE TABLE cursor (
      consumer text NOT NULL,
      topic text NOT NULL,
      partition int NOT NULL,
      position bigint NOT NULL DEFAULT 0,
      PRIMARY KEY (consumer, topic, partition)
    );`,
};
