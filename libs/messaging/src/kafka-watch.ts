import { lagByTopic, type BusHealth } from './bus.js';
import { lagOf, type LaneOffsets } from './kafka-lag.js';
import type { KafkaBusSettings, KafkaPace } from './kafka-settings.js';
import type { KafkaSubscription } from './kafka-subscription.js';
import { raiseAlarm } from './observation.js';
import { faultFields } from './trouble.js';
import { Wakeup } from './wakeup.js';

/** Asks the broker where the lanes of a consumer stand, by `topic/partition`. */
export type AskOffsets = (to: KafkaSubscription['to']) => Promise<ReadonlyMap<string, LaneOffsets>>;

/** The broker has to answer at least once in so many looks to count as reached. */
const looksWithoutAnswer = 3;

/**
 * Looks after the subscriptions of one process. What the client says of itself is not believed: a consumer may be connected,
 * send its heartbeats and not move. Only the broker's own offsets tell.
 */
export class KafkaWatch {
  private readonly subscriptions = new Set<KafkaSubscription>();
  private readonly lags = new Map<KafkaSubscription, ReadonlyMap<string, number>>();
  private readonly wakeup = new Wakeup();
  private readonly watching: Promise<void>;
  private answeredAt = performance.now();
  private failed = false;
  private closing = false;

  constructor(
    private readonly settings: Pick<KafkaBusSettings, 'log' | 'metrics'>,
    private readonly pace: KafkaPace,
    private readonly ask: AskOffsets,
  ) {
    this.watching = this.watch();
  }

  async add(subscription: KafkaSubscription): Promise<void> {
    this.subscriptions.add(subscription);
    await this.look(subscription).catch((fault: unknown) => this.cannotReach(fault));
  }

  remove(subscription: KafkaSubscription): void {
    this.subscriptions.delete(subscription);
    this.lags.delete(subscription);
  }

  /** The broker did not do what it was asked for; until it answers a look, it counts as away. */
  cannotReach(fault: unknown): void {
    if (!this.failed && !this.closing) this.settings.log.warn(faultFields(fault), 'The bus cannot reach its brokers');
    this.failed = true;
  }

  health(): BusHealth {
    const all = [...this.subscriptions];
    const lanesOf = new Map<string, (readonly [string, number])[]>(all.map(({ to }) => [to.consumer, []]));
    for (const [{ to, lanes }, lags] of this.lags)
      lanesOf.get(to.consumer)?.push(...lanes.names.map((name) => [name, lags.get(name) ?? 0] as const));
    const behind = [...lanesOf];
    return {
      connected: this.isReached && all.every(({ isMember }) => isMember),
      pausedLanes: all.flatMap(({ to, lanes }) => lanes.paused.map((name) => `${to.consumer} ${name}`)),
      lastProgressAt: all.reduce<Date | null>((last, { lanes: { lastProgressAt: at } }) => (at && (!last || at > last) ? at : last), null),
      lag: Object.fromEntries(behind.map(([consumer, lanes]) => [consumer, lanes.reduce((sum, [, lag]) => sum + lag, 0)])),
      lagByTopic: Object.fromEntries(behind.map(([consumer, lanes]) => [consumer, lagByTopic(lanes)])),
    };
  }

  async close(): Promise<void> {
    this.closing = true;
    this.wakeup.nudge();
    await Promise.all([...this.subscriptions].map((subscription) => subscription.stop()));
    await this.watching;
  }

  private get isReached(): boolean {
    return (
      !this.closing &&
      !this.failed &&
      performance.now() - this.answeredAt < looksWithoutAnswer * this.pace.lookEveryMs + this.pace.requestTimeoutMs
    );
  }

  private async watch(): Promise<void> {
    while (!this.closing) {
      await this.wakeup.wait(this.pace.lookEveryMs);
      if (this.closing) return;
      try {
        for (const subscription of this.subscriptions) await this.look(subscription);
        this.answered();
      } catch (fault) {
        this.cannotReach(fault);
      }
    }
  }

  private answered(): void {
    if (this.failed) this.settings.log.info({}, 'The bus reaches its brokers again');
    this.failed = false;
    this.answeredAt = performance.now();
  }

  private async look(subscription: KafkaSubscription): Promise<void> {
    const offsets = await this.ask(subscription.to);
    if (!this.subscriptions.has(subscription)) return;
    const lags = new Map([...offsets].map(([name, lane]) => [name, lagOf(lane)]));
    this.lags.set(subscription, lags);
    this.unstick(subscription, lags);
  }

  /** A lane that neither works nor waits, with facts before it: the client has forgotten it. It is told once, and the client replaced. */
  private unstick(subscription: KafkaSubscription, lags: ReadonlyMap<string, number>): void {
    const { to, lanes } = subscription;
    const still = lanes.still(this.pace.stuckAfterMs).filter((name) => (lags.get(name) ?? 0) > 0);
    if (still.length === 0 || !subscription.isMember) return;
    raiseAlarm(this.settings, 'lane-stuck', {
      fields: { consumer: to.consumer, lanes: still.join(' '), working: lanes.isWorking },
      message: 'A lane has facts before it and does not move',
    });
    lanes.forgive();
    if (!lanes.isWorking) void subscription.renew(new Error('A lane does not move.'));
  }
}
