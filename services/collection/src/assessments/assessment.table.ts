import type { Stage } from '@isu/contracts';
import { placeColumns, textFrom, textsBeside } from '@isu/messaging';
import { Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Assessment } from './assessment.js';

interface Row extends Omit<Assessment, 'total' | 'stage'> {
  stage: Stage;
  total: string;
}

const columns = `account, year, version, stage, lines, total, income_fact AS "incomeFact", rules, accounting_day::text AS "accountingDay"`;
const assessmentOf = (row: Row): Assessment => ({ ...row, total: Money.of(row.total) });

/** By account and year: the assessments in force. */
export async function assessmentsInForce(
  tx: Pick<EntityManager, 'query'>,
  accounts: readonly string[],
): Promise<Map<string, Map<number, Assessment>>> {
  const rows: Row[] = await tx.query(
    `SELECT DISTINCT ON (account, year) ${columns} FROM assessment WHERE account = ANY($1) ORDER BY account, year, version DESC`,
    [accounts],
  );
  const found = new Map<string, Map<number, Assessment>>();
  for (const row of rows)
    found.set(row.account, (found.get(row.account) ?? new Map<number, Assessment>()).set(row.year, assessmentOf(row)));
  return found;
}

/** Every version, for the history of a year. */
export async function assessmentsOf(tx: Pick<EntityManager, 'query'>, account: string): Promise<Assessment[]> {
  const rows: Row[] = await tx.query(`SELECT ${columns} FROM assessment WHERE account = $1 ORDER BY year, version`, [account]);
  return rows.map(assessmentOf);
}

export async function insertAssessments(tx: EntityManager, assessments: readonly Assessment[]): Promise<void> {
  if (assessments.length === 0) return;
  const { rows, bytes } = textsBeside(
    assessments,
    ({ lines }) => JSON.stringify(lines),
    ({ lines: _, total, ...row }) => ({ ...row, total: total.toString() }),
  );
  await tx.query(
    `INSERT INTO assessment (account, year, version, stage, lines, total, income_fact, rules, accounting_day)
     SELECT account, year, version, stage, ${textFrom('$2')}, total, "incomeFact", rules, "accountingDay"
     FROM json_to_recordset($1) AS n (account text, year smallint, version smallint, stage text, total numeric, "incomeFact" uuid,
       rules text, "accountingDay" date, ${placeColumns})`,
    [JSON.stringify(rows), bytes],
  );
}
