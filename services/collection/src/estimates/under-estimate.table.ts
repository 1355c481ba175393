import { Day } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { AssessmentLine } from '../assessments/pricing.js';
import type { UnderEstimateDecision } from './under-estimate.js';

type Reading = Pick<EntityManager, 'query'>;
type Row = Omit<UnderEstimateDecision, 'decidedOn'> & { decidedOn: string };

/** By account and year, the surcharges that an agent has decided to apply. */
export async function surchargesApplied(tx: Reading, accounts: readonly string[]): Promise<Map<string, Map<number, AssessmentLine>>> {
  const rows: { account: string; year: number; line: AssessmentLine }[] = await tx.query(
    `SELECT account, year, line FROM under_estimate_decision WHERE account = ANY($1) AND applies`,
    [accounts],
  );
  const found = new Map<string, Map<number, AssessmentLine>>();
  for (const { account, year, line } of rows) found.set(account, (found.get(account) ?? new Map<number, AssessmentLine>()).set(year, line));
  return found;
}

export async function decisionsOf(tx: Reading, account: string): Promise<UnderEstimateDecision[]> {
  const rows: Row[] = await tx.query(
    `SELECT account, year, applies, line, reason, decided_on::text AS "decidedOn", decided_by AS "decidedBy"
     FROM under_estimate_decision WHERE account = $1 ORDER BY year`,
    [account],
  );
  return rows.map(({ decidedOn, ...row }) => ({ ...row, decidedOn: Day.of(decidedOn) }));
}

/** One decision a year: a second one takes the place of the first. */
export async function saveDecision(tx: Reading, decision: UnderEstimateDecision): Promise<void> {
  const { account, year, applies, line, reason, decidedOn, decidedBy } = decision;
  await tx.query(
    `INSERT INTO under_estimate_decision (account, year, applies, line, reason, decided_on, decided_by) VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (account, year) DO UPDATE SET applies = excluded.applies, line = excluded.line, reason = excluded.reason,
       decided_on = excluded.decided_on, decided_by = excluded.decided_by`,
    [account, year, applies, line === null ? null : JSON.stringify(line), reason, decidedOn.iso, decidedBy],
  );
}
