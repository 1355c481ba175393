import type { Means } from '@isu/contracts';
import { Day, Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Instalment } from '../schedules/schedule.js';
import { instalmentColumns, instalmentsByAccount } from '../schedules/schedule.table.js';
import type { PlacedPart } from './allocation.js';
import type { Payment } from './payment.js';

interface Row {
  paymentId: string;
  account: string;
  partner: string;
  reference: string;
  amount: string;
  valueOn: string;
  means: Means;
  allocations: (Omit<PlacedPart, 'amount'> & { amount: string })[];
  credit: string;
  refunded: string;
  placings: number;
  accountingDay: string;
  reversedOn: string | null;
  reversalReason: string | null;
  movedFrom: string | null;
}

const columns = `p.payment_id AS "paymentId", p.account, p.partner, p.reference, p.amount, p.value_on::text AS "valueOn", p.means, p.allocations,
  p.credit, p.refunded, p.placings, p.accounting_day::text AS "accountingDay", p.reversed_on::text AS "reversedOn", p.reversal_reason AS "reversalReason",
  p.moved_from AS "movedFrom"`;

const paymentOf = ({ amount, valueOn, allocations, credit, refunded, reversedOn, ...row }: Row): Payment => ({
  ...row,
  amount: Money.of(amount),
  valueOn: Day.of(valueOn),
  allocations: allocations.map((part) => ({ ...part, amount: Money.of(part.amount) })),
  credit: Money.of(credit),
  refunded: Money.of(refunded),
  reversedOn: reversedOn === null ? null : Day.of(reversedOn),
});

export type Identity = Pick<Payment, 'paymentId' | 'partner' | 'reference'>;

/**
 * Which of these are posted already, by report or by the partner's reference, which is kept with the money that came first: what went on from it, on
 * another account, bears it too. Each is read by its own keys, however little is known of the table yet.
 */
export async function paymentsKnown(tx: EntityManager, identities: readonly Identity[]): Promise<Identity[]> {
  return tx.query(
    `SELECT known.payment_id AS "paymentId", known.partner, known.reference
     FROM unnest($1::uuid[], $2::text[], $3::text[]) AS n (payment_id, partner, reference)
     CROSS JOIN LATERAL (
       (SELECT p.payment_id, p.partner, p.reference FROM payment p WHERE p.payment_id = n.payment_id OFFSET 0)
       UNION
       (SELECT p.payment_id, p.partner, p.reference FROM payment p WHERE p.partner = n.partner AND p.reference = n.reference AND p.moved_from IS NULL OFFSET 0)) known`,
    [identities.map(({ paymentId }) => paymentId), identities.map(({ partner }) => partner), identities.map(({ reference }) => reference)],
  );
}

export interface DebtsWanted {
  readonly account: string;
  /** Every unpaid instalment due on that day or before. */
  readonly dueBy: Day;
  /** And these, whenever they are due. */
  readonly named: readonly string[];
}

/** The unpaid instalments on which money may go, by account. Each account is read by its own key, however small the table is yet. */
export async function unpaidInstalments(tx: EntityManager, wanted: readonly DebtsWanted[]): Promise<Map<string, Instalment[]>> {
  return instalmentsByAccount(
    await tx.query(
      `SELECT unpaid.* FROM json_to_recordset($1) AS w (account text, "dueBy" date, named text[])
       CROSS JOIN LATERAL (
         SELECT ${instalmentColumns} FROM instalment i
         WHERE i.account = w.account AND i.paid < i.amount AND (i.due_on <= w."dueBy" OR i.id = ANY(w.named))
         ORDER BY i.due_on, i.id OFFSET 0) unpaid`,
      [JSON.stringify(wanted)],
    ),
  );
}

