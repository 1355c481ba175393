import { flowStream, isFact, type Fact } from '@isu/contracts';
import type { EntityManager } from 'typeorm';
import type { FlowKey } from './flow.table.js';

/** Something that a partner sent and that changed nothing: refused whole, or other than what stands under the same name. */
export interface FlowIncident {
  readonly at: string;
  readonly kind: 'refused' | 'conflict';
  /** Number of the batch or reference of the line; null when nothing readable says it. */
  readonly subject: string | null;
  readonly reasons: readonly string[];
}

const types = ['urssaf-sync.batch-refused.v1', 'urssaf-sync.conflict-recorded.v1', 'urssaf-sync.conflict-recorded.v2'];

/** The last first, from the facts of the flow. */
export async function lastIncidents(tx: Pick<EntityManager, 'query'>, { partner, flow }: FlowKey, limit: number): Promise<FlowIncident[]> {
  const rows = (await tx.query(
    `SELECT envelope FROM fact WHERE author = 'urssaf-sync' AND stream = $1 AND type = ANY($2) ORDER BY seq DESC LIMIT $3`,
    [flowStream(partner, flow), types, limit],
  )) as { envelope: Fact }[];
  return rows.flatMap(({ envelope }) => incidentOf(envelope) ?? []);
}

function incidentOf(fact: Fact): FlowIncident | null {
  if (isFact(fact, 'urssaf-sync.batch-refused.v1')) {
    const { number, reasons } = fact.data;
    return { at: fact.time, kind: 'refused', subject: number === undefined ? null : String(number), reasons };
  }
  if (!isFact(fact, 'urssaf-sync.conflict-recorded.v1') && !isFact(fact, 'urssaf-sync.conflict-recorded.v2')) return null;
  const { subject, reason } = fact.data;
  return { at: fact.time, kind: 'conflict', subject, reasons: reason === undefined ? [] : [reason] };
}
