import type { BusinessClock } from '@isu/values';
import pg from 'pg';
import type { Bus, BusHealth, Lane, Subscription, TopicSpec, WireFact } from './bus.js';
import { RefusedByBus } from './bus.js';
import { EmbeddedLog } from './embedded-log.js';
import { calm, ReaderGroup, type Turbulence } from './embedded-reader.js';
import { noFailpoints, type Failpoints } from './failpoints.js';
import { RightOfWay } from './right-of-way.js';
import { Leadership } from './leadership.js';
import type { Logger } from './observation.js';
import { faultFields } from './trouble.js';
import { Wakeup } from './wakeup.js';

export interface EmbeddedBusSettings {
  /** Straight to PostgreSQL, in the bus's own schema. */
  connection: pg.PoolConfig;
  clock: BusinessClock;
  log: Logger;
  failpoints?: Failpoints;
  /** Tests make the bus delay, repeat and interleave; see there. */
  turbulence?: Turbulence;
  pollMs?: number;
  /** Facts handed to a lane at once. */
  runLength?: number;
  /** Lanes of one consumer that work at the same time. */
  lanesAtOnce?: number;
}

/** As a broker is set up: a fact above this is refused for good. */
const maxMessageBytes = 1024 * 1024;
const purgeEveryMs = 3_600_000;
const retentionDays = 35;

/** Another process has this bus open. */
export class BusAlreadyOpen extends Error {}

/**
 * The bus of the embedded mode: a log in PostgreSQL with Kafka's shape and Kafka's strictness. Facts cross as bytes, never in the
 * transaction of a writer, a relay or a lane; a cursor moves after its lane has committed, so a crash in between delivers again.
 */
export class EmbeddedBus implements Bus {
  readonly way = new RightOfWay();
  private readonly groups = new Map<string, ReaderGroup>();
  private readonly listeners = new Set<(fact: WireFact) => void>();
  private readonly wakeup = new Wakeup();
  private readonly watching: Promise<void>;
  private closing = false;
  private lastPurgeAt = performance.now();

  private constructor(
    private readonly settings: Required<EmbeddedBusSettings>,
    private readonly log: EmbeddedLog,
    private leadership: Leadership | null,
  ) {
    this.watching = this.watch();
  }

  /** Rejects with `BusAlreadyOpen` when another process has it. */
  static async open(settings: EmbeddedBusSettings): Promise<EmbeddedBus> {
    const all = { failpoints: noFailpoints, turbulence: calm, pollMs: 500, runLength: 200, lanesAtOnce: 12, ...settings };
    const leadership = await Leadership.tryTake(settings.connection, 'embedded bus');
    if (!leadership) throw new BusAlreadyOpen('The embedded bus serves one process, and another has it open.');
    return new EmbeddedBus(all, new EmbeddedLog(settings.connection), leadership);
  }

  async ensureTopics(topics: readonly TopicSpec[]): Promise<void> {
    await this.log.ensureTopics(topics);
  }

  async publish(batch: readonly WireFact[]): Promise<void> {
    if (batch.length === 0) return;
    if (!this.leadership?.isHeld) throw new Error('The embedded bus has lost its connection and tries to have it back.');
    const tooLarge = batch.find(({ bytes }) => bytes.length > maxMessageBytes);
    if (tooLarge) throw new RefusedByBus(`A fact of ${tooLarge.bytes.length} bytes is over the limit of the bus.`);
    const lanes = await this.way.pass(() => this.log.append(batch, this.settings.clock.now()));
    for (const group of this.groups.values()) group.wake(lanes);
    for (const hear of this.listeners) batch.forEach(hear);
  }

  /** Subscriptions of one consumer share its partitions, as a consumer group does. */
  async subscribe(to: { consumer: string; topics: readonly string[] }, lane: Lane): Promise<Subscription> {
    const { consumer, topics } = to;
    const lanes = await this.log.openCursors(consumer, topics);
    const group =
      this.groups.get(consumer) ??
      new ReaderGroup(consumer, { ...this.settings, store: this.log, way: this.way, isConnected: () => this.isConnected });
    this.groups.set(consumer, group);
    return group.join(lane, lanes);
  }

  /** One process has this bus: whoever listens is told as soon as the facts are durable. */
  async listen(topics: readonly string[], hear: (fact: WireFact) => void): Promise<Subscription> {
    const listener = (fact: WireFact) => (topics.includes(fact.topic) ? hear(fact) : undefined);
    this.listeners.add(listener);
    return { stop: async () => void this.listeners.delete(listener) };
  }

  health(): BusHealth {
    const groups = [...this.groups.values()];
    return {
      connected: this.isConnected,
      pausedLanes: groups.flatMap((group) => group.pausedLanes),
      lastProgressAt: groups.reduce<Date | null>((last, { lastProgressAt: at }) => (at && (!last || at > last) ? at : last), null),
      lag: Object.fromEntries(groups.map((group) => [group.consumer, group.lag])),
      lagByTopic: Object.fromEntries(groups.map((group) => [group.consumer, group.lagByTopic])),
    };
  }

  async close(): Promise<void> {
    this.closing = true;
    this.wakeup.nudge();
    await Promise.all([...this.groups.values()].map((group) => group.stop()));
    await this.watching;
    await this.log.close();
    await this.leadership?.resign();
  }

  private get isConnected(): boolean {
    return !this.closing && (this.leadership?.isHeld ?? false);
  }

  /** The poll behind the in-process wake-up: it also sees what a cursor moved by hand, or a lost connection, has changed. */
  private async watch(): Promise<void> {
    while (!this.closing) {
      await this.wakeup.wait(this.settings.pollMs);
      if (this.closing) return;
      try {
        if (!this.leadership?.isHeld) this.leadership = await Leadership.tryTake(this.settings.connection, 'embedded bus');
        if (this.isConnected) await this.look();
      } catch (fault) {
        this.settings.log.warn(faultFields(fault), 'The embedded bus cannot reach its database');
      }
    }
  }

  private async look(): Promise<void> {
    const behind = await this.log.lagging();
    for (const group of this.groups.values()) group.behind(behind.filter(({ consumer }) => consumer === group.consumer));
    if (performance.now() - this.lastPurgeAt < purgeEveryMs) return;
    this.lastPurgeAt = performance.now();
    await this.log.purge(new Date(this.settings.clock.now().getTime() - retentionDays * 86_400_000));
  }
}
