import { Money } from '@isu/values';
import type { EntityManager } from 'typeorm';

type Reading = Pick<EntityManager, 'query'>;

/** Money that waits, visibly: a payment for its account, a reversal for its payment. */
export interface WaitingMoney {
  readonly id: string;
  readonly kind: 'payment' | 'reversal';
  readonly partner: string;
  readonly flow: string;
  readonly batch: string;
  readonly line: number;
  readonly reference: string;
  /** What the partner wrote for an account; null when it wrote none. */
  readonly account: string | null;
  /** The payment that a reversal means. */
  readonly reverses: string | null;
  readonly amount: string;
  readonly valueOn: string;
}

/** Oldest first; after an id, for the next page. */
export async function findWaitingMoney(tx: Reading, after: string | null, limit: number): Promise<WaitingMoney[]> {
  const rows = (await tx.query(
    `SELECT * FROM (
       SELECT id, 'payment' AS kind, partner, flow, batch, line, reference, nullif(account, '') AS account, NULL AS reverses, amount::text AS amount,
         value_on::text AS "valueOn" FROM payment WHERE state = 'to-be-matched'
       UNION ALL
       SELECT id, 'reversal', partner, flow, batch, line, reference, NULL, reverses, amount::text, value_on::text FROM reversal WHERE state = 'waiting'
     ) waiting WHERE $1::uuid IS NULL OR id > $1 ORDER BY id LIMIT $2`,
    [after, limit],
  )) as WaitingMoney[];
  return rows.map((row) => ({ ...row, amount: Money.of(row.amount).toString() }));
}

/** Money that bears an account's number, and reversals of its payments, that wait; oldest first. */
export async function findWaitingMoneyOf(tx: Reading, account: string): Promise<WaitingMoney[]> {
  const rows = (await tx.query(
    `SELECT * FROM (
       SELECT id, 'payment' AS kind, partner, flow, batch, line, reference, account, NULL AS reverses, amount::text AS amount,
         value_on::text AS "valueOn" FROM payment WHERE state = 'to-be-matched' AND account = $1
       UNION ALL
       SELECT r.id, 'reversal', r.partner, r.flow, r.batch, r.line, r.reference, p.account, r.reverses, r.amount::text, r.value_on::text
         FROM payment p JOIN reversal r ON r.payment = p.id WHERE p.state = 'to-be-matched' AND p.account = $1 AND r.state = 'waiting'
     ) waiting ORDER BY id`,
    [account],
  )) as WaitingMoney[];
  return rows.map((row) => ({ ...row, amount: Money.of(row.amount).toString() }));
}

/** What became of a partner's reference. `known`: on the account; `in-transit`: with us and not yet there. */
export type ReferenceStatus = 'known' | 'in-transit' | 'conflict' | 'refused' | 'unknown';

/** The latest word about a reference: a conflict stays one although the first telling stands. */
export async function findStatus(tx: Reading, partner: string, reference: string): Promise<ReferenceStatus> {
  const [row] = (await tx.query(
    `SELECT (SELECT min(outcome) FROM rejected_line WHERE partner = $1 AND reference = $2) AS rejected,
       (SELECT coalesce(o.fact, p.fact) FROM payment p LEFT JOIN payment o ON o.id = p.twin_of WHERE p.partner = $1 AND p.reference = $2) AS "paymentFact",
       (SELECT coalesce(o.account, p.account) FROM payment p LEFT JOIN payment o ON o.id = p.twin_of WHERE p.partner = $1 AND p.reference = $2) AS account,
       (SELECT r.fact FROM reversal r WHERE r.partner = $1 AND r.reference = $2) AS "reversalFact",
       (SELECT p.account FROM reversal r JOIN payment p ON p.id = r.payment WHERE r.partner = $1 AND r.reference = $2) AS "reversalAccount",
       (SELECT r.state FROM reversal r WHERE r.partner = $1 AND r.reference = $2) AS reversal,
       (SELECT d.fact IS NOT NULL FROM declared_income d WHERE d.partner = $1 AND d.reference = $2) AS "isIncomeTold"`,
    [partner, reference],
  )) as Row[];
  if (!row) return 'unknown';
  if (row.rejected === 'conflict') return 'conflict';
  if (row.account !== null) return (await isPlaced(tx, row.account, row.paymentFact)) ? 'known' : 'in-transit';
  if (row.reversal === 'refused') return 'refused';
  if (row.reversal !== null) return (await isPlaced(tx, row.reversalAccount, row.reversalFact)) ? 'known' : 'in-transit';
  if (row.isIncomeTold !== null) return row.isIncomeTold ? 'known' : 'in-transit';
  return row.rejected === 'refused' ? 'refused' : 'unknown';
}

interface Row {
  readonly rejected: 'conflict' | 'refused' | null;
  readonly account: string | null;
  readonly paymentFact: string | null;
  readonly reversal: 'waiting' | 'reported' | 'refused' | null;
  readonly reversalAccount: string | null;
  /** Null when no declaration bears the reference. */
  readonly isIncomeTold: boolean | null;
  readonly reversalFact: string | null;
}

/** Whether collection has said that it placed what we told, by our copy of its facts. */
async function isPlaced(tx: Reading, account: string | null, fact: string | null): Promise<boolean> {
  if (account === null || fact === null) return false;
  const rows = (await tx.query(
    `SELECT 1 FROM fact WHERE author = 'collection' AND stream = $1 AND type IN ('collection.payment-posted.v1', 'collection.payment-reversed.v1')
       AND envelope->'data'->>'reportedFact' = $2 LIMIT 1`,
    [account, fact],
  )) as unknown[];
  return rows.length === 1;
}
