import { Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { OnlineOrder, Statement } from './statement.js';

type Sql = Pick<EntityManager, 'query'>;

type Row = Omit<OnlineOrder, 'amount'> & { amount: string };

const columns = `order_id AS "order", account, amount, opened_on::text AS "openedOn", expires_at AS "expiresAt", state, reference, correlation, asked`;
const orderOf = (row: Row): OnlineOrder => ({ ...row, amount: Money.of(row.amount) });

/** Each once, whatever is delivered again. */
export async function insertOrders(tx: EntityManager, orders: readonly OnlineOrder[], askAt: Date): Promise<void> {
  await tx.query(
    `INSERT INTO online_order (order_id, account, amount, opened_on, expires_at, correlation, ask_at)
     SELECT "order", account, amount, "openedOn", "expiresAt", correlation, $2
       FROM json_to_recordset($1) AS n ("order" uuid, account text, amount numeric, "openedOn" date, "expiresAt" timestamptz, correlation uuid)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(orders), askAt],
  );
}

/** Whoever hears of an order does so alone. */
export async function lockOrder(tx: EntityManager, order: string): Promise<OnlineOrder | undefined> {
  const [row] = (await tx.query(`SELECT ${columns} FROM online_order WHERE order_id = $1 FOR UPDATE`, [order])) as Row[];
  return row && orderOf(row);
}

/** `askAt`: null when nothing more is awaited of the provider. */
export async function saveOrder(
  tx: EntityManager,
  { order, state, reference }: Pick<OnlineOrder, 'order' | 'state' | 'reference'>,
  askAt: Date | null,
): Promise<void> {
  await tx.query('UPDATE online_order SET state = $2, reference = $3, ask_at = $4 WHERE order_id = $1', [order, state, reference, askAt]);
}

/**
 * Orders of which nothing was heard for a while: taken to be asked for, the next time later, but within half a minute while they may be paid.
 * Two instances take none twice.
 */
export async function takeToAsk(tx: Sql, { now, limit }: { now: Date; limit: number }): Promise<OnlineOrder[]> {
  const [rows] = (await tx.query(
    `UPDATE online_order SET asked = least(asked + 1, 30),
       ask_at = $1::timestamptz + least(5 * 2 ^ least(asked, 6), CASE WHEN expires_at > $1 THEN 30 ELSE 300 END) * interval '1 second'
      WHERE order_id IN (SELECT order_id FROM online_order WHERE ask_at <= $1 ORDER BY ask_at LIMIT $2 FOR UPDATE SKIP LOCKED)
      RETURNING ${columns}`,
    [now, limit],
  )) as [Row[], number];
  return rows.map(orderOf);
}

export const statementOutcomes = ['awaiting', 'taken', 'known', 'disputed'] as const;
export type StatementOutcome = (typeof statementOutcomes)[number];

export interface KeptStatement {
  readonly digest: string;
  readonly outcome: StatementOutcome;
}

export async function findStatement(tx: Sql, statement: string): Promise<KeptStatement | undefined> {
  const [row] = (await tx.query('SELECT digest, outcome FROM provider_statement WHERE statement = $1', [statement])) as KeptStatement[];
  return row;
}

export async function keepStatement(tx: Sql, said: Statement, { digest, outcome }: KeptStatement, heardAt: Date): Promise<void> {
  await tx.query(
    `INSERT INTO provider_statement (statement, order_id, digest, said, outcome, heard_at) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (statement) DO UPDATE SET outcome = EXCLUDED.outcome`,
    [said.statement, said.order, digest, JSON.stringify(said), outcome, heardAt],
  );
}

/** Statements that came before their order was heard of. */
export async function awaitingStatements(tx: Sql, orders: readonly string[]): Promise<{ said: Statement; digest: string }[]> {
  return tx.query(
    `SELECT said, digest FROM provider_statement WHERE outcome = 'awaiting' AND order_id = ANY($1::uuid[]) ORDER BY heard_at, statement`,
    [orders],
  ) as Promise<{ said: Statement; digest: string }[]>;
}

/** Our report of the money that the provider calls by this reference, by whichever door it came first; null while it has no owner. */
export async function reportedAs(tx: Sql, partner: string, reference: string): Promise<{ fact: string | null } | undefined> {
  const [row] = (await tx.query(
    `SELECT coalesce(o.fact, p.fact) AS fact FROM payment p LEFT JOIN payment o ON o.id = p.twin_of WHERE p.partner = $1 AND p.reference = $2`,
    [partner, reference],
  )) as { fact: string | null }[];
  return row;
}
