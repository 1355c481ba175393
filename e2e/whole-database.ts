import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { eventually } from '@isu/testing';
import type { RunningSystem } from './running-system.js';

const schemas = ['affiliation', 'benefits', 'bus', 'collection', 'urssaf_sync'];
/** Who looked is written whatever comes of it; fingerprints, and the balances kept beside them, are counted again in the background: neither is a change. */
const aside = ['access_journal', 'access_unsealed', 'access_chain', 'account_fingerprint', 'account_touch', 'our_balance'];

/** The database of a running system, seen from outside with the administrator's eyes. */
export class WholeDatabase {
  private constructor(private readonly client: pg.Client) {}

  static async open({ folder }: Pick<RunningSystem, 'folder'>): Promise<WholeDatabase> {
    const password = readFileSync(join(folder, 'postgres.secret'), 'utf8');
    const port = Number(readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[3]);
    const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', password, database: 'isu' });
    await client.connect();
    return new WholeDatabase(client);
  }

  close(): Promise<void> {
    return this.client.end();
  }

  /** A digest of the rows of each table: equal before and after, nothing was written, changed or taken away. */
  async digests(): Promise<Record<string, string>> {
    const { rows } = await this.client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
        WHERE schemaname = ANY($1) AND tablename <> ALL($2) ORDER BY 1`,
      [schemas, aside],
    );
    const each = rows.map(
      ({ name }) =>
        `SELECT '${name}' AS name, count(*) || ' ' || coalesce(md5(string_agg(t::text, '' ORDER BY t::text)), '') AS digest FROM ${name} t`,
    );
    const { rows: digests } = await this.client.query<{ name: string; digest: string }>(each.join(' UNION ALL '));
    return Object.fromEntries(digests.map(({ name, digest }) => [name, digest]));
  }

  /** What the ledger's own proof finds, from its rows alone. */
  async ledgerFaults(): Promise<unknown[]> {
    await this.client.query('SET search_path = collection');
    return (await this.client.query('SELECT rule, subject FROM ledger_violations(NULL)')).rows;
  }

  /** References of money that its readers have heard of more than once. */
  async moneyHeardTwice(): Promise<unknown[]> {
    const { rows } = await this.client.query(
      `SELECT envelope->'data'->>'partnerReference' AS reference FROM benefits.fact WHERE type = 'urssaf-sync.payment-reported.v1'
        GROUP BY 1 HAVING count(*) > 1`,
    );
    return rows;
  }

  /** Once nothing is under way between the services any more. */
  async quiet(): Promise<Record<string, string>> {
    let before = '';
    await eventually(
      async () => {
        const now = JSON.stringify(await this.digests());
        const still = now === before;
        before = now;
        return still;
      },
      { withinMs: 20_000, everyMs: 300 },
    );
    return JSON.parse(before) as Record<string, string>;
  }

  /** What the flows cannot touch when a file is refused: accounts, their facts in every service, and money. */
  async accountFacts(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const schema of schemas.filter((name) => name !== 'bus')) {
      const { rows } = await this.client.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM ${schema}.fact WHERE stream NOT LIKE 'flow/%'`,
      );
      counts[schema] = rows[0]?.n ?? -1;
    }
    return counts;
  }
}
