import type { EntityManager } from 'typeorm';
import type { RejectedLine } from '../payments/known-money.js';

/** Of these lines, those that were not rejected before with the same words: only they are told. */
export async function notRejectedBefore(tx: EntityManager, partner: string, rejected: readonly RejectedLine[]): Promise<RejectedLine[]> {
  if (rejected.length === 0) return [];
  const rows = (await tx.query(
    `SELECT r.reference, r.content FROM unnest($2::text[], $3::text[]) AS n(reference, content) JOIN rejected_line r USING (reference, content)
      WHERE r.partner = $1`,
    [partner, rejected.map(({ reference }) => reference), rejected.map(({ content }) => content)],
  )) as { reference: string; content: string }[];
  const before = new Set(rows.map(keyOf));
  return rejected.filter((line) => !before.has(keyOf(line)) && before.add(keyOf(line)));
}

const keyOf = ({ reference, content }: { reference: string; content: string }): string => `${content} ${reference}`;

interface Source {
  readonly partner: string;
  readonly flow: string;
  readonly batch: string;
}

export async function insertRejected(
  tx: EntityManager,
  { partner, flow, batch }: Source,
  rejected: readonly (RejectedLine & { readonly anomalyId: string | null })[],
): Promise<void> {
  if (rejected.length === 0) return;
  const rows = rejected.map(({ reference, content, outcome, reason, line, anomalyId }) => ({
    reference,
    content,
    outcome,
    reason,
    line,
    anomaly: anomalyId,
  }));
  await tx.query(
    `INSERT INTO rejected_line (partner, reference, content, outcome, reason, flow, batch, line, anomaly)
     SELECT $2, reference, content, outcome, reason, $3, $4, line, anomaly
       FROM json_to_recordset($1) AS n(reference text, content text, outcome text, reason text, line int, anomaly uuid)`,
    [JSON.stringify(rows), partner, flow, batch],
  );
}
