import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { DataSource, type EntitySchema } from 'typeorm';
import { startPostgres } from './postgres.js';
import { rolesOf, serviceSchemaSql } from './service-schema.js';

/** Same shape as the migrations of @isu/messaging, which cannot be imported here: its own specs import this package. */
interface Migration {
  name: string;
  sql: string;
}

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
  await administer(server.url, `CREATE DATABASE ${name} TEMPLATE template0`);
  await administer(addressFor(server.url, { database: name }), serviceSchemaSql(schema, password));

  const roles = rolesOf(schema);
  const ownerUrl = addressFor(server.url, { database: name, user: roles.owner });
  const url = addressFor(server.url, { database: name, user: roles.service });
  const owner = new DataSource({ type: 'postgres', url: ownerUrl, installExtensions: false, poolSize: 2 });
  const db = new DataSource({ type: 'postgres', url, installExtensions: false, entities, poolSize: 20 });
  const close = async () => {
    await Promise.all([db, owner].filter((source) => source.isInitialized).map((source) => source.destroy()));
    await administer(server.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  };
  try {
    await owner.initialize();
    await applyAll(owner, migrations);
    await db.initialize();
  } catch (fault) {
    await close();
    throw fault;
  }
  return { db, owner, url, ownerUrl, close };
}

async function applyAll(owner: DataSource, migrations: readonly Migration[]): Promise<void> {
  for (const { name, sql } of migrations) {
    await owner
      .transaction((tx) => tx.query(sql))
      .catch((fault: unknown) => {
        throw new Error(`The migration ${name} failed: ${String(fault)}`, { cause: fault });
      });
  }
}

async function administer(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function addressFor(serverUrl: string, { database, user }: { database: string; user?: string }): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  if (user) {
    url.username = user;
    url.password = password;
  }
  return url.toString();
}
