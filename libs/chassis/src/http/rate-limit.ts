import type { BusinessClock } from '@isu/values';
import { tooManyRequests } from '../problems/standard-refusals.js';

interface Allowance {
  /** How many may come at once. */
  readonly burst: number;
  readonly perMinute: number;
  readonly clock: BusinessClock;
}

interface Bucket {
  tokens: number;
  at: number;
}

const mostBuckets = 100_000;

/** A token bucket per asker, for doors that can be tried (logins, links, searches by NIR). In memory: each instance counts its own. */
export class RateLimit {
  private readonly buckets = new Map<string, Bucket>();

  constructor(private readonly allowance: Allowance) {}

  /** Takes one token of the asker, or refuses with 429 and `Retry-After`. The wall clock counts, never the business day. */
  take(asker: string): void {
    const { burst, perMinute, clock } = this.allowance;
    const now = clock.now().getTime();
    const bucket = this.buckets.get(asker) ?? { tokens: burst, at: now };
    bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) * perMinute) / 60_000);
    bucket.at = now;
    this.remember(asker, bucket);
    if (bucket.tokens < 1) throw tooManyRequests(((1 - bucket.tokens) * 60) / perMinute);
    bucket.tokens -= 1;
  }

  /** Last used is last in the map, so that the first of a full map is the one which nobody misses. */
  private remember(asker: string, bucket: Bucket): void {
    this.buckets.delete(asker);
    this.buckets.set(asker, bucket);
    if (this.buckets.size <= mostBuckets) return;
    const [oldest] = this.buckets.keys();
    if (oldest !== undefined) this.buckets.delete(oldest);
  }
}
