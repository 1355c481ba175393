export const accessWatchMigration = {
  name: 'security-0003-access-watch',
  why: 'Somebody who leafs through accounts is noticed by what the journal holds of the last hour, which is looked at twice a minute.',
  sql: 'CREATE INDEX access_journal_wall ON access_journal USING brin (wall_at) WITH (pages_per_range = 16);',
};
