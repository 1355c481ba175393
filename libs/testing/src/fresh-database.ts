import { randomUUID } from 'node:crypto';
import { DataSource, type EntitySchema } from 'typeorm';
import { addressFor, connected, copyOf, migratedTemplate, type Migration } from './migrated-template.js';
import { startPostgres } from './postgres.js';
import { rolesOf, searchPathSql } from './service-schema.js';

interface FreshDatabaseOptions {
  /** The service's schema; its roles are named after it. */
  schema?: string;
  entities?: EntitySchema<object>[];
}

export interface FreshDatabase {
  /** Connected as the service: owns nothing, and lives under the same rights as in production. */
  db: DataSource;
  /** Connected as the owner of the tables, as migrations are. */
  owner: DataSource;
  url: string;
  ownerUrl: string;
  close(): Promise<void>;
}

const password = 'isu-test';

/** A database of its own for one spec file: nobody else reads or writes it, and `close` drops it. */
export async function freshDatabase(migrations: readonly Migration[], options: FreshDatabaseOptions = {}): Promise<FreshDatabase> {
  const { schema = 'isu_test', entities = [] } = options;
  const server = await startPostgres();
  const name = `isu_${randomUUID().replaceAll('-', '')}`;
  const template = await migratedTemplate(server.url, { schema, password, migrations });
  await connected(server.url, async (admin) => {
    await admin.query(copyOf(template, name));
    await admin.query(searchPathSql(schema, name));
  });

  const roles = rolesOf(schema);
  const ownerUrl = addressFor(server.url, { database: name, user: roles.owner, password });
  const url = addressFor(server.url, { database: name, user: roles.service, password });
  // As services connect: what is asked side by side travels side by side.
  const extra = { pipeline: true };
  const owner = new DataSource({ type: 'postgres', url: ownerUrl, installExtensions: false, poolSize: 2, extra });
  const db = new DataSource({ type: 'postgres', url, installExtensions: false, entities, poolSize: 20, extra });
  const close = async () => {
    await Promise.all([db, owner].filter((source) => source.isInitialized).map((source) => source.destroy()));
    await connected(server.url, (admin) => admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  };
  try {
    await Promise.all([owner.initialize(), db.initialize()]);
  } catch (fault) {
    await close();
    throw fault;
  }
  return { db, owner, url, ownerUrl, close };
}
