import type { Page, Part } from './parts.js';

/** `GET payment-to-rights`, open to anybody: how long payments take to change rights (N4). Nothing about anybody. */
export type DelaysPage = Page<{ readonly delays: Part<{ readonly distributions: readonly DelayDistribution[] }> }>;

/** As benefits answers: of the payments of the last so many hours. */
export interface DelayDistribution {
  readonly hours: number;
  readonly payments: number;
  /** Half of the payments took at most the first, and so on; null without a payment. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  readonly longestMs: number | null;
  readonly steps: readonly { readonly atMostMs: number; readonly payments: number }[];
}
