import type { Means } from '@isu/contracts';
import { Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Correction } from './correction.js';

type Sql = Pick<EntityManager, 'query'>;

/** A payment as a correction finds it. */
export interface CorrectablePayment {
  readonly id: string;
  readonly account: string;
  /** `partner/flow`, where it came from. */
  readonly flow: string;
  readonly batch: string;
  readonly line: number;
  readonly reference: string;
  readonly bankReference: string | null;
  readonly paymentReference: string | null;
  readonly order: string | null;
  readonly amount: string;
  readonly valueOn: string;
  readonly means: Means;
  /** Our payment-reported; null while it waits for an owner. */
  readonly fact: string | null;
  readonly isReversed: boolean;
}

/** The caller has locked the money. */
export async function findCorrectable(tx: Sql, id: string): Promise<CorrectablePayment | undefined> {
  const [row] = (await tx.query(
    `SELECT p.id, p.account, p.partner || '/' || p.flow AS flow, p.batch, p.line, p.reference, p.bank_reference AS "bankReference",
       p.payment_reference AS "paymentReference", p.online_order AS "order", p.amount::text AS amount, p.value_on::text AS "valueOn", p.means, p.fact,
       EXISTS (SELECT 1 FROM reversal r WHERE r.payment = p.id AND r.state <> 'refused') AS "isReversed"
       FROM payment p WHERE p.id = $1 AND p.state <> 'duplicate'`,
    [id],
  )) as CorrectablePayment[];
  return row && { ...row, amount: Money.of(row.amount).toString() };
}

/** A payment as those read it who are asked to correct it. */
export interface NamedPayment {
  readonly id: string;
  readonly partner: string;
  readonly flow: string;
  readonly batch: string;
  readonly reference: string;
  readonly amount: string;
  readonly valueOn: string;
}

/** The payments that these corrections would change. */
export async function findNamedBy(tx: Sql, corrections: readonly (Correction | null)[]): Promise<NamedPayment[]> {
  const ids = corrections.flatMap((correction) => (correction !== null && 'payment' in correction ? [correction.payment] : []));
  if (ids.length === 0) return [];
  const rows = (await tx.query(
    `SELECT id, partner, flow, batch, reference, amount::text AS amount, value_on::text AS "valueOn" FROM payment
      WHERE id = ANY($1) ORDER BY value_on, id`,
    [ids],
  )) as NamedPayment[];
  return rows.map((row) => ({ ...row, amount: Money.of(row.amount).toString() }));
}

/** Money that waited has an owner, whatever number the partner wrote. */
export async function ownPayment(tx: Sql, { id, account, fact }: { id: string; account: string; fact: string }): Promise<void> {
  await tx.query(`UPDATE payment SET state = 'reported', account = $2, fact = $3 WHERE id = $1 AND state = 'to-be-matched'`, [
    id,
    account,
    fact,
  ]);
}
