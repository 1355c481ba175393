import { Day, Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Remission } from './remission.js';

type Row = Omit<Remission, 'askedOn' | 'decidedOn' | 'amount'> & { askedOn: string; decidedOn: string | null; amount: string | null };

const columns = `id, account, reason, external_event AS "externalEvent", asked_by AS "askedBy", asked_on::text AS "askedOn", state, ground,
  board_reference AS "boardReference", decided_by AS "decidedBy", decided_on::text AS "decidedOn", decision_reason AS "decisionReason", amount`;

const remissionOf = ({ askedOn, decidedOn, amount, ...row }: Row): Remission => ({
  ...row,
  askedOn: Day.of(askedOn),
  decidedOn: decidedOn === null ? null : Day.of(decidedOn),
  amount: amount === null ? null : Money.of(amount),
});

/** False when another one of the account waits already: the unique index is the guarantee. */
export async function insertRemission(tx: EntityManager, remission: Remission): Promise<boolean> {
  const { id, account, reason, externalEvent, askedBy, askedOn, state } = remission;
  const rows = (await tx.query(
    `INSERT INTO surcharge_remission (id, account, reason, external_event, asked_by, asked_on, state) VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (account) WHERE state = 'asked' DO NOTHING RETURNING id`,
    [id, account, reason, externalEvent, askedBy, askedOn.iso, state],
  )) as unknown[];
  return rows.length === 1;
}

export async function lockRemission(tx: EntityManager, account: string, id: string): Promise<Remission | undefined> {
  const [row] = (await tx.query(`SELECT ${columns} FROM surcharge_remission WHERE account = $1 AND id = $2 FOR UPDATE`, [
    account,
    id,
  ])) as Row[];
  return row && remissionOf(row);
}

export async function saveRemission(tx: EntityManager, remission: Remission): Promise<void> {
  const { id, state, ground, boardReference, decidedBy, decidedOn, decisionReason, amount } = remission;
  await tx.query(
    `UPDATE surcharge_remission SET state = $2, ground = $3, board_reference = $4, decided_by = $5, decided_on = $6, decision_reason = $7,
       amount = $8 WHERE id = $1`,
    [id, state, ground, boardReference, decidedBy, decidedOn?.iso ?? null, decisionReason, amount?.toString() ?? null],
  );
}

export async function remissionsOf(tx: Pick<EntityManager, 'query'>, account: string): Promise<Remission[]> {
  const rows: Row[] = await tx.query(`SELECT ${columns} FROM surcharge_remission WHERE account = $1 ORDER BY asked_on, id`, [account]);
  return rows.map(remissionOf);
}
