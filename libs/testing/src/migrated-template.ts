import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';
import { rolesOf, serviceSchemaSql } from './service-schema.js';

/** Same shape as the migrations of @isu/messaging, which cannot be imported here: its own specs import this package. */
export interface Migration {
  name: string;
  sql: string;
}

interface Template {
  readonly schema: string;
  readonly password: string;
  readonly migrations: readonly Migration[];
}

/**
 * The name of a database that holds these migrations and no row, to be copied. The first who asks makes it, for all spec files of the
 * run: to copy one costs a third of what it costs to make it again.
 */
export async function migratedTemplate(serverUrl: string, template: Template): Promise<string> {
  const name = `isu_template_${createHash('sha256').update(JSON.stringify(template)).digest('hex').slice(0, 32)}`;
  await connected(serverUrl, async (server) => {
    // Another spec file may want the same at this moment: it waits, and finds it made.
    await server.query('SELECT pg_advisory_lock(hashtext($1))', [name]);
    const { rowCount } = await server.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await make(serverUrl, server, { name, ...template });
  });
  return name;
}

/** Files are copied as they are: the server would otherwise write each page to its log, which costs it twice as much. */
export const copyOf = (template: string, name: string): string => `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`;

/** It gets its name when it is whole: a run that dies here leaves nothing that another would copy. */
async function make(serverUrl: string, server: pg.Client, template: Template & { name: string }): Promise<void> {
  const draft = `isu_${randomUUID().replaceAll('-', '')}`;
  await server.query(copyOf('template0', draft));
  try {
    await connected(addressFor(serverUrl, { database: draft }), (database) => migrate(database, template));
    await server.query(`ALTER DATABASE ${draft} RENAME TO ${template.name}`);
  } catch (fault) {
    await server.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`);
    throw fault;
  }
}

/** By the owner, as in production; each in a transaction of its own. */
async function migrate(database: pg.Client, { schema, password, migrations }: Template): Promise<void> {
  await database.query(serviceSchemaSql(schema, password));
  await database.query(`SET SESSION AUTHORIZATION ${rolesOf(schema).owner}; SET search_path = ${schema}`);
  for (const { name, sql } of migrations) {
    await database.query(`BEGIN; ${sql}; COMMIT`).catch((fault: unknown) => {
      throw new Error(`The migration ${name} failed: ${String(fault)}`, { cause: fault });
    });
  }
}

export async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export function addressFor(
  serverUrl: string,
  { database, user, password }: { database: string; user?: string; password?: string },
): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  if (user) url.username = user;
  if (password) url.password = password;
  return url.toString();
}
