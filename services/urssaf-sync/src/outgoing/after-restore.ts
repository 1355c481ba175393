import { isFact, type Fact } from '@isu/contracts';
import type { EntityManager } from 'typeorm';

/**
 * This service was restored from an old backup, and its facts have come back from their readers: batches were sent since, and a number that
 * a partner holds is never given to other content. The flow goes on behind them; what they told is told again, under the same references.
 * Their bytes are gone: each is kept by what we said of it, so that a partner that had not taken it learns that it is lost and goes on
 * behind it, and that the receipt of one that had is still a receipt.
 */
export async function goOnBehind(tx: EntityManager, recovered: readonly Fact[]): Promise<void> {
  const sent = recovered.filter((fact): fact is Fact<'urssaf-sync.batch-sent.v1'> => isFact(fact, 'urssaf-sync.batch-sent.v1'));
  if (sent.length === 0) return;
  const rows = sent.map(({ subject, time, correlation, data }) => ({ stream: subject, time, correlation, ...data }));
  await tx.query(
    `INSERT INTO outgoing_flow (partner, flow, last_number, last_digest)
     SELECT DISTINCT ON (stream) split_part(stream, '/', 2), split_part(stream, '/', 3), number, digest
       FROM json_to_recordset($1) AS n(stream text, number bigint, digest text) ORDER BY stream, number DESC
     ON CONFLICT (partner, flow) DO UPDATE SET last_number = excluded.last_number, last_digest = excluded.last_digest
       WHERE excluded.last_number > outgoing_flow.last_number`,
    [JSON.stringify(rows)],
  );
  await tx.query(
    `INSERT INTO outgoing_batch (partner, flow, number, business_date, digest, count, total, signature, correlation, written_at, is_lost)
     SELECT split_part(stream, '/', 2), split_part(stream, '/', 3), number, "businessDate", digest, count, total, '', correlation, time, true
       FROM json_to_recordset($1) AS n(stream text, number bigint, "businessDate" date, digest text, count int, total numeric, correlation uuid, time timestamptz)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows)],
  );
}
