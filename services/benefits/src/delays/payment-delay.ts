import type { Fact } from '@isu/contracts';

/** The time from a partner's line accepted to the rights that the payment changes, on the clocks of the two machines. */
export interface PaymentDelay {
  /** The fact by which the payment was reported. */
  readonly report: string;
  readonly delayMs: number;
}

/** How long the payments of a stretch of time took. */
export interface DelayDistribution {
  readonly hours: number;
  readonly payments: number;
  /** Milliseconds, half of the payments took at most the first, and so on; null without a payment. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  readonly longestMs: number | null;
  readonly steps: readonly DelayStep[];
}

export interface DelayStep {
  readonly atMostMs: number;
  /** As many took at most this long. */
  readonly payments: number;
}

/** Where the distribution is told: from what nobody notices to what N4 is there to make impossible. */
export const stepsMs = [250, 500, 1_000, 2_000, 5_000, 10_000, 60_000, 3_600_000, 86_400_000] as const;

/**
 * When the report was written: a fact's id begins with the wall instant at which its author wrote it (UUID version 7). Its `time` would
 * be of the business calendar, which a demonstration moves.
 */
export function writtenAtMs(id: string): number | null {
  return id[14] === '7' ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : null;
}

/** The delay of each payment, now that it is known here. A clock that is ahead of ours makes it nothing, not less. */
export function delaysOf(posted: readonly Fact<'collection.payment-posted.v1'>[], nowMs: number): PaymentDelay[] {
  return posted.flatMap(({ data: { reportedFact } }) => {
    const reportedAtMs = reportedFact ? writtenAtMs(reportedFact) : null;
    return reportedFact && reportedAtMs !== null ? [{ report: reportedFact, delayMs: Math.max(0, nowMs - reportedAtMs) }] : [];
  });
}
