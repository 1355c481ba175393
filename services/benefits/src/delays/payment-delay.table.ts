import type { EntityManager } from 'typeorm';
import { stepsMs, type DelayDistribution, type PaymentDelay } from './payment-delay.js';

type Reading = Pick<EntityManager, 'query'>;

/** Each payment counts once, whatever is delivered again. Answers the delays of those that are new. */
export async function insertDelays(tx: EntityManager, delays: readonly PaymentDelay[], knownAt: Date): Promise<number[]> {
  const rows = await tx.query<{ delayMs: string }[]>(
    `INSERT INTO payment_delay (report, delay_ms, known_at)
     SELECT report, "delayMs", $2 FROM json_to_recordset($1) AS d(report uuid, "delayMs" bigint) ORDER BY report
     ON CONFLICT DO NOTHING RETURNING delay_ms AS "delayMs"`,
    [JSON.stringify(delays), knownAt],
  );
  return rows.map(({ delayMs }) => Number(delayMs));
}

export async function distributionSince(db: Reading, since: Date, hours: number): Promise<DelayDistribution> {
  const [row] = await db.query<{ payments: number; shares: (number | null)[] | null; longest: number | null; steps: number[] }[]>(
    `SELECT count(*)::int AS payments, max(delay_ms)::float8 AS longest,
            percentile_disc(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY delay_ms)::float8[] AS shares,
            ARRAY(SELECT (SELECT count(*)::int FROM payment_delay d WHERE d.known_at >= $1 AND d.delay_ms <= step) FROM unnest($2::bigint[]) AS step) AS steps
       FROM payment_delay WHERE known_at >= $1`,
    [since, stepsMs],
  );
  const [p50Ms = null, p95Ms = null, p99Ms = null] = row?.shares ?? [];
  const steps = stepsMs.map((atMostMs, at) => ({ atMostMs, payments: row?.steps[at] ?? 0 }));
  return { hours, payments: row?.payments ?? 0, p50Ms, p95Ms, p99Ms, longestMs: row?.longest ?? null, steps };
}

/** A bounded number at a time. */
export async function forgetDelays(db: Reading, knownBefore: Date): Promise<void> {
  await db.query('DELETE FROM payment_delay WHERE report IN (SELECT report FROM payment_delay WHERE known_at < $1 LIMIT 10000)', [
    knownBefore,
  ]);
}
