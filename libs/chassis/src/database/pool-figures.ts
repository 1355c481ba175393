import type pg from 'pg';
import type { DataSource } from 'typeorm';
import type { ServiceMetrics } from '../metrics/service-metrics.js';

/** How much of the pool is in use: requests that wait for a connection are the first sign of a database that is too slow. */
export function exposePool(db: DataSource, metrics: ServiceMetrics): void {
  const { master: pool } = db.driver as unknown as { master: pg.Pool };
  const inState = (state: string, value: number) => ({ labels: { state }, value });
  metrics.gauge('isu_pool_connections', () => [inState('in-use', pool.totalCount - pool.idleCount), inState('idle', pool.idleCount)]);
  metrics.gauge('isu_pool_waiting', () => pool.waitingCount);
  metrics.gauge('isu_pool_size', () => pool.options.max);
}
