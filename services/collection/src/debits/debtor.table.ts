import { Day } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { unknownDebtor, type Debtor, type DebitStop } from './debit.js';

type Reading = Pick<EntityManager, 'query'>;

interface Row extends Omit<Debtor, 'monthlyFrom'> {
  readonly monthlyFrom: string | null;
}

const columns = `account, rum, bank_details_version AS "bankDetailsVersion", heard_version AS "heardVersion", stop, monthly_from::text AS "monthlyFrom"`;

/** Each of these accounts, also where nothing is remembered of it. */
export async function debtorsOf(tx: Reading, accounts: readonly string[]): Promise<Map<string, Debtor>> {
  const rows: Row[] = await tx.query(`SELECT ${columns} FROM debtor WHERE account = ANY($1)`, [accounts]);
  const known = new Map(
    rows.map(({ monthlyFrom, ...row }): [string, Debtor] => [
      row.account,
      { ...row, monthlyFrom: monthlyFrom === null ? null : Day.of(monthlyFrom) },
    ]),
  );
  return new Map(accounts.map((account) => [account, known.get(account) ?? unknownDebtor(account)]));
}

/** Mandate and bank details that were just used: another stop than a death is over. */
export async function rememberUse(
  tx: Reading,
  used: readonly { readonly account: string; readonly rum: string; readonly version: number }[],
): Promise<void> {
  if (used.length === 0) return;
  await tx.query(
    `INSERT INTO debtor AS d (account, rum, bank_details_version)
     SELECT account, rum, version FROM json_to_recordset($1) AS n (account text, rum text, version int) ORDER BY account
     ON CONFLICT (account) DO UPDATE SET rum = excluded.rum, bank_details_version = excluded.bank_details_version,
       stop = CASE WHEN d.stop = 'deceased' THEN d.stop END
     WHERE (d.rum, d.bank_details_version, d.stop) IS DISTINCT FROM (excluded.rum, excluded.bank_details_version, NULL)`,
    [JSON.stringify(used)],
  );
}

/** Bank details of another version, or another mandate, are there from now on. */
export async function rememberHeard(
  tx: Reading,
  heard: readonly { readonly account: string; readonly version?: number; readonly rum?: string }[],
): Promise<void> {
  if (heard.length === 0) return;
  await tx.query(
    `UPDATE debtor d SET heard_version = greatest(d.heard_version, n.version),
       bank_details_version = CASE WHEN n.rum IS NOT NULL AND n.rum <> d.rum THEN -1 ELSE d.bank_details_version END
     FROM (SELECT account, max(version) AS version, max(rum) AS rum
           FROM json_to_recordset($1) AS h (account text, version int, rum text) GROUP BY account) n
     WHERE d.account = n.account`,
    [JSON.stringify(heard)],
  );
}

/** From now on these are not debited any more; a death outlasts everything. */
export async function stopDebits(tx: Reading, stopped: readonly { readonly account: string; readonly stop: DebitStop }[]): Promise<void> {
  if (stopped.length === 0) return;
  await tx.query(
    `INSERT INTO debtor AS d (account, stop) SELECT account, stop FROM json_to_recordset($1) AS n (account text, stop text) ORDER BY account
     ON CONFLICT (account) DO UPDATE SET stop = CASE WHEN d.stop = 'deceased' THEN d.stop ELSE excluded.stop END`,
    [JSON.stringify(stopped)],
  );
}

/** Until that day these pay quarterly. */
export async function barMonthly(tx: Reading, accounts: readonly string[], until: Day): Promise<void> {
  if (accounts.length === 0) return;
  await tx.query(
    `INSERT INTO debtor (account, monthly_from) SELECT n, $2::date FROM unnest($1::text[]) AS n ORDER BY n
     ON CONFLICT (account) DO UPDATE SET monthly_from = excluded.monthly_from`,
    [accounts, until.iso],
  );
}

/** Which of these accounts are frozen since a death. */
export async function frozenAmong(tx: Reading, accounts: readonly string[]): Promise<Set<string>> {
  if (accounts.length === 0) return new Set();
  const rows: { account: string }[] = await tx.query(`SELECT account FROM debtor WHERE account = ANY($1) AND stop = 'deceased'`, [
    accounts,
  ]);
  return new Set(rows.map(({ account }) => account));
}
