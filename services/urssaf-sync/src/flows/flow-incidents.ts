import { flowStream, isFact, type Fact } from '@isu/contracts';
import type { EntityManager } from 'typeorm';
import type { FlowKey } from './flow.table.js';

export const incidentKinds = ['refused', 'conflict', 'late'] as const;

/** What went amiss on a flow: a file refused whole, or other than what stands under the same name; a day without the batch or the receipt that was due. */
export interface FlowIncident {
  readonly at: string;
  readonly kind: (typeof incidentKinds)[number];
  /** Number of the batch, reference of the line, or the day that was awaited; null when nothing readable says it. */
  readonly subject: string | null;
  readonly reasons: readonly string[];
}

const types = [
  ...['urssaf-sync.batch-refused.v1', 'urssaf-sync.conflict-recorded.v1', 'urssaf-sync.conflict-recorded.v2'],
  ...['urssaf-sync.flow-late.v1', 'urssaf-sync.acknowledgement-late.v1'],
];

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
  if (isFact(fact, 'urssaf-sync.flow-late.v1'))
    return { at: fact.time, kind: 'late', subject: fact.data.awaitedThrough, reasons: ['batch-awaited'] };
  if (isFact(fact, 'urssaf-sync.acknowledgement-late.v1')) {
    const { from, to } = fact.data;
    return {
      at: fact.time,
      kind: 'late',
      subject: from === to ? String(from) : `${String(from)}-${String(to)}`,
      reasons: ['receipt-awaited'],
    };
  }
  if (!isFact(fact, 'urssaf-sync.conflict-recorded.v1') && !isFact(fact, 'urssaf-sync.conflict-recorded.v2')) return null;
  const { subject, reason } = fact.data;
  return { at: fact.time, kind: 'conflict', subject, reasons: reason === undefined ? [] : [reason] };
}
