import { setTimeout as pause } from 'node:timers/promises';
import { affiliateTraders } from '@isu/distributed';
import type { SystemClient } from '@isu/isu';
import { AccountNumber } from '@isu/values';
import pg from 'pg';
import { accountsOf, type Figure, type Section } from '../section.js';
import { withEmptySystem } from '../systems/embedded-process.js';
import { operator, timeOfRun } from './job-run.js';

const schemas = ['collection', 'benefits', 'urssaf_sync'] as const;
const giveUpAfterMs = 300_000;

/** The copies of a million accounts compared by a tree of hashes; then one altered fact among them is looked for. */
export const border: Section = {
  name: 'border',
  title: 'Inside reconciliation of 1,000,000 accounts in three services',
  measure: ({ tell, quick }) =>
    withEmptySystem(async (system) => {
      const accounts = accountsOf(quick, { whole: 1_000_000, quick: 2_000 });
      const [real = ''] = await affiliateTraders(system.client, 1);
      const database = new pg.Client({ connectionString: system.databaseUrl() });
      await database.connect();
      try {
        tell(`${String(accounts)} stored fingerprints in each of three schemas`);
        await fill(database, accounts);
        await untilFolded(database, real);
        tell('comparing equal copies');
        const equalMs = await timeOfRun(system.client, 'inside-reconciliation');
        tell('one altered fact, looked for');
        await alter(database, real);
        const foundMs = await timeOfRun(system.client, 'inside-reconciliation');
        return figures({ accounts, equalMs, foundMs, found: await isFound(system.client, real) });
      } finally {
        await database.end();
      }
    }),
};

/** The same invented fingerprints everywhere: comparing costs what it would cost of true ones. */
async function fill(database: pg.Client, accounts: number): Promise<void> {
  const chunk = 100_000;
  for (let first = 1; first <= accounts; first += chunk) {
    const last = Math.min(accounts, first + chunk - 1);
    const numbers = Array.from({ length: last - first + 1 }, (_, at) => AccountNumber.make('29', first + at).toString());
    for (const schema of schemas)
      await database.query(
        `INSERT INTO ${schema}.account_fingerprint (stream, fold, vector, facts, fingerprint, folded_at)
         SELECT stream, '1', '{"affiliation":1,"collection":18,"urssaf-sync":1}', 20, encode(sha256(convert_to(stream, 'UTF8')), 'hex'), now() FROM unnest($1::text[]) AS stream`,
        [numbers],
      );
  }
  for (const schema of schemas) await database.query(`VACUUM ANALYZE ${schema}.account_fingerprint`);
}

async function untilFolded(database: pg.Client, account: string): Promise<void> {
  const limit = performance.now() + giveUpAfterMs;
  for (;;) {
    const { rows } = await database.query<{ fingerprint: string }>(
      schemas.map((schema) => `SELECT fingerprint FROM ${schema}.account_fingerprint WHERE stream = $1`).join(' UNION ALL '),
      [account],
    );
    if (rows.length === schemas.length && new Set(rows.map(({ fingerprint }) => fingerprint)).size === 1) return;
    if (performance.now() > limit) throw new Error('The real account was not folded in time.');
    await pause(200);
  }
}

/** With the owner’s rights, in benefits alone: the fact, and the fingerprint that its worker would keep of it. */
async function alter(database: pg.Client, account: string): Promise<void> {
  await database.query(
    `UPDATE benefits.fact SET envelope = jsonb_set(envelope::jsonb, '{data,regime}', '"micro-social"')::json WHERE author = 'affiliation' AND stream = $1 AND seq = 1`,
    [account],
  );
  await database.query(
    `UPDATE benefits.account_fingerprint SET fingerprint = encode(sha256(convert_to(fingerprint, 'UTF8')), 'hex') WHERE stream = $1`,
    [account],
  );
}

async function isFound(client: SystemClient, account: string): Promise<boolean> {
  const { body } = await client.get<{ items: { account: string; altered: { service: string } | null }[] }>(
    '/api/urssaf-sync/v1/divergences?kind=diverged',
    operator,
  );
  return body.items.some((one) => one.account === account && one.altered?.service === 'benefits');
}

const figures = ({
  accounts,
  equalMs,
  foundMs,
  found,
}: {
  accounts: number;
  equalMs: number;
  foundMs: number;
  found: boolean;
}): Figure[] => [
  {
    ...{
      name: `${accounts.toLocaleString('en')} equal accounts compared`,
      value: equalMs / 1_000,
      unit: 's',
      limit: { at: 'most', value: 60 },
    },
    note: 'from the run asked for to its end',
  },
  {
    ...{ name: 'one altered fact among them found and named', value: foundMs / 1_000, unit: 's', limit: { at: 'most', value: 10 } },
    note: 'the whole comparison again',
  },
  { name: 'found, in the service that holds it', value: found ? 1 : 0, unit: '', limit: { at: 'least', value: 1 } },
];
