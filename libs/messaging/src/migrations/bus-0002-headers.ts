import type { Migration } from '../migration.js';

export const busHeaders: Migration = {
  name: 'bus-0002-headers',
  why: 'Headers beside the bytes of a message, as Kafka has them.',
  sql: `ALTER TABLE log ADD COLUMN headers json;`,
};
