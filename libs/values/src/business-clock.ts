import type { Day } from './day.js';

/**
 * The only source of time. `today` is the business day, which `ISU_TODAY` moves: effects and due dates. `now` is the wall clock: tokens,
 * leases, rate limits. `recordedAt` is the business day with the wall time of day (ISO 8601, UTC, milliseconds): when we learned a fact.
 */
export interface BusinessClock {
  today(): Day;
  now(): Date;
  recordedAt(): string;
}
