import { accessJournalMigration } from './journal/journal.migration.js';
import { accessWatchMigration } from './journal/access-watch.migration.js';
import { personKeyMigration } from './protection/person-key.migration.js';

/** For every service; `person_key` stays empty where no field is protected. */
export const securityMigrations = [accessJournalMigration, personKeyMigration, accessWatchMigration] as const;
