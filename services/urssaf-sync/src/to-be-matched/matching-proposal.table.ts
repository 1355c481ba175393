import type { EntityManager } from 'typeorm';
import type { UnderFourEyes } from '../four-eyes.js';

type Sql = Pick<EntityManager, 'query'>;

export const matchingKinds = ['attribute', 'send-back'] as const;

/** What would settle money that waits, and what became of it. */
export interface MatchingProposal extends UnderFourEyes {
  readonly id: string;
  readonly kind: (typeof matchingKinds)[number];
  readonly account: string | null;
  /** The report of the money, once it has an owner. */
  readonly fact: string | null;
}

const columns = `id, kind, account, reason, proposed_by AS "proposedBy", proposed_at AS "proposedAt", state, decided_by AS "decidedBy",
  decided_at AS "decidedAt", decision_reason AS "decisionReason", fact`;

export async function proposalsOf(tx: Sql, payment: string): Promise<MatchingProposal[]> {
  return tx.query(`SELECT ${columns} FROM matching_proposal WHERE payment = $1 ORDER BY proposed_at, id`, [payment]) as Promise<
    MatchingProposal[]
  >;
}

export type NewMatchingProposal = Pick<MatchingProposal, 'id' | 'kind' | 'account' | 'reason' | 'proposedBy' | 'proposedAt'>;

export async function insertProposal(tx: Sql, payment: string, one: NewMatchingProposal): Promise<void> {
  await tx.query(
    'INSERT INTO matching_proposal (id, payment, kind, account, reason, proposed_by, proposed_at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [one.id, payment, one.kind, one.account, one.reason, one.proposedBy, one.proposedAt],
  );
}

export type MatchingDecision = Pick<MatchingProposal, 'id' | 'decidedBy' | 'decidedAt' | 'decisionReason' | 'fact'> & {
  readonly state: 'approved' | 'refused';
};

export async function decideProposal(tx: Sql, { id, state, decidedBy, decidedAt, decisionReason, fact }: MatchingDecision): Promise<void> {
  await tx.query(
    'UPDATE matching_proposal SET state = $2, decided_by = $3, decided_at = $4, decision_reason = $5, fact = $6 WHERE id = $1',
    [...[id, state, decidedBy, decidedAt, decisionReason, fact]],
  );
}
