import type { EntityManager } from 'typeorm';
import type { KnownIncome, StrikeOff } from './strike-off.js';

type Reading = Pick<EntityManager, 'query'>;

const day = (column: string): string => `to_char(${column}, 'YYYY-MM-DD')`;
const columns = `id, account, reason, ${day('opened_on')} AS "openedOn", last_income_year AS "lastIncomeYear",
  ${day('bodies_until')} AS "bodiesUntil", ${day('person_told_on')} AS "personToldOn", proof, ${day('person_until')} AS "personUntil", state,
  ${day('closed_on')} AS "closedOn", closed_because AS "closedBecause", ${day('ended_on')} AS "endedOn"`;

export const findStrikeOffs = (tx: Reading, account: string): Promise<StrikeOff[]> =>
  tx.query(`SELECT ${columns} FROM strike_off WHERE account = $1 ORDER BY opened_on, id`, [account]);

/** Those of these accounts that have a procedure under way, in the order of their numbers; nothing is locked yet. */
export async function accountsUnderWay(tx: Reading, accounts: readonly string[]): Promise<string[]> {
  const rows = (await tx.query(
    `SELECT account FROM strike_off WHERE account = ANY($1::char(13)[]) AND state IN ('bodies', 'person') ORDER BY account`,
    [accounts],
  )) as { account: string }[];
  return rows.map(({ account }) => account);
}

/** The procedures under way of these accounts, locked. */
export const lockOpen = (tx: EntityManager, accounts: readonly string[]): Promise<StrikeOff[]> =>
  tx.query(
    `SELECT ${columns} FROM strike_off WHERE account = ANY($1::char(13)[]) AND state IN ('bodies', 'person') ORDER BY account FOR UPDATE`,
    [accounts],
  );

export async function saveStrikeOff(tx: EntityManager, procedure: StrikeOff): Promise<void> {
  const { id, account, reason, openedOn, lastIncomeYear, bodiesUntil, personToldOn, proof, personUntil, state } = procedure;
  await tx.query(
    `INSERT INTO strike_off (id, account, reason, opened_on, last_income_year, bodies_until, person_told_on, proof, person_until, state,
       closed_on, closed_because, ended_on)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     ON CONFLICT (id) DO UPDATE SET person_told_on = $7, proof = $8, person_until = $9, state = $10, closed_on = $11, closed_because = $12,
       ended_on = $13`,
    [
      ...[id, account, reason, openedOn, lastIncomeYear, bodiesUntil, personToldOn, proof, personUntil, state],
      ...[procedure.closedOn, procedure.closedBecause, procedure.endedOn],
    ],
  );
}

/** The last word on each year's income, of what collection said. */
export const findIncomes = (tx: Reading, account: string): Promise<KnownIncome[]> =>
  tx.query(
    `SELECT DISTINCT ON (1, 2) (envelope->'data'->>'year')::int AS year, envelope->'data'->>'kind' AS kind, envelope->'data'->>'amount' AS amount
       FROM fact WHERE author = 'collection' AND stream = $1 AND type = 'collection.income-recorded.v1' ORDER BY 1, 2, seq DESC`,
    [account],
  );
