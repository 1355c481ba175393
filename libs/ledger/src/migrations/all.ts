import { ledger } from './0001-ledger.js';
import { checks } from './0002-checks.js';
import { parts } from './0003-parts.js';
import { dayLinks } from './0004-day-links.js';
import type { Migration } from './migration.js';

/** In order; a service puts them before its own. */
export const ledgerMigrations: readonly Migration[] = [ledger, checks, parts, dayLinks];
