import type { IncomeKind } from '@isu/contracts';
import { Day, Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Income } from './income.js';

interface Row {
  fact: string;
  account: string;
  year: number;
  kind: IncomeKind;
  amount: string;
  source: string;
  declaredOn: string;
  corrects: string | null;
}

const columns = `i.fact, i.account, i.year, i.kind, i.amount, i.source, i.declared_on::text AS "declaredOn", i.corrects`;
const incomeOf = ({ amount, declaredOn, ...row }: Row): Income => ({ ...row, amount: Money.of(amount), declaredOn: Day.of(declaredOn) });

/** By account and year, the declared income that stands: the last one said. */
export async function declaredIncomes(tx: EntityManager, accounts: readonly string[]): Promise<Map<string, Map<number, Income>>> {
  const rows: Row[] = await tx.query(
    `SELECT DISTINCT ON (i.account, i.year) ${columns} FROM income i
     WHERE i.account = ANY($1) AND i.kind = 'declared' ORDER BY i.account, i.year, i.seq DESC`,
    [accounts],
  );
  const found = new Map<string, Map<number, Income>>();
  for (const row of rows) found.set(row.account, (found.get(row.account) ?? new Map<number, Income>()).set(row.year, incomeOf(row)));
  return found;
}

/** The last word of this kind about this year. */
export async function lastIncome(
  tx: EntityManager,
  { account, year, kind }: Pick<Income, 'account' | 'year' | 'kind'>,
): Promise<Income | null> {
  const [row]: Row[] = await tx.query(
    `SELECT ${columns} FROM income i WHERE i.account = $1 AND i.year = $2 AND i.kind = $3 ORDER BY i.seq DESC LIMIT 1`,
    [account, year, kind],
  );
  return row ? incomeOf(row) : null;
}

export async function insertIncome(tx: EntityManager, income: Income & { seq: number }): Promise<void> {
  const { fact, account, seq, year, kind, amount, source, declaredOn, corrects } = income;
  await tx.query(
    `INSERT INTO income (fact, account, seq, year, kind, amount, source, declared_on, corrects) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [fact, account, seq, year, kind, amount.toString(), source, declaredOn.iso, corrects],
  );
}

export type ShownIncome = Income & { readonly state: 'in-force' | 'corrected' };

export async function incomesOf(tx: Pick<EntityManager, 'query'>, account: string): Promise<ShownIncome[]> {
  const rows: (Row & { state: ShownIncome['state'] })[] = await tx.query(
    `SELECT ${columns}, CASE WHEN EXISTS (SELECT FROM income c WHERE c.corrects = i.fact) THEN 'corrected' ELSE 'in-force' END AS state
     FROM income i WHERE i.account = $1 ORDER BY i.seq`,
    [account],
  );
  return rows.map(({ state, ...row }) => ({ ...incomeOf(row), state }));
}
