import { Day } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Payment } from './payment.js';

/** What a partner says of a payment that it takes back. */
export interface Reversal {
  /** The fact that said it. */
  readonly fact: string;
  readonly account: string;
  readonly partner: string;
  /** The partner's reference of the payment undone. */
  readonly reference: string;
  /** Our report of that payment, where the partner's line led to it. */
  readonly paymentId: string | null;
  readonly valueOn: Day;
  readonly reason: string;
  readonly correlation: string;
}

/** Keeps reversals whose payment has not come; the same one twice is one. */
export async function keepAwaited(tx: EntityManager, reversals: readonly Reversal[]): Promise<void> {
  if (reversals.length === 0) return;
  await tx.query(
    `INSERT INTO awaited_reversal (fact, account, partner, reference, payment_id, value_on, reason, correlation)
     SELECT fact, account, partner, reference, "paymentId", "valueOn", reason, correlation
     FROM json_to_recordset($1) AS n (fact uuid, account text, partner text, reference text, "paymentId" uuid, "valueOn" date, reason text,
       correlation uuid)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(reversals)],
  );
}

/** Takes away the reversals that waited for these payments. Nearly always there is none: that is asked first, by account. */
export async function takeAwaited(tx: EntityManager, payments: readonly Awaited[]): Promise<Reversal[]> {
  const waiting: { account: string }[] = await tx.query(`SELECT DISTINCT account FROM awaited_reversal WHERE account = ANY($1)`, [
    payments.map(({ account }) => account),
  ]);
  if (waiting.length === 0) return [];
  const accounts = new Set(waiting.map(({ account }) => account));
  const [rows] = await tx.query<[(Omit<Reversal, 'valueOn'> & { valueOn: string })[], number]>(
    `DELETE FROM awaited_reversal a USING json_to_recordset($1) AS p ("paymentId" uuid, account text, partner text, reference text)
     WHERE a.account = p.account AND (a.payment_id = p."paymentId" OR (a.partner = p.partner AND a.reference = p.reference))
     RETURNING a.fact, a.account, a.partner, a.reference, a.payment_id AS "paymentId", a.value_on::text AS "valueOn", a.reason, a.correlation`,
    [JSON.stringify(payments.filter(({ account }) => accounts.has(account)))],
  );
  return rows.map(({ valueOn, ...row }) => ({ ...row, valueOn: Day.of(valueOn) }));
}

/** What a payment is awaited by. */
export type Awaited = Pick<Payment, 'paymentId' | 'account' | 'partner' | 'reference'>;
