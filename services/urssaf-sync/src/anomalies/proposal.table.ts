import type { EntityManager } from 'typeorm';
import type { Correction, Proposal } from './correction.js';

type Sql = Pick<EntityManager, 'query'>;

export interface NewProposal {
  readonly id: string;
  readonly anomaly: string;
  readonly correction: Correction;
  readonly reason: string;
  readonly by: string;
  readonly at: Date;
}

export async function insertProposal(tx: Sql, { id, anomaly, correction, reason, by, at }: NewProposal): Promise<void> {
  await tx.query('INSERT INTO proposal (id, anomaly, correction, reason, proposed_by, proposed_at) VALUES ($1, $2, $3, $4, $5, $6)', [
    ...[id, anomaly, JSON.stringify(correction), reason, by, at],
  ]);
}

export async function lockProposal(
  tx: Sql,
  anomaly: string,
  id: string,
): Promise<Pick<Proposal, 'id' | 'correction' | 'reason' | 'proposedBy' | 'state'> | undefined> {
  const [row] = (await tx.query(
    'SELECT id, correction, reason, proposed_by AS "proposedBy", state FROM proposal WHERE anomaly = $1 AND id = $2 FOR UPDATE',
    [anomaly, id],
  )) as Pick<Proposal, 'id' | 'correction' | 'reason' | 'proposedBy' | 'state'>[];
  return row;
}

export async function hasPending(tx: Sql, anomaly: string): Promise<boolean> {
  const rows = (await tx.query(`SELECT 1 FROM proposal WHERE anomaly = $1 AND state = 'proposed'`, [anomaly])) as unknown[];
  return rows.length > 0;
}

interface Decision {
  readonly id: string;
  readonly state: 'approved' | 'refused';
  readonly by: string;
  readonly at: Date;
  readonly reason: string | null;
  readonly facts: readonly string[];
}

export async function decideProposal(tx: Sql, { id, state, by, at, reason, facts }: Decision): Promise<void> {
  await tx.query('UPDATE proposal SET state = $2, decided_by = $3, decided_at = $4, decision_reason = $5, facts = $6 WHERE id = $1', [
    ...[id, state, by, at, reason, facts],
  ]);
}

/** How many corrections by hand were ever approved, of each kind, for the gauge: nothing is mended without being counted. */
export async function approvedByKind(tx: Sql): Promise<{ labels: { kind: string }; value: number }[]> {
  const rows = (await tx.query(
    `SELECT correction->>'kind' AS kind, count(*)::int AS value FROM proposal WHERE state = 'approved' GROUP BY 1 ORDER BY 1`,
  )) as { kind: string; value: number }[];
  return rows.map(({ kind, value }) => ({ labels: { kind }, value }));
}
