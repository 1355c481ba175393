import type { FactType } from '@isu/contracts';
import type { EntityManager } from 'typeorm';
import type { OutgoingKey } from './outgoing-batch.table.js';

export const sentOutcomes = ['awaited', 'accepted', 'withdrawn'] as const;

/** A line of a batch of ours as it stands: of whom it tells, and what the partner made of it. Its content is the batch's own bytes. */
export interface SentLine {
  readonly line: number;
  readonly account: string;
  readonly tells: FactType;
  /** `awaited` while the partner has not said; `withdrawn`: it refused it, and it is told again. */
  readonly outcome: (typeof sentOutcomes)[number];
  readonly reason: string | null;
  /** The batch in which a withdrawn line is told again; null while it waits for the next one. */
  readonly toldAgainIn: number | null;
}

export interface SentLinesQuestion {
  readonly today: string;
  /** Null: every fund. */
  readonly funds: readonly string[] | null;
  readonly after: number;
  readonly limit: number;
}

/** In the order of the batch, of the accounts that these caisses hold today. */
export async function findSentLines(
  tx: Pick<EntityManager, 'query'>,
  { partner, flow, number }: OutgoingKey,
  { today, funds, after, limit }: SentLinesQuestion,
): Promise<SentLine[]> {
  const rows = (await tx.query(
    `WITH sent AS (
       SELECT l.line, l.fact, CASE WHEN b.acknowledgement IS NULL THEN 'awaited' ELSE 'accepted' END AS outcome, NULL AS reason, NULL::bigint AS again
         FROM outgoing_line l JOIN outgoing_batch b USING (partner, flow, number)
        WHERE l.partner = $1 AND l.flow = $2 AND l.number = $3
       UNION ALL
       SELECT w.line, w.fact, 'withdrawn', w.reason, l.number FROM withdrawn_line w JOIN outgoing_line l USING (partner, flow, fact)
        WHERE w.partner = $1 AND w.flow = $2 AND w.number = $3)
     SELECT s.line, l.account, f.type AS tells, s.outcome, s.reason, s.again AS "toldAgainIn"
       FROM sent s JOIN outgoing_line l ON l.partner = $1 AND l.flow = $2 AND l.fact = s.fact
       JOIN fact f ON f.author = l.author AND f.stream = l.account AND f.seq = l.seq
      WHERE s.line > $4 AND ($5::text[] IS NULL OR holding_fund(l.account, $6::date) = ANY($5)) ORDER BY s.line LIMIT $7`,
    [partner, flow, number, after, funds, today, limit],
  )) as (Omit<SentLine, 'toldAgainIn'> & { toldAgainIn: string | null })[];
  return rows.map((row) => ({ ...row, toldAgainIn: row.toldAgainIn === null ? null : Number(row.toldAgainIn) }));
}
