import { isFact, type Fact } from '@isu/contracts';
import type { EntityManager } from 'typeorm';

/**
 * This service was restored from an old backup, and its facts have come back from their readers: batches were sent since, and a number that
 * a partner holds is never given to other content. The flow goes on behind them; what they told is told again, under the same references.
 */
export async function goOnBehind(tx: EntityManager, recovered: readonly Fact[]): Promise<void> {
  const sent = recovered.filter((fact): fact is Fact<'urssaf-sync.batch-sent.v1'> => isFact(fact, 'urssaf-sync.batch-sent.v1'));
  if (sent.length === 0) return;
  const rows = sent.map(({ subject, data: { number, digest } }) => ({ stream: subject, number, digest }));
  await tx.query(
    `INSERT INTO outgoing_flow (partner, flow, last_number, last_digest)
     SELECT DISTINCT ON (stream) split_part(stream, '/', 2), split_part(stream, '/', 3), number, digest
       FROM json_to_recordset($1) AS n(stream text, number bigint, digest text) ORDER BY stream, number DESC
     ON CONFLICT (partner, flow) DO UPDATE SET last_number = excluded.last_number, last_digest = excluded.last_digest
       WHERE excluded.last_number > outgoing_flow.last_number`,
    [JSON.stringify(rows)],
  );
}
