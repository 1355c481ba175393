import type { BusinessClock } from '@isu/values';
import type { DataSource, EntityManager } from 'typeorm';

/**
 * Which caisse holds an account today. An account begins with the code of the caisse that opened it, and keeps its number when another one takes
 * it over; whoever is transferred is then within reach of the new caisse's agents, and of the old one's no more. Each service answers from
 * the facts that it keeps (ADR 16): nothing is asked of affiliation, and nobody but the few who moved has a row to be found.
 */
export interface HoldingFunds {
  /** Of each account, in their order. */
  of(accounts: readonly string[]): Promise<readonly string[]>;
}

export const holdingFundsOf = (db: Pick<DataSource, 'query'>, clock: Pick<BusinessClock, 'today'>): HoldingFunds => ({
  of: async (accounts) => (accounts.length === 0 ? [] : readHolding(db, accounts, clock.today().iso)),
});

async function readHolding(db: Pick<EntityManager, 'query'>, accounts: readonly string[], today: string): Promise<string[]> {
  const rows = (await db.query(
    'SELECT holding_fund(account, $2) AS fund FROM unnest($1::text[]) WITH ORDINALITY AS n (account, rank) ORDER BY rank',
    [accounts, today],
  )) as { fund: string }[];
  return rows.map(({ fund }) => fund);
}
