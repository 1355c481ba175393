import { setTimeout as pause } from 'node:timers/promises';
import type { SystemClient, Asker } from '@isu/isu';
import type { FlowStanding } from '@isu/urssaf-sync';
import type { Day } from '@isu/values';

const operator: Asker = { role: 'operator', purpose: 'Peuplement de la démonstration' };
const sync = '/api/urssaf-sync/v1';

/** The jobs of the evening before the demonstration's day, which nobody was there to owe: what was decided is told to the partner. */
export async function tellPartnerOf(evening: Day, client: SystemClient): Promise<void> {
  await client.post(`${sync}/jobs/partner-exchange-out/runs`, { as: operator, json: { date: evening.iso } });
}

/** The night that follows: once the partner's books of that evening are here, both proofs are made, so that the desk has something to show. */
export async function compareBooksOf(evening: Day, client: SystemClient, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && !(await hasBooksOf(evening, client))) await pause(1_000, undefined, { signal }).catch(() => undefined);
  if (signal.aborted) return;
  for (const job of ['inside-reconciliation', 'outside-reconciliation'])
    await client.post(`${sync}/jobs/${job}/runs`, { as: operator, json: { date: evening.iso } });
}

async function hasBooksOf(evening: Day, client: SystemClient): Promise<boolean> {
  const { body } = await client.get<FlowStanding>(`${sync}/flows/urssaf/balances`, operator);
  return (body.completedThrough ?? '') >= evening.iso;
}
