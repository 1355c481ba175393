import type { EntityManager } from 'typeorm';
import type { Proposal } from './proposal.js';

type Reading = Pick<EntityManager, 'query'>;

const instant = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const columns = `id, account, kind, content, reason, ${instant('proposed_at')} AS "proposedAt", proposed_by AS "proposedBy", state,
  ${instant('decided_at')} AS "decidedAt", decided_by AS "decidedBy", decision_reason AS "decisionReason"`;

/** False when another of the same kind waits already: the unique index is the guarantee. */
export async function insertProposal(tx: EntityManager, proposal: Proposal): Promise<boolean> {
  const { id, account, kind, content, reason, proposedAt, proposedBy, state } = proposal;
  const rows = (await tx.query(
    `INSERT INTO proposal (id, account, kind, content, reason, proposed_at, proposed_by, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (account, kind) WHERE state = 'proposed' DO NOTHING RETURNING id`,
    [id, account, kind, content, reason, proposedAt, proposedBy, state],
  )) as unknown[];
  return rows.length === 1;
}

export async function lockProposal(
  tx: EntityManager,
  { account, id, kind }: Pick<Proposal, 'account' | 'id' | 'kind'>,
): Promise<Proposal | undefined> {
  const [row] = (await tx.query(`SELECT ${columns} FROM proposal WHERE account = $1 AND id = $2 AND kind = $3 FOR UPDATE`, [
    account,
    id,
    kind,
  ])) as Proposal[];
  return row;
}

export async function saveDecision(tx: EntityManager, { id, state, decidedAt, decidedBy, decisionReason }: Proposal): Promise<void> {
  await tx.query('UPDATE proposal SET state = $2, decided_at = $3, decided_by = $4, decision_reason = $5 WHERE id = $1', [
    id,
    state,
    decidedAt,
    decidedBy,
    decisionReason,
  ]);
}

export const findProposals = (tx: Reading, account: string): Promise<Proposal[]> =>
  tx.query(`SELECT ${columns} FROM proposal WHERE account = $1 ORDER BY proposed_at, id`, [account]);
