import type { BusinessClock } from '@isu/values';
import type { DeliveredFact, Lane, LaneProgress } from './bus.js';
import type { Failpoints } from './failpoints.js';
import { raiseAlarm, type Logger, type Metrics } from './observation.js';
import { faultFields } from './trouble.js';

/** What the client has fetched of one partition, and what may be done with it. Only these calls may throw. */
export interface FetchedLane {
  readonly topic: string;
  readonly partition: number;
  readonly facts: readonly DeliveredFact[];
  /** False once this member has been stopped or has lost the lane. */
  isCurrent(): boolean;
  /** Commits everything up to this fact, then goes on after it. */
  settle(last: DeliveredFact): Promise<void>;
  /** Tells the group that this member lives. */
  beat(): Promise<void>;
  /** Fetches no more of this lane until the answer is called. */
  pause(): () => void;
}

export interface KafkaLanesSettings {
  consumer: string;
  clock: BusinessClock;
  log: Logger;
  metrics?: Metrics;
  failpoints: Failpoints;
  runLength: number;
  /** How often the group is told that this member lives while a run goes on. */
  beatEveryMs: number;
}

/** No statement takes half as long; whoever is still at it is not coming back. */
const longestRunMs = 60_000;
/** A lane that broke its word and threw waits this long. */
const afterThrowMs = 1_000;

interface Standing {
  /** Monotonic milliseconds of the last fact settled, or of the moment the lane came to us. */
  movedAt: number;
  resume: { timer: NodeJS.Timeout; now: () => void } | null;
}

/** The lanes that one member holds: hands their facts over run by run, and makes those wait that ask for time. */
export class KafkaLanes {
  lastProgressAt: Date | null = null;
  private held = new Map<string, Standing>();
  private readonly working = new Set<Promise<void>>();
  private readonly abort = new AbortController();

  constructor(
    private readonly lane: Lane,
    private readonly settings: KafkaLanesSettings,
  ) {}

  get names(): readonly string[] {
    return [...this.held.keys()];
  }

  get isWorking(): boolean {
    return this.working.size > 0;
  }

  get paused(): string[] {
    return [...this.held].filter(([, { resume }]) => resume).map(([name]) => name);
  }

  /** The lanes of this member that do not wait for their own sake and have not moved for so long. */
  still(forMs: number): string[] {
    const since = performance.now() - forMs;
    return [...this.held].filter(([, { resume, movedAt }]) => !resume && movedAt < since).map(([name]) => name);
  }

  /** Counts the time of every lane from now on. */
  forgive(): void {
    for (const standing of this.held.values()) standing.movedAt = performance.now();
  }

  /** The group has given these lanes to this member. */
  hold(names: readonly string[]): void {
    const movedAt = performance.now();
    for (const [name, standing] of this.held) if (!names.includes(name)) this.wake(standing);
    this.held = new Map(names.map((name) => [name, this.held.get(name) ?? { movedAt, resume: null }]));
  }

  /** Settles what was fetched of one lane. Throws only what the client threw: a lane that throws would stop all the others. */
  take(fetched: FetchedLane): Promise<void> {
    const work = this.settleRuns(fetched);
    const ended = work.then(
      () => undefined,
      () => undefined,
    );
    this.working.add(ended);
    void ended.then(() => this.working.delete(ended));
    return work;
  }

  /** From now on nothing new is begun, and lanes that wait are let go. */
  close(): void {
    this.abort.abort();
    this.hold([]);
  }

  /** Resolves when the runs in hand have ended. */
  async idle(): Promise<void> {
    await Promise.all(this.working);
  }

  private async settleRuns(fetched: FetchedLane): Promise<void> {
    const { facts } = fetched;
    for (let next = 0; next < facts.length && fetched.isCurrent() && !this.abort.signal.aborted;) {
      const run = facts.slice(next, next + this.settings.runLength);
      const { done, retryInMs } = await this.alive(fetched, this.handOver(run));
      next += done;
      const last = done > 0 ? facts[next - 1] : undefined;
      if (last) await this.settled(fetched, last);
      if (retryInMs !== undefined) return this.pause(fetched, retryInMs);
      // What was not done is fetched again: this lane only, and in order.
      if (!last) return;
      await fetched.beat();
    }
  }

  /**
   * A busy machine may make a run longer than the session. Without a sign of life the lane would go to another member, who takes as long:
   * under load the group would only be rebalancing. What a beat meets is met again when the run is settled. A run that never ends is
   * given up by the group all the same, a session after the beats have stopped.
   */
  private async alive<T>(fetched: FetchedLane, run: Promise<T>): Promise<T> {
    const until = performance.now() + longestRunMs;
    const beating = setInterval(() => {
      if (performance.now() > until || this.abort.signal.aborted) clearInterval(beating);
      else void fetched.beat().catch(() => undefined);
    }, this.settings.beatEveryMs).unref();
    try {
      return await run;
    } finally {
      clearInterval(beating);
    }
  }

  private async settled(fetched: FetchedLane, last: DeliveredFact): Promise<void> {
    await this.settings.failpoints.reach('committed-before-offset');
    this.lastProgressAt = this.settings.clock.now();
    const standing = this.held.get(nameOf(fetched));
    if (standing) standing.movedAt = performance.now();
    await fetched.settle(last);
  }

  private async handOver(facts: readonly DeliveredFact[]): Promise<LaneProgress> {
    try {
      return await this.lane(facts, this.abort.signal);
    } catch (fault) {
      raiseAlarm(this.settings, 'lane-broken', {
        fields: { consumer: this.settings.consumer, ...faultFields(fault) },
        message: 'A lane threw; it is tried again',
      });
      return { done: 0, retryInMs: afterThrowMs };
    }
  }

  private pause(fetched: FetchedLane, ms: number): void {
    const standing = this.held.get(nameOf(fetched));
    if (!standing || this.abort.signal.aborted) return;
    const resume = fetched.pause();
    const now = () => {
      standing.resume = null;
      standing.movedAt = performance.now();
      resume();
    };
    standing.resume = { timer: setTimeout(now, ms), now };
  }

  private wake({ resume }: Standing): void {
    if (!resume) return;
    clearTimeout(resume.timer);
    resume.now();
  }
}

export const nameOf = ({ topic, partition }: { topic: string; partition: number }): string => `${topic}/${partition}`;
