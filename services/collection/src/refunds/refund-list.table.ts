import { Day, Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { refundDays, smallCredit } from './refund-rules.js';

/** What an agent looks through: refunds that wait for two signatures, and what should have left and has not. */
export interface ListedRefund {
  readonly account: string;
  readonly fund: string;
  readonly amount: Money;
  readonly creditSince: Day;
  readonly dueBy: Day;
  /** Days after the last day to order it; 0 while there is time. */
  readonly daysLate: number;
  readonly refund: string | null;
  /** `credit`: nothing is ordered, for want of an IBAN or of a run. */
  readonly state: 'to-approve' | 'ordered' | 'credit';
  readonly signatures: number;
  readonly signedByMe: boolean;
}

interface Row extends Omit<ListedRefund, 'amount' | 'creditSince' | 'dueBy'> {
  amount: string;
  creditSince: string;
  dueBy: string;
}

interface Question {
  readonly kind: 'to-approve' | 'overdue';
  readonly today: Day;
  /** Null: every caisse. */
  readonly funds: readonly string[] | null;
  readonly by: string;
  readonly after: string;
  readonly limit: number;
}

const refunds = `SELECT r.account, r.amount, r.credit_since, r.due_by, r.id AS refund, r.state, r.first_by FROM refund r`;

/** A credit that nobody ordered to be given back within the month: too large to be kept, and not preferred on due dates. */
const credits = `SELECT c.account, c.amount, c.since, c.since + $7::int, NULL::uuid, 'credit', NULL
  FROM (SELECT p.account, sum(p.credit) AS amount, min(p.credit_since) FILTER (WHERE p.credit > 0) AS since FROM payment p
        WHERE p.account IN (SELECT account FROM payment WHERE credit > 0 AND credit_since < $1::date - $7::int) AND p.credit <> 0
        GROUP BY p.account) c
  LEFT JOIN refund_file f ON f.account = c.account
  WHERE c.amount >= $6 AND c.since < $1::date - $7::int AND f.choice IS DISTINCT FROM 'next-instalments'`;

const found: Readonly<Record<Question['kind'], string>> = {
  'to-approve': `${refunds} WHERE r.state = 'to-approve'`,
  overdue: `${refunds} WHERE r.state IN ('to-approve', 'ordered') AND r.due_by < $1::date UNION ALL ${credits}`,
};

/** The first account number first, each within reach of who asks, and once: by what should have left first. */
export async function listRefunds(
  tx: Pick<EntityManager, 'query'>,
  { kind, today, funds, by, after, limit }: Question,
): Promise<ListedRefund[]> {
  const late = kind === 'overdue' ? [smallCredit(today).toString(), refundDays(today)] : [];
  const rows: Row[] = await tx.query(
    `SELECT DISTINCT ON (l.account) l.account, l.fund, l.amount, l.credit_since::text AS "creditSince", l.due_by::text AS "dueBy",
       greatest(0, $1::date - l.due_by) AS "daysLate", l.refund, l.state, (l.first_by IS NOT NULL)::int AS signatures,
       coalesce(l.first_by = $3, false) AS "signedByMe"
     FROM (SELECT f.*, holding_fund(f.account, $1::date) AS fund
           FROM (${found[kind]}) AS f (account, amount, credit_since, due_by, refund, state, first_by)) l
     WHERE ($2::text[] IS NULL OR l.fund = ANY($2)) AND l.account > $4
     ORDER BY l.account, l.due_by, l.refund NULLS LAST LIMIT $5`,
    [today.iso, funds, by, after, limit, ...late],
  );
  return rows.map((row) => ({ ...row, amount: Money.of(row.amount), creditSince: Day.of(row.creditSince), dueBy: Day.of(row.dueBy) }));
}
