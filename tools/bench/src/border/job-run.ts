import { setTimeout as pause } from 'node:timers/promises';
import type { Asker, SystemClient } from '@isu/isu';

export const operator: Asker = { role: 'operator' };
const giveUpAfterMs = 300_000;

/** Milliseconds from the run asked for to its end. */
export async function timeOfRun(client: SystemClient, job: 'inside-reconciliation' | 'outside-reconciliation'): Promise<number> {
  const runs = `/api/urssaf-sync/v1/jobs/${job}/runs`;
  const start = performance.now();
  const { body } = await client.post<{ id: string }>(runs, { as: operator, json: { date: '2016-05-19' } });
  for (;;) {
    const { body: run } = await client.get<{ state: string; error: string | null }>(`${runs}/${body.id}`, operator);
    if (run.state === 'done') return performance.now() - start;
    if (run.error !== null || performance.now() - start > giveUpAfterMs)
      throw new Error(`The comparison did not end: ${String(run.error)}`);
    await pause(100);
  }
}
