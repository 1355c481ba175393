import type { Migration } from './migration.js';
import { busLog } from './migrations/bus-0001-log.js';
import { facts } from './migrations/0001-facts.js';
import { outbox } from './migrations/0002-outbox.js';
import { inbox } from './migrations/0003-inbox.js';

/** For the schema of every service; run before the service's own. */
export const messagingMigrations: readonly Migration[] = [facts, outbox, inbox];

/** For the schema of the embedded bus. */
export const busMigrations: readonly Migration[] = [busLog];
