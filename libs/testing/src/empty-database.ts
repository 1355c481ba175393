import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { copyOf } from './migrated-template.js';
import { startPostgres } from './postgres.js';

export interface EmptyDatabase {
  /** Address of an administrator: what `ISU_DATABASE_URL` wants. */
  readonly url: string;
  /** One statement as the administrator. */
  query(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** A database with nothing in it, for a spec that starts a whole service: the service makes its own schema, roles and tables. */
export async function emptyDatabase(): Promise<EmptyDatabase> {
  const server = await startPostgres();
  const name = `isu_${randomUUID().replaceAll('-', '')}`;
  await once(server.url, copyOf('template0', name));
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return {
    url: url.toString(),
    query: (sql, values) => once(url.toString(), sql, values),
    close: async () => void (await once(server.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
  };
}

async function once(url: string, sql: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}
