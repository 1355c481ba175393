import type { EntityManager } from 'typeorm';
import type { Reach } from '../policy/reach.js';

/** The service at its own work (handlers, workers, folds): every row, said aloud. */
export const serviceScope: Reach = { kind: 'everything' };

/**
 * The second wall. The guard has already decided; this tells PostgreSQL how far the one who asks can see, for this
 * transaction only (`SET LOCAL`), so that a forgotten filter in a query shows nothing instead of everything.
 */
export async function setScope(tx: EntityManager, reach: Reach): Promise<void> {
  await tx.query(
    `SELECT set_config('app.scope', $1, true), set_config('app.funds', $2, true), set_config('app.account', $3, true), set_config('app.day', $4, true)`,
    [
      reach.kind === 'everything' ? 'everything' : 'narrow',
      reach.kind === 'funds' ? reach.funds.join(',') : '',
      reach.kind === 'account' ? reach.account : '',
      reach.kind === 'funds' ? reach.on : '',
    ],
  );
}

const scopeOf = (accountColumn: string, fund: string): string => `(SELECT current_setting('app.scope', true)) = 'everything'
    OR ${accountColumn} = (SELECT nullif(current_setting('app.account', true), ''))
    OR ${fund} = ANY ((SELECT string_to_array(nullif(current_setting('app.funds', true), ''), ','))::text[])`;

const plainNames = /^[a-z_]{1,60}$/;

/**
 * SQL for the migration that creates a table of persons. FORCE: the owner is held too. Without a scope every comparison is
 * null or false, so no row is seen and none is written. `(SELECT …)` lets the planner read a setting once per query.
 */
export function rowScopeSql(table: string, accountColumn = 'account'): string {
  for (const name of [table, accountColumn]) if (!plainNames.test(name)) throw new Error('A table and its columns have plain names.');
  const inScope = scopeOf(accountColumn, `left(${accountColumn}, 2)`);
  return `
ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
CREATE POLICY ${table}_scope ON ${table} USING (${inScope}) WITH CHECK (${inScope});`;
}

/**
 * SQL for a later migration: the rows follow the caisse that holds the account (`holding-fund.migration.ts`) instead of the one whose code its
 * number begins with. A second function, because migrations that ran are frozen with the text that the first one gave them.
 */
export function rowScopeByHolderSql(table: string): string {
  if (!plainNames.test(table)) throw new Error('A table has a plain name.');
  const inScope = scopeOf('account', `holding_fund(account::text, (SELECT nullif(current_setting('app.day', true), '')::date))`);
  return `ALTER POLICY ${table}_scope ON ${table} USING (${inScope}) WITH CHECK (${inScope});`;
}
