/** How a consumer spends its time; tests make the waits short, nothing else differs. */
export interface ConsumerPace {
  /** Facts of a lane taken in one transaction, and of several lanes that come at the same moment. */
  factsPerRun: number;
  /** Transactions of one consumer side by side, when there is enough to fill them. */
  runsAtOnce: number;
  /** A lane that waits to share a transaction waits no longer than this. */
  gatherAtMostMs: number;
  /** Pauses between the tries of one transaction when the database is in trouble: within two seconds in all. */
  troubleDelaysMs: readonly number[];
  /** A lane whose database is away comes back after these, doubling. */
  laneBackOffMs: { first: number; last: number };
  /** Pauses between the tries of a fact set aside; the last one repeats. */
  retryDelaysMs: readonly number[];
  /** A handler that failed as often is not tried again by itself. A gap as old raises an alarm and goes on being asked for. */
  triesBeforeAlarm: number;
  /** How often the retry worker looks when nobody nudges it. */
  retryPollMs: number;
}

export const usualConsumerPace: ConsumerPace = {
  factsPerRun: 200,
  runsAtOnce: 4,
  gatherAtMostMs: 250,
  troubleDelaysMs: [250, 1_000],
  laneBackOffMs: { first: 1_000, last: 30_000 },
  retryDelaysMs: [1_000, 4_000, 16_000, 64_000, 256_000, 900_000],
  triesBeforeAlarm: 8,
  retryPollMs: 1_000,
};

export const retryDelayMs = ({ retryDelaysMs }: ConsumerPace, attempts: number): number =>
  retryDelaysMs[Math.min(attempts, retryDelaysMs.length) - 1] ?? 0;
