import { Day, Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Choices, Report } from '../payments/payment.js';
import type { OnlinePayment, OnlineState } from './online-payment.js';

type Reading = Pick<EntityManager, 'query'>;

type Row = Omit<OnlinePayment, 'amount' | 'openedOn'> & { amount: string; openedOn: string };

const columns = `o.order_id AS "order", o.account, o.instalments, o.amount, o.opened_on::text AS "openedOn", o.opened_at AS "openedAt",
  o.expires_at AS "expiresAt", o.state, o.reason, o.payment_id AS "paymentId"`;

const onlinePaymentOf = ({ amount, openedOn, ...row }: Row): OnlinePayment => ({
  ...row,
  amount: Money.of(amount),
  openedOn: Day.of(openedOn),
});

/** Every order of an account, the latest first. */
export async function onlinePaymentsOf(tx: Reading, account: string): Promise<OnlinePayment[]> {
  const rows = (await tx.query(`SELECT ${columns} FROM online_payment o WHERE o.account = $1 ORDER BY o.opened_at DESC, o.order_id`, [
    account,
  ])) as Row[];
  return rows.map(onlinePaymentOf);
}

export async function findOnlinePayment(tx: Reading, account: string, order: string): Promise<OnlinePayment | undefined> {
  const [row] = (await tx.query(`SELECT ${columns} FROM online_payment o WHERE o.account = $1 AND o.order_id = $2`, [
    account,
    order,
  ])) as Row[];
  return row && onlinePaymentOf(row);
}

/** Due dates that were paid online by a payment that stands. */
export async function paidOnlineOf(tx: Reading, account: string): Promise<Set<string>> {
  const rows = (await tx.query(
    `SELECT DISTINCT unnest(o.instalments) AS instalment FROM online_payment o
       JOIN payment p ON p.payment_id = o.payment_id AND p.reversed_on IS NULL WHERE o.account = $1`,
    [account],
  )) as { instalment: string }[];
  return new Set(rows.map(({ instalment }) => instalment));
}

/** Due dates whose debit the bank has in hand, or has carried out. */
export async function presentedOf(tx: Reading, account: string): Promise<Set<string>> {
  const rows = (await tx.query('SELECT instalment FROM debited_instalment WHERE account = $1 AND NOT returned', [account])) as {
    instalment: string;
  }[];
  return new Set(rows.map(({ instalment }) => instalment));
}

/** The caller has locked the account. */
export async function insertOnlinePayment(tx: EntityManager, one: OnlinePayment): Promise<void> {
  await tx.query(
    `INSERT INTO online_payment (order_id, account, instalments, amount, opened_on, opened_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [one.order, one.account, one.instalments, one.amount.toString(), one.openedOn.iso, one.openedAt, one.expiresAt],
  );
  await tx.query('INSERT INTO online_payment_under_way (account, instalment, order_id) SELECT $1, unnest($2::text[]), $3', [
    one.account,
    one.instalments,
    one.order,
  ]);
}

export interface Settlement {
  readonly account: string;
  readonly order: string;
  readonly state: Exclude<OnlineState, 'open'>;
  readonly reason: string | null;
  readonly paymentId: string | null;
}

/** What the provider said of orders of these accounts: its due dates are free again. What was paid stays paid, whatever is said later. */
export async function settleOnlinePayments(tx: EntityManager, settled: readonly Settlement[]): Promise<void> {
  if (settled.length === 0) return;
  await tx.query(
    `WITH said AS (
       UPDATE online_payment o SET state = n.state, reason = n.reason, payment_id = n."paymentId"
       FROM json_to_recordset($1) AS n (account text, "order" uuid, state text, reason text, "paymentId" uuid)
       WHERE o.order_id = n."order" AND o.account = n.account AND o.state <> 'paid' RETURNING o.order_id)
     DELETE FROM online_payment_under_way u USING said WHERE u.order_id = said.order_id`,
    [JSON.stringify(settled)],
  );
}

/** What was chosen for the orders that these reports answer. Nearly always there is none, and nothing is asked. */
export async function choicesOf(tx: Reading, reports: readonly Report[]): Promise<Choices> {
  const answering = reports.flatMap(({ subject, data: { order } }) => (order === undefined ? [] : [{ account: subject, order }]));
  if (answering.length === 0) return new Map();
  const rows = (await tx.query(
    `SELECT o.order_id AS "order", o.instalments FROM json_to_recordset($1) AS n (account text, "order" uuid)
       JOIN online_payment o ON o.order_id = n."order" AND o.account = n.account`,
    [JSON.stringify(answering)],
  )) as { order: string; instalments: string[] }[];
  return new Map(rows.map(({ order, instalments }) => [order, instalments]));
}
