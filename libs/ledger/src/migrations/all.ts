import { ledger } from './0001-ledger.js';
import { checks } from './0002-checks.js';
import { parts } from './0003-parts.js';
import { dayLinks } from './0004-day-links.js';
import { wholeAtOnce } from './0005-whole-at-once.js';
import { byTheirKeys } from './0006-by-their-keys.js';
import type { Migration } from './migration.js';

/** In order; a service puts them before its own. */
export const ledgerMigrations: readonly Migration[] = [ledger, checks, parts, dayLinks, wholeAtOnce, byTheirKeys];
