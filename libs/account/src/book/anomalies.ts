import type { AnomalyType } from '@isu/contracts';
import type { TakenFacts } from '../taken-facts.js';

/** A typed difference between the two organisations; while it is open nobody may hold what is missing against the person (I5). */
export interface Anomaly {
  readonly id: string;
  readonly type: AnomalyType;
  readonly cause: string;
  readonly opened: string;
  readonly closed: { readonly fact: string; readonly settledBy: string } | null;
}

/** By seq of the opening; of the openings, and of the closings, of one anomaly the lowest seq stands. */
export function anomaliesOf(taken: TakenFacts): Anomaly[] {
  const closings = new Map<string, Anomaly['closed']>();
  for (const { id, data } of taken.ofType('urssaf-sync.anomaly-closed.v1')) {
    if (!closings.has(data.anomalyId)) closings.set(data.anomalyId, { fact: id, settledBy: data.settledBy });
  }
  const anomalies = new Map<string, Anomaly>();
  for (const { id, data } of taken.ofType('urssaf-sync.anomaly-opened.v1')) {
    const { anomalyId, type, cause } = data;
    if (!anomalies.has(anomalyId)) {
      anomalies.set(anomalyId, { id: anomalyId, type, cause, opened: id, closed: closings.get(anomalyId) ?? null });
    }
  }
  return [...anomalies.values()];
}
