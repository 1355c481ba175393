import { Day } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Examination } from './examination.js';
import type { ReturnDecision } from './return-decision.js';

type Reading = Pick<EntityManager, 'query'>;

export interface FoundExamination extends Examination {
  readonly endToEnd: string;
}

/** Keeps what the agent found, and with the debit what is done about it from now on. Once: its key is that of the debit. */
export async function saveExamination(
  tx: Reading,
  { endToEnd, action, reason, examinedBy, examinedOn }: FoundExamination,
  { outcome, againOn }: Pick<ReturnDecision, 'outcome' | 'againOn'>,
): Promise<void> {
  await tx.query('INSERT INTO debit_examination (end_to_end, action, reason, examined_by, examined_on) VALUES ($1, $2, $3, $4, $5)', [
    endToEnd,
    action,
    reason,
    examinedBy,
    examinedOn.iso,
  ]);
  await tx.query('UPDATE debit SET outcome = $2 WHERE end_to_end = $1', [endToEnd, outcome]);
  await tx.query('UPDATE debited_instalment SET again_on = $2 WHERE end_to_end = $1', [endToEnd, againOn?.iso ?? null]);
}

/** Of these debits, by reference. */
export async function examinationsOf(tx: Reading, references: readonly string[]): Promise<Map<string, Examination>> {
  const rows: (Omit<FoundExamination, 'examinedOn'> & { examinedOn: string })[] = await tx.query(
    `SELECT end_to_end AS "endToEnd", action, reason, examined_by AS "examinedBy", examined_on::text AS "examinedOn"
     FROM debit_examination WHERE end_to_end = ANY($1)`,
    [references],
  );
  return new Map(rows.map(({ endToEnd, examinedOn, ...row }) => [endToEnd, { ...row, examinedOn: Day.of(examinedOn) }]));
}
