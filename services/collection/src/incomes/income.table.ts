import type { IncomeKind } from '@isu/contracts';
import { Day, Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { ExOfficioGrounds, Income } from './income.js';
import { KnownIncomes } from './known-incomes.js';

interface Row {
  fact: string;
  account: string;
  year: number;
  kind: IncomeKind;
  amount: string;
  source: string;
  declaredOn: string;
  corrects: string | null;
  grounds: ExOfficioGrounds | null;
}

const columns = `i.fact, i.account, i.year, i.kind, i.amount, i.source, i.declared_on::text AS "declaredOn", i.corrects, i.grounds`;
const incomeOf = ({ amount, declaredOn, ...row }: Row): Income => ({ ...row, amount: Money.of(amount), declaredOn: Day.of(declaredOn) });

/** By account, everything that was said of its incomes; an account that nothing was said of is absent. */
export async function knownIncomes(tx: Pick<EntityManager, 'query'>, accounts: readonly string[]): Promise<Map<string, KnownIncomes>> {
  const rows: Row[] = await tx.query(`SELECT ${columns} FROM income i WHERE i.account = ANY($1) ORDER BY i.account, i.seq`, [accounts]);
  const said = new Map<string, Income[]>();
  for (const row of rows) {
    const ofAccount = said.get(row.account);
    if (ofAccount) ofAccount.push(incomeOf(row));
    else said.set(row.account, [incomeOf(row)]);
  }
  return new Map([...said].map(([account, incomes]) => [account, new KnownIncomes(incomes)]));
}

export async function insertIncomes(tx: EntityManager, incomes: readonly (Income & { seq: number })[]): Promise<void> {
  if (incomes.length === 0) return;
  await tx.query(
    `INSERT INTO income (fact, account, seq, year, kind, amount, source, declared_on, corrects, grounds)
     SELECT fact, account, seq, year, kind, amount, source, "declaredOn", corrects, grounds
     FROM json_to_recordset($1) AS n (fact uuid, account text, seq bigint, year smallint, kind text, amount numeric, source text,
       "declaredOn" date, corrects uuid, grounds jsonb)`,
    [JSON.stringify(incomes)],
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
