import { Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Outcome } from '../placing/outcome.js';
import type { Batch } from './batch.table.js';

export const receivedKinds = ['payment', 'reversal', 'declared', 'tax', 'turnover', 'rejected'] as const;

/** A line of a batch that was received, as it is kept: of whom it tells, and what became of it. */
export interface ReceivedLine {
  readonly line: number;
  /** `rejected`: it moved nothing, and only its reference is kept. */
  readonly kind: (typeof receivedKinds)[number];
  readonly reference: string;
  /** Whose it is today; as the partner wrote it while nobody is known to own it. Null where the line says nothing of it. */
  readonly account: string | null;
  /** What it adds to the batch's total, in euros. */
  readonly amount: string | null;
  /** As the receipt says. */
  readonly outcome: Outcome;
  readonly reason: string | null;
}

export interface ReceivedLinesQuestion {
  readonly today: string;
  /** Null: every fund. */
  readonly funds: readonly string[] | null;
  readonly after: number;
  readonly limit: number;
}

/** In the order of the file, of the accounts that these caisses hold today. What was said before in the same words is kept where it was said first. */
export async function findReceivedLines(
  tx: Pick<EntityManager, 'query'>,
  { partner, flow, number, name }: Pick<Batch, 'partner' | 'flow' | 'number' | 'name'>,
  { today, funds, after, limit }: ReceivedLinesQuestion,
): Promise<ReceivedLine[]> {
  const rows = (await tx.query(
    `WITH kept AS (
       SELECT line, 'payment' AS kind, reference, nullif(account, '') AS account, amount FROM payment WHERE partner = $1 AND flow = $2 AND batch = $3
       UNION ALL
       SELECT r.line, 'reversal', r.reference, nullif(p.account, ''), -r.amount FROM reversal r LEFT JOIN payment p ON p.id = r.payment
        WHERE r.partner = $1 AND r.flow = $2 AND r.batch = $3
       UNION ALL
       SELECT line, kind, reference, account, amount FROM declared_income WHERE partner = $1 AND flow = $2 AND batch = $3
       UNION ALL
       SELECT l.line, 'rejected', l.reference, a.account, NULL FROM rejected_line l LEFT JOIN anomaly a ON a.id = l.anomaly
        WHERE l.partner = $1 AND l.flow = $2 AND l.batch = $3)
     SELECT k.line, k.kind, k.reference, k.account, k.amount::text AS amount, o.outcome, o.reason
       FROM kept k JOIN line_outcome o ON o.partner = $1 AND o.flow = $2 AND o.number = $4 AND k.line BETWEEN o.first_line AND o.last_line
      WHERE k.line > $5 AND ($6::text[] IS NULL OR holding_fund(k.account, $7::date) = ANY($6)) ORDER BY k.line LIMIT $8`,
    [partner, flow, name, number, after, funds, today, limit],
  )) as ReceivedLine[];
  return rows.map((row) => ({ ...row, amount: row.amount === null ? null : Money.of(row.amount).toString() }));
}
