import type { Bus, BusHealth, DeliveredFact, Lane, RightOfWay, Subscription, TopicSpec, WireFact } from '@isu/messaging';
import type { BusinessClock } from '@isu/values';

/**
 * The bus as one service sees it, remembering when this service's own consumer last moved. A consumer that is connected but
 * not moving looks healthy from outside; here it does not.
 */
export class WatchedBus implements Bus {
  private movedAt = 0;
  private behindSince: number | undefined;
  private subscribed = false;

  constructor(
    private readonly bus: Bus,
    private readonly consumer: string,
    private readonly clock: BusinessClock,
  ) {}

  get way(): RightOfWay | undefined {
    return this.bus.way;
  }

  ensureTopics(topics: readonly TopicSpec[]): Promise<void> {
    return this.bus.ensureTopics(topics);
  }

  publish(batch: readonly WireFact[]): Promise<void> {
    return this.bus.publish(batch);
  }

  async subscribe(to: { consumer: string; topics: readonly string[] }, lane: Lane): Promise<Subscription> {
    const watched: Lane = async (facts: readonly DeliveredFact[], signal) => {
      const progress = await lane(facts, signal);
      if (progress.done > 0) this.movedAt = this.wall();
      return progress;
    };
    const subscription = await this.bus.subscribe(to, watched);
    this.subscribed = true;
    return {
      stop: async () => {
        this.subscribed = false;
        await subscription.stop();
      },
    };
  }

  listen(topics: readonly string[], hear: (fact: WireFact) => void): Promise<Subscription> {
    return this.bus.listen(topics, hear);
  }

  health(): BusHealth {
    return this.bus.health();
  }

  /** The bus belongs to the process and serves others too: closing it is not ours. */
  close(): Promise<void> {
    return Promise.resolve();
  }

  get lagByTopic(): Readonly<Record<string, number>> {
    return this.bus.health().lagByTopic[this.consumer] ?? {};
  }

  get lag(): number {
    return this.bus.health().lag[this.consumer] ?? 0;
  }

  /** What is wrong with the consumer, if anything: away, stopped, or facts waiting for longer than it may take. */
  trouble(stalledAfterMs: number): string | undefined {
    if (!this.bus.health().connected) return 'bus not connected';
    if (!this.subscribed) return 'consumer stopped';
    const now = this.wall();
    // A clock that was set back makes no promise to move later than now.
    this.movedAt = Math.min(this.movedAt, now);
    this.behindSince = this.lag === 0 ? undefined : Math.min(this.behindSince ?? now, now);
    if (this.behindSince === undefined) return undefined;
    return now - Math.max(this.behindSince, this.movedAt) >= stalledAfterMs ? 'consumer not moving' : undefined;
  }

  private wall(): number {
    return this.clock.now().getTime();
  }
}
