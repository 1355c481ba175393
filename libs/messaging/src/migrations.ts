import type { Migration } from './migration.js';
import { busLog } from './migrations/bus-0001-log.js';
import { busHeaders } from './migrations/bus-0002-headers.js';
import { facts } from './migrations/0001-facts.js';
import { outbox } from './migrations/0002-outbox.js';
import { inbox } from './migrations/0003-inbox.js';
import { outboxTrace } from './migrations/0004-outbox-trace.js';

/** For the schema of every service; run before the service's own. */
export const messagingMigrations: readonly Migration[] = [facts, outbox, inbox, outboxTrace];

/** For the schema of the embedded bus. */
export const busMigrations: readonly Migration[] = [busLog, busHeaders];
