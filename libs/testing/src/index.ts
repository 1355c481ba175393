export { startPostgres } from './postgres.js';
export type { TestPostgres } from './jest/postgres-server.js';
export { freshDatabase, type FreshDatabase } from './fresh-database.js';
export { rolesOf, serviceSchemaSql } from './service-schema.js';
export { FakeClock } from './fake-clock.js';
export { eventually } from './eventually.js';
export { sequentialIds } from './sequential-ids.js';
export { silentLogger } from './silent-logger.js';
export { Crash, Failpoints } from './failpoints.js';
