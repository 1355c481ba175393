import type { AnomalyType, Fact, FactType } from '@isu/contracts';
import type { HeldFact } from '@isu/messaging';

/** A difference between the two organisations about an account, from its opening to what settled it. */
export interface AccountAnomaly {
  readonly id: string;
  readonly type: AnomalyType;
  readonly cause: string;
  readonly openedAt: string;
  readonly openedFact: string;
  /** Null while it is open. */
  readonly closedAt: string | null;
  readonly closedFact: string | null;
  readonly settledBy: string | null;
}

export const factsOfAnomalies = ['urssaf-sync.anomaly-opened.v1', 'urssaf-sync.anomaly-closed.v1'] as const satisfies readonly FactType[];

/** Latest opened first; of the openings, and of the closings, of one anomaly the first one said stands, as in the account's book. */
export function anomaliesOf(held: readonly HeldFact[]): AccountAnomaly[] {
  const closings = new Map<string, Fact<'urssaf-sync.anomaly-closed.v1'>>();
  const openings = new Map<string, Fact<'urssaf-sync.anomaly-opened.v1'>>();
  for (const { fact } of held) {
    if (isOfType(fact, 'urssaf-sync.anomaly-closed.v1') && !closings.has(fact.data.anomalyId)) closings.set(fact.data.anomalyId, fact);
    if (isOfType(fact, 'urssaf-sync.anomaly-opened.v1') && !openings.has(fact.data.anomalyId)) openings.set(fact.data.anomalyId, fact);
  }
  return [...openings.values()].reverse().map(({ id, time, data: { anomalyId, type, cause } }) => {
    const closing = closings.get(anomalyId);
    return {
      ...{ id: anomalyId, type, cause, openedAt: time, openedFact: id },
      ...{ closedAt: closing?.time ?? null, closedFact: closing?.id ?? null, settledBy: closing?.data.settledBy ?? null },
    };
  });
}

const isOfType = <T extends FactType>(fact: Fact, type: T): fact is Fact<T> => fact.type === type;