/** The instalments on which these payments were placed. */
export async function instalmentsPaidBy(tx: EntityManager, payments: readonly Payment[]): Promise<Map<string, Instalment[]>> {
  const places = payments.flatMap(({ account, allocations }) => allocations.map(({ instalment }) => ({ account, instalment })));
  return instalmentsByAccount(
    await tx.query(
      `SELECT DISTINCT ON (i.account, i.id) ${instalmentColumns} FROM unnest($1::text[], $2::text[]) AS w (account, id)
       JOIN instalment i ON (i.account, i.id) = (w.account, w.id) ORDER BY i.account, i.id`,
      [places.map(({ account }) => account), places.map(({ instalment }) => instalment)],
    ),
  );
}

export async function insertPayments(tx: EntityManager, payments: readonly Payment[]): Promise<void> {
  if (payments.length === 0) return;
  await tx.query(
    `INSERT INTO payment (payment_id, account, partner, reference, amount, value_on, means, allocations, credit, credit_since, accounting_day, moved_from)
     SELECT "paymentId", account, partner, reference, amount, "valueOn", means, allocations, credit,
       CASE WHEN credit > 0 THEN "accountingDay" END, "accountingDay", "movedFrom"
     FROM json_to_recordset($1) AS n ("paymentId" uuid, account text, partner text, reference text, amount numeric, "valueOn" date, means text,
       allocations jsonb, credit numeric, "accountingDay" date, "movedFrom" uuid)`,
    [JSON.stringify(payments)],
  );
}

/** What may change of a payment: where its credit went, what is refunded, its reversal. Credit that stood keeps the day on which it appeared. */
export async function savePayments(tx: EntityManager, payments: readonly Payment[], today: Day): Promise<void> {
  if (payments.length === 0) return;
  await tx.query(
    `UPDATE payment p SET allocations = n.allocations, credit = n.credit, refunded = n.refunded, placings = n.placings,
       credit_since = CASE WHEN n.credit > 0 THEN coalesce(p.credit_since, $2) END, reversed_on = n."reversedOn",
       reversal_reason = n."reversalReason"
     FROM json_to_recordset($1) AS n ("paymentId" uuid, allocations jsonb, credit numeric, refunded numeric, placings smallint, "reversedOn" date,
       "reversalReason" text)
     WHERE p.payment_id = n."paymentId"`,
    [JSON.stringify(payments), today.iso],
  );
}

/** Payments that stand and have paid something, the last money that came first. */
export async function paymentsPlaced(tx: EntityManager, accounts: readonly string[]): Promise<Payment[]> {
  const rows: Row[] = await tx.query(
    `SELECT ${columns} FROM payment p WHERE account = ANY($1) AND reversed_on IS NULL AND allocations <> '[]'
     ORDER BY account, value_on DESC, payment_id DESC`,
    [accounts],
  );
  return rows.map(paymentOf);
}

export async function paymentsByIds(tx: EntityManager, ids: readonly string[]): Promise<Map<string, Payment>> {
  const rows: Row[] = await tx.query(`SELECT ${columns} FROM payment p WHERE payment_id = ANY($1::uuid[])`, [ids]);
  return new Map(rows.map((row) => [row.paymentId, paymentOf(row)]));
}

/** By what a reversal names: our report of the payment, or the partner's reference. Of the account it speaks of, and no other. */
export async function paymentsReversedBy(
  tx: EntityManager,
  reversals: readonly { account: string; paymentId: string | null; partner: string; reference: string }[],
): Promise<Payment[]> {
  const rows: Row[] = await tx.query(
    `SELECT ${columns} FROM payment p WHERE p.payment_id IN (
       SELECT k.payment_id FROM json_to_recordset($1) AS n (account text, "paymentId" uuid, partner text, reference text)
       JOIN payment k ON k.account = n.account AND (k.payment_id = n."paymentId" OR (k.partner = n.partner AND k.reference = n.reference)))`,
    [JSON.stringify(reversals)],
  );
  return rows.map(paymentOf);
}

