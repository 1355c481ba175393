import { draft, flowStream, type FactDraft } from '@isu/contracts';
import type { EntityManager } from 'typeorm';
import { completedFrom, saveFlow, type FlowState } from './flow.table.js';

/**
 * Whatever came or was settled last may make the flow complete further than it was: keeps how far, and gives the fact that says it. The flow is
 * locked by whoever asks.
 */
export async function completeFurther(
  tx: EntityManager,
  flow: FlowState,
  said: { readonly effectiveOn: string; readonly correlation: string },
): Promise<FactDraft[]> {
  const completed = await completedFrom(tx, flow);
  const through = laterOf(flow.completedThrough, completed?.date ?? null);
  await saveFlow(tx, { ...flow, completedNumber: completed?.number ?? flow.completedNumber, completedThrough: through });
  if (!completed || !through) return [];
  const stream = flowStream(flow.partner, flow.flow);
  return [draft({ ...said, stream, type: 'urssaf-sync.completed-through.v1', data: { date: through, number: completed.number } })];
}

/** A flow that was complete through a day is not said to be less complete later. */
const laterOf = (before: string | null, now: string | null): string | null => ((before ?? '') > (now ?? '') ? before : now);
