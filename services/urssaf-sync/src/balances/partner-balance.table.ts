import type { EntityManager } from 'typeorm';
import type { BatchKey } from '../batches/batch.table.js';

type Reading = Pick<EntityManager, 'query'>;

/** What a partner's books say of one contribution of one year of an account. */
export interface PartnerBalance {
  readonly account: string;
  readonly year: number;
  readonly code: string;
  readonly called: string;
  readonly paid: string;
  readonly content: string;
}

type BalanceKey = Pick<PartnerBalance, 'account' | 'year' | 'code'>;
export const keyOf = ({ account, year, code }: BalanceKey): string => `${account} ${String(year)} ${code}`;

/** What this snapshot has said already of these balances: content by key. */
export async function findSaid(tx: Reading, { partner, number }: BatchKey, keys: readonly BalanceKey[]): Promise<Map<string, string>> {
  const rows = (await tx.query(
    `SELECT account, year, code, content FROM partner_balance JOIN json_to_recordset($3) AS n(account text, year int, code text) USING (account, year, code)
      WHERE partner = $1 AND number = $2`,
    [partner, number, JSON.stringify(keys)],
  )) as PartnerBalance[];
  return new Map(rows.map((row) => [keyOf(row), row.content]));
}

export async function insertBalances(tx: EntityManager, { partner, number }: BatchKey, balances: readonly PartnerBalance[]): Promise<void> {
  if (balances.length === 0) return;
  await tx.query(
    `INSERT INTO partner_balance (partner, number, account, year, code, called, paid, content)
     SELECT $2, $3, account, year, code, called, paid, content
       FROM json_to_recordset($1) AS n(account text, year int, code text, called numeric, paid numeric, content text)`,
    [JSON.stringify(balances), partner, number],
  );
}

/** Leaves the rows of the latest complete snapshot, and of those that are being placed. */
export async function keepLatestSnapshot(tx: EntityManager, { partner, flow }: BatchKey): Promise<void> {
  await tx.query(
    `WITH complete AS (SELECT number FROM batch WHERE partner = $1 AND flow = $2 AND receipt IS NOT NULL)
     DELETE FROM partner_balance WHERE partner = $1 AND number IN (SELECT number FROM complete) AND number < (SELECT max(number) FROM complete)`,
    [partner, flow],
  );
}

/** The latest snapshot that is here as a whole: its rows in partner_balance bear its number. */
export async function latestSnapshot(tx: Reading, partner: string): Promise<{ number: number; asOf: string } | null> {
  const [row] = (await tx.query(
    `SELECT number, business_date::text AS "asOf" FROM batch WHERE partner = $1 AND flow = 'balances' AND receipt IS NOT NULL ORDER BY number DESC LIMIT 1`,
    [partner],
  )) as { number: string; asOf: string }[];
  return row ? { number: Number(row.number), asOf: row.asOf } : null;
}
