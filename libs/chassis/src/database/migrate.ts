import { createHash } from 'node:crypto';
import type { Migration } from '@isu/messaging';
import type pg from 'pg';
import type { Logger } from '../logs/logger.js';
import type { DatabaseHome } from './provision.js';

/** The start is refused: the tables are not what this code was written for. */
export class MigrationRefused extends Error {}

const digestOfSql = (sql: string): string => createHash('sha256').update(sql).digest('hex');

/**
 * Applies what has not been applied yet, in order, each migration in a transaction of its own, as the owner of the tables.
 * Forward only: a migration that was changed after it was applied refuses the start, because nobody knows any more what the
 * tables are. One that the database knows and this code does not is left alone: during a rolling restart the older code runs
 * beside the newer tables. Whoever calls holds the schema alone.
 */
export async function migrate(admin: pg.Client, home: DatabaseHome, migrations: readonly Migration[], log: Logger): Promise<void> {
  refuseSameNames(migrations);
  const applied = await appliedOnes(admin, home);
  for (const { name, why, sql } of migrations) {
    const digest = applied.get(name);
    if (digest === digestOfSql(sql)) continue;
    if (digest !== undefined) throw new MigrationRefused(`Migration ${name} has been changed since it was applied; write a new one.`);
    await asOwner(admin, home, async () => {
      await admin.query(sql);
      await admin.query('INSERT INTO migration (name, why, digest) VALUES ($1, $2, $3)', [name, why, digestOfSql(sql)]);
    }).catch((cause: unknown) => {
      throw new MigrationRefused(`Migration ${name} failed and left nothing behind.`, { cause });
    });
    log.info({ migration: name }, 'a migration was applied');
  }
}

async function appliedOnes(admin: pg.Client, home: DatabaseHome): Promise<Map<string, string>> {
  await asOwner(admin, home, async () => {
    await admin.query(`
      CREATE TABLE IF NOT EXISTS migration (
        name text PRIMARY KEY, why text NOT NULL, digest text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now());
      REVOKE INSERT, UPDATE, DELETE ON migration FROM ${home.role};`);
  });
  const { rows } = await admin.query<{ name: string; digest: string }>(`SELECT name, digest FROM ${home.schema}.migration`);
  return new Map(rows.map(({ name, digest }) => [name, digest]));
}

async function asOwner(admin: pg.Client, { owner, schema }: DatabaseHome, work: () => Promise<void>): Promise<void> {
  await admin.query('BEGIN');
  try {
    await admin.query(`SET LOCAL ROLE ${owner}; SET LOCAL search_path = ${schema}; SET LOCAL client_min_messages = warning`);
    await work();
    await admin.query('COMMIT');
  } catch (error) {
    await admin.query('ROLLBACK');
    throw error;
  }
}

function refuseSameNames(migrations: readonly Migration[]): void {
  const names = migrations.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new MigrationRefused(`Two migrations are named ${twice}.`);
}
