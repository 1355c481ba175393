import type { Fact } from '@isu/contracts';
import { Day, Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { MoneyToMatch, UnmatchedMoney } from './could-cover.js';

type Reading = Pick<EntityManager, 'query'>;

/** The last word about each counts. */
export async function keepUnmatched(tx: Reading, facts: readonly Fact<'urssaf-sync.money-unmatched.v1'>[]): Promise<void> {
  const last = new Map(facts.map(({ data }) => [data.money, data]));
  await tx.query(
    `INSERT INTO unmatched_money (money, amount, value_on, candidates)
     SELECT money, amount, "valueOn", candidates
       FROM json_to_recordset($1) AS n (money uuid, amount numeric, "valueOn" date, candidates text[])
     ON CONFLICT (money) DO UPDATE SET candidates = excluded.candidates`,
    [JSON.stringify([...last.values()])],
  );
}

export async function dropSettled(tx: Reading, facts: readonly Fact<'urssaf-sync.unmatched-settled.v1'>[]): Promise<void> {
  await tx.query('DELETE FROM unmatched_money WHERE money = ANY($1::uuid[])', [facts.map(({ data }) => data.money)]);
}

/** What may concern one of these accounts or is of one of these amounts. */
export async function findUnmatched(
  tx: Reading,
  { accounts, amounts }: { readonly accounts: readonly string[]; readonly amounts: readonly Money[] },
): Promise<UnmatchedMoney[]> {
  const rows = (await tx.query(
    `SELECT amount, value_on::text AS "valueOn", candidates FROM unmatched_money WHERE amount = ANY($1::numeric[]) OR candidates && $2::text[]`,
    [amounts.map(String), accounts],
  )) as { amount: string; valueOn: string; candidates: string[] }[];
  return rows.map(({ amount, valueOn, candidates }) => ({ amount: Money.of(amount), valueOn: Day.of(valueOn), candidates }));
}

/** How much waits for an owner, and since when. */
export async function moneyToMatch(tx: Reading): Promise<MoneyToMatch> {
  const [row] = (await tx.query(
    `SELECT count(*)::int AS count, coalesce(sum(amount), 0) AS total, min(value_on)::text AS "oldestOn" FROM unmatched_money`,
  )) as { count: number; total: string; oldestOn: string | null }[];
  return { count: row?.count ?? 0, total: Money.of(row?.total ?? '0'), oldestOn: row?.oldestOn ? Day.of(row.oldestOn) : null };
}
