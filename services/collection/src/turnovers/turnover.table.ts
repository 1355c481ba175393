import { Day, Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Choice, MissingTurnover, Turnover } from './turnover.js';

type Reading = Pick<EntityManager, 'query'>;

type Row = Omit<Turnover, 'amount' | 'declaredOn'> & { amount: string; declaredOn: string };
type MissingRow = Omit<MissingTurnover, 'penalty' | 'provisional' | 'decidedOn'> & {
  penalty: string;
  provisional: string;
  decidedOn: string;
};

const columns = `t.fact, t.account, t.period, t.activity, t.amount, t.source, t.declared_on::text AS "declaredOn", t.corrects`;
const turnoverOf = ({ amount, declaredOn, ...row }: Row): Turnover => ({
  ...row,
  amount: Money.of(amount),
  declaredOn: Day.of(declaredOn),
});

/** The last word about each period and activity of a year, by account, in the order of the periods. */
export async function turnoversInForce(tx: Reading, accounts: readonly string[], year: number): Promise<Map<string, Turnover[]>> {
  const rows: Row[] = await tx.query(
    `SELECT DISTINCT ON (t.account, t.period, t.activity) ${columns} FROM turnover t
     WHERE t.account = ANY($1) AND t.year = $2 ORDER BY t.account, t.period, t.activity, t.seq DESC`,
    [accounts, year],
  );
  return byAccount(rows.map(turnoverOf));
}

/** The same of one account, whatever the year. */
export async function everyTurnoverInForce(tx: Reading, account: string): Promise<Turnover[]> {
  const rows: Row[] = await tx.query(
    `SELECT DISTINCT ON (t.period, t.activity) ${columns} FROM turnover t WHERE t.account = $1 ORDER BY t.period, t.activity, t.seq DESC`,
    [account],
  );
  return rows.map(turnoverOf);
}

export async function choicesOf(tx: Reading, accounts: readonly string[]): Promise<Map<string, Choice[]>> {
  const rows: (Choice & { account: string })[] = await tx.query(
    `SELECT account, from_year AS "fromYear", rhythm, income_tax_option AS "incomeTaxOption"
     FROM turnover_choice WHERE account = ANY($1) ORDER BY account, from_year`,
    [accounts],
  );
  const found = new Map<string, Choice[]>();
  for (const { account, ...choice } of rows) found.set(account, [...(found.get(account) ?? []), choice]);
  return found;
}

export async function missingTurnovers(tx: Reading, accounts: readonly string[], year: number): Promise<Map<string, MissingTurnover[]>> {
  const rows: MissingRow[] = await tx.query(
    `SELECT account, period, activity, penalty, provisional, expressions, decided_on::text AS "decidedOn"
     FROM missing_turnover WHERE account = ANY($1) AND year = $2 ORDER BY account, period`,
    [accounts, year],
  );
  return byAccount(
    rows.map(({ penalty, provisional, decidedOn, ...row }) => ({
      ...row,
      penalty: Money.of(penalty),
      provisional: Money.of(provisional),
      decidedOn: Day.of(decidedOn),
    })),
  );
}

export async function insertTurnovers(tx: Reading, turnovers: readonly (Turnover & { seq: number; year: number })[]): Promise<void> {
  await tx.query(
    `INSERT INTO turnover (fact, account, seq, period, year, activity, amount, source, declared_on, corrects)
     SELECT fact, account, seq, period, year, activity, amount, source, "declaredOn", corrects
     FROM json_to_recordset($1) AS n (fact uuid, account text, seq bigint, period text, year smallint, activity text, amount numeric,
       source text, "declaredOn" date, corrects uuid)`,
    [JSON.stringify(turnovers)],
  );
}

export async function insertMissing(tx: Reading, missing: readonly (MissingTurnover & { year: number })[]): Promise<void> {
  if (missing.length === 0) return;
  await tx.query(
    `INSERT INTO missing_turnover (account, period, year, activity, penalty, provisional, expressions, decided_on)
     SELECT account, period, year, activity, penalty, provisional, expressions, "decidedOn"
     FROM json_to_recordset($1) AS n (account text, period text, year smallint, activity text, penalty numeric, provisional numeric,
       expressions jsonb, "decidedOn" date)`,
    [JSON.stringify(missing)],
  );
}

/** Chosen again for the same year, the last choice counts. */
export async function saveChoice(tx: Reading, account: string, { choice, chosenOn }: { choice: Choice; chosenOn: Day }): Promise<void> {
  await tx.query(
    `INSERT INTO turnover_choice (account, from_year, rhythm, income_tax_option, chosen_on) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (account, from_year) DO UPDATE SET rhythm = excluded.rhythm, income_tax_option = excluded.income_tax_option,
       chosen_on = excluded.chosen_on`,
    [account, choice.fromYear, choice.rhythm, choice.incomeTaxOption, chosenOn.iso],
  );
}

function byAccount<T extends { readonly account: string }>(rows: readonly T[]): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const row of rows) {
    const ofAccount = found.get(row.account);
    if (ofAccount) ofAccount.push(row);
    else found.set(row.account, [row]);
  }
  return found;
}
