export { startPostgres } from './postgres.js';
export type { TestPostgres } from './jest/postgres-server.js';
export { freshDatabase, type FreshDatabase } from './fresh-database.js';
export { rolesOf, serviceSchemaSql } from './service-schema.js';
