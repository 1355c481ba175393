import pg from 'pg';
import { DataSource, type EntitySchema } from 'typeorm';
import type { Logger } from '../logs/logger.js';
import type { ServiceSettings } from '../settings/service-settings.js';
import type { Migration } from '@isu/messaging';
import { migrate } from './migrate.js';
import { PreparingClient } from './preparing-client.js';
import { homeOf, passwordOf, provision } from './provision.js';

interface SchemaWanted {
  readonly name: string;
  readonly settings: ServiceSettings;
  readonly migrations: readonly Migration[];
  readonly log: Logger;
}

interface OpenedDatabase {
  readonly db: DataSource;
  /** The same road, for the few connections that are held apart from the pool. */
  readonly connection: pg.ClientConfig;
}

/** Brings a schema to where this code wants it, with the administrator's rights, and tells how to connect without them. */
export async function prepareSchema({ name, settings, migrations, log }: SchemaWanted): Promise<pg.ClientConfig> {
  const home = homeOf(name, settings.rolePrefix);
  const password = passwordOf(home.role, settings.databaseSecret);
  const admin = new pg.Client({ connectionString: settings.databaseUrl, application_name: `isu-${name}-migrate` });
  admin.on('error', (error) => log.error({ error }, 'the migrating connection was lost'));
  await admin.connect();
  try {
    // Instances that start together come here one after the other; the lock goes with the connection.
    await admin.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [`isu:migrate:${home.schema}`]);
    await provision(admin, home, password);
    await migrate(admin, home, migrations, log);
  } finally {
    await admin.end();
  }
  return {
    connectionString: addressFor(settings.databaseUrl, home.role, password),
    options: `-c search_path=${home.schema}`,
    application_name: `isu-${name}-alone`,
  };
}

/** The database of a service, connected as its own role. */
export async function openDatabase(wanted: SchemaWanted & { readonly entities: readonly EntitySchema[] }): Promise<OpenedDatabase> {
  const { name, settings, entities, log } = wanted;
  const connection = await prepareSchema(wanted);
  const db = new DataSource({
    type: 'postgres',
    url: connection.connectionString,
    schema: homeOf(name).schema,
    entities: [...entities],
    installExtensions: false,
    poolSize: settings.poolSize,
    extra: {
      application_name: `isu-${name}`,
      options: `${connection.options} -c idle_in_transaction_session_timeout=60000 -c statement_timeout=${settings.statementTimeoutMs}`,
      connectionTimeoutMillis: 10_000,
      types: isoDays,
      Client: PreparingClient,
    },
    poolErrorHandler: (error: unknown) => log.warn({ error }, 'an idle connection was lost'),
  });
  await db.initialize();
  return { db, connection };
}

/** A `date` stays the ISO day it is: the driver would make it midnight in the zone of the machine, which is another day elsewhere. */
const isoDays = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.DATE
      ? (text: string) => text
      : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

function addressFor(adminUrl: string, user: string, password: string): string {
  const url = new URL(adminUrl);
  url.username = user;
  url.password = password;
  return url.toString();
}