/** Where these payments stand now, by their own id: each on the account for which its own was withdrawn (S3). Others are not there. */
export async function whereTheyWent(tx: EntityManager, paymentIds: readonly string[]): Promise<Map<string, Payment>> {
  const rows: (Row & { origin: string })[] = await tx.query(
    `WITH RECURSIVE gone AS (
       SELECT moved_from AS origin, payment_id FROM payment WHERE moved_from = ANY($1)
       UNION ALL
       SELECT gone.origin, next.payment_id FROM gone JOIN payment next ON next.moved_from = gone.payment_id)
     SELECT gone.origin, ${columns} FROM gone JOIN payment p USING (payment_id)
     WHERE NOT EXISTS (SELECT FROM payment next WHERE next.moved_from = p.payment_id)`,
    [paymentIds],
  );
  return new Map(rows.map(({ origin, ...row }) => [origin, paymentOf(row)]));
}

/** Money as it stands, with the fact that reported it, on whatever account it was received. */
export type StandingPayment = Payment & { readonly reportedFact: string };

/** The money that stands on an account, oldest first; of what was taken back, that of which something had been given back: it is owed to us. */
export async function standingPayments(tx: EntityManager, account: string): Promise<StandingPayment[]> {
  const rows: (Row & { reportedFact: string })[] = await tx.query(
    `SELECT ${columns}, o.payment_id AS "reportedFact" FROM payment p
     CROSS JOIN LATERAL (
       SELECT first.payment_id FROM payment first WHERE (first.partner, first.reference) = (p.partner, p.reference) AND first.moved_from IS NULL) o
     WHERE p.account = $1 AND (p.reversed_on IS NULL OR p.refunded > 0) ORDER BY p.value_on, p.payment_id`,
    [account],
  );
  return rows.map(({ reportedFact, ...row }) => ({ ...paymentOf(row), reportedFact }));
}

export interface PaymentRange {
  readonly account: string;
  readonly from: Day | undefined;
  readonly to: Day | undefined;
}

export async function paymentsOf(tx: Pick<EntityManager, 'query'>, { account, from, to }: PaymentRange): Promise<Payment[]> {
  const rows: Row[] = await tx.query(
    `SELECT ${columns} FROM payment p WHERE account = $1 AND value_on BETWEEN coalesce($2, '-infinity'::date) AND coalesce($3, 'infinity'::date)
     ORDER BY value_on, payment_id`,
    [account, from?.iso ?? null, to?.iso ?? null],
  );
  return rows.map(paymentOf);
}

/**
 * Payments whose credit is not placed, by account and value date: the oldest money pays first. What was refunded of a payment that its bank then took
 * back is owed to us, a negative credit: it comes first, and the credit of the others covers it before anything else.
 */
export async function paymentsWithCredit(tx: Pick<EntityManager, 'query'>, accounts: readonly string[]): Promise<Payment[]> {
  const rows: Row[] = await tx.query(
    `SELECT ${columns} FROM payment p WHERE account = ANY($1) AND credit <> 0 ORDER BY account, value_on, payment_id`,
    [accounts],
  );
  return rows.map(paymentOf);
}

/** The next accounts that have credit and something unpaid that has fallen due. */
export async function accountsWithCreditToPlace(tx: EntityManager, place: { after: string; dueBy: Day; limit: number }): Promise<string[]> {
  const rows: { account: string }[] = await tx.query(
    `SELECT DISTINCT p.account FROM payment p
     WHERE p.account > $1 AND p.credit > 0
       AND (EXISTS (SELECT FROM instalment i WHERE i.account = p.account AND i.paid < i.amount AND i.due_on <= $2)
         OR EXISTS (SELECT FROM surcharge s WHERE s.account = p.account AND s.paid < s.owed))
     ORDER BY p.account LIMIT $3`,
    [place.after, place.dueBy.iso, place.limit],
  );
  return rows.map(({ account }) => account);
}
