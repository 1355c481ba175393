import type { Means } from '@isu/contracts';
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
  readonly means: Means | null;
  /** As the payer gave it, right or not. */
  readonly paymentReference: string | null;
  /** Whole days since it was received. */
  readonly ageDays: number;
  /** Taken back by the payer's bank, or sent back by us: it waits for nobody any more. */
  readonly isReturned: boolean;
  /** Whose proposal waits for a second pair of eyes. */
  readonly proposedBy: string | null;
}

const ofPayment = `p.id, 'payment' AS kind, p.partner, p.flow, p.batch, p.line, p.reference, nullif(p.account, '') AS account, NULL AS reverses, p.amount::text AS amount,
  p.value_on::text AS "valueOn", p.means, p.payment_reference AS "paymentReference", greatest(0, $1::date - p.value_on) AS "ageDays",
  EXISTS (SELECT FROM reversal v WHERE v.payment = p.id AND v.state <> 'refused') AS "isReturned",
  (SELECT m.proposed_by FROM matching_proposal m WHERE m.payment = p.id AND m.state = 'proposed') AS "proposedBy"`;
const ofReversal = (account: string): string =>
  `r.id, 'reversal', r.partner, r.flow, r.batch, r.line, r.reference, ${account}, r.reverses, r.amount::text, r.value_on::text, NULL, NULL,
  greatest(0, $1::date - r.value_on), false, NULL`;

/** Oldest first; after an id, for the next page. */
export async function findWaitingMoney(
  tx: Reading,
  { today, after, limit }: { readonly today: string; readonly after: string | null; readonly limit: number },
): Promise<WaitingMoney[]> {
  const rows = (await tx.query(
    `SELECT * FROM (
       SELECT ${ofPayment} FROM payment p WHERE p.state = 'to-be-matched'
       UNION ALL
       SELECT ${ofReversal('NULL')} FROM reversal r WHERE r.state = 'waiting'
     ) waiting WHERE $2::uuid IS NULL OR id > $2 ORDER BY id LIMIT $3`,
    [today, after, limit],
  )) as WaitingMoney[];
  return rows.map(inEuros);
}

/** Money that bears an account's number, and reversals of its payments, that wait; oldest first. */
export async function findWaitingMoneyOf(tx: Reading, account: string, today: string): Promise<WaitingMoney[]> {
  const rows = (await tx.query(
    `SELECT * FROM (
       SELECT ${ofPayment} FROM payment p WHERE p.state = 'to-be-matched' AND p.account = $2
       UNION ALL
       SELECT ${ofReversal('o.account')} FROM payment o JOIN reversal r ON r.payment = o.id
        WHERE o.state = 'to-be-matched' AND o.account = $2 AND r.state = 'waiting'
     ) waiting ORDER BY id`,
    [today, account],
  )) as WaitingMoney[];
  return rows.map(inEuros);
}

/** One payment that waits for an owner, locked with the money by the caller where it acts. */
export async function findWaitingPayment(tx: Reading, id: string, today: string): Promise<WaitingMoney | undefined> {
  const [row] = (await tx.query(`SELECT ${ofPayment} FROM payment p WHERE p.id = $2 AND p.state <> 'duplicate'`, [
    today,
    id,
  ])) as WaitingMoney[];
  return row && inEuros(row);
}

const inEuros = (row: WaitingMoney): WaitingMoney => ({ ...row, amount: Money.of(row.amount).toString() });

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
