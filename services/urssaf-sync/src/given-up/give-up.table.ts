import type { EntityManager } from 'typeorm';
import type { FlowKey } from '../flows/flow.table.js';
import type { UnderFourEyes } from '../four-eyes.js';

type Sql = Pick<EntityManager, 'query'>;

/** Numbers of batches, both included. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A proposal to give numbers up, and what became of it. */
export interface GiveUp extends Stretch, UnderFourEyes {
  readonly id: string;
  /** Reference of the letter in which the partner says that these batches are lost. */
  readonly attestation: string;
}

const columns = `id, from_number::int AS "from", to_number::int AS "to", attestation, reason, proposed_by AS "proposedBy", proposed_at AS "proposedAt",
  state, decided_by AS "decidedBy", decided_at AS "decidedAt", decision_reason AS "decisionReason"`;

/** The first first. */
export async function giveUpsOf(tx: Sql, { partner, flow }: FlowKey): Promise<GiveUp[]> {
  return tx.query(`SELECT ${columns} FROM give_up WHERE partner = $1 AND flow = $2 ORDER BY proposed_at, id`, [partner, flow]) as Promise<
    GiveUp[]
  >;
}

export type NewGiveUp = Pick<GiveUp, 'id' | 'from' | 'to' | 'attestation' | 'reason' | 'proposedBy' | 'proposedAt'>;

export async function insertGiveUp(tx: Sql, { partner, flow }: FlowKey, one: NewGiveUp): Promise<void> {
  await tx.query(
    `INSERT INTO give_up (id, partner, flow, from_number, to_number, attestation, reason, proposed_by, proposed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [one.id, partner, flow, one.from, one.to, one.attestation, one.reason, one.proposedBy, one.proposedAt],
  );
}

export type GiveUpDecision = Pick<GiveUp, 'id' | 'decidedBy' | 'decidedAt' | 'decisionReason'> & { readonly state: 'approved' | 'refused' };

export async function decideGiveUp(tx: Sql, { id, state, decidedBy, decidedAt, decisionReason }: GiveUpDecision): Promise<void> {
  await tx.query('UPDATE give_up SET state = $2, decided_by = $3, decided_at = $4, decision_reason = $5 WHERE id = $1', [
    ...[id, state, decidedBy, decidedAt, decisionReason],
  ]);
}

export async function insertGivenUpNumbers(
  tx: Sql,
  { partner, flow }: FlowKey,
  { id, from, to }: Stretch & { readonly id: string },
): Promise<void> {
  await tx.query('INSERT INTO given_up_number (partner, flow, number, give_up) SELECT $1, $2, generate_series($3::bigint, $4), $5', [
    ...[partner, flow, from, to, id],
  ]);
}

/** It was found and sent after all: what was given up is not missing any more. Nothing happens to a number that nobody gave up. */
export async function markArrived(tx: Sql, { partner, flow }: FlowKey, number: number, at: Date): Promise<void> {
  await tx.query('UPDATE given_up_number SET arrived_at = $4 WHERE partner = $1 AND flow = $2 AND number = $3 AND arrived_at IS NULL', [
    ...[partner, flow, number, at],
  ]);
}

/** A batch that was given up, on whose word and since when. */
export interface GivenUp {
  readonly number: number;
  readonly attestation: string;
  readonly givenUpAt: Date;
  /** Null while it never came. */
  readonly arrivedAt: Date | null;
}

/** The last first. */
export async function givenUpOf(tx: Sql, { partner, flow }: FlowKey, limit: number): Promise<GivenUp[]> {
  return tx.query(
    `SELECT n.number::int AS number, g.attestation, g.decided_at AS "givenUpAt", n.arrived_at AS "arrivedAt"
       FROM given_up_number n JOIN give_up g ON g.id = n.give_up
      WHERE n.partner = $1 AND n.flow = $2 ORDER BY n.number DESC LIMIT $3`,
    [partner, flow, limit],
  ) as Promise<GivenUp[]>;
}
