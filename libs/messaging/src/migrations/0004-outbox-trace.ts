import type { Migration } from '../migration.js';

/**
 * Beside the fact, never in it: its bytes and digest are what happened, whoever watches. A process of the version before leaves
 * it out, and the fact is then sent without a header.
 */
export const outboxTrace: Migration = {
  name: 'messaging-0004-outbox-trace',
  why: 'Which span wrote a fact that waits to be sent: the trace goes on when the relay takes it, perhaps in another process.',
  sql: `ALTER TABLE outbox ADD COLUMN traceparent text;`,
};
