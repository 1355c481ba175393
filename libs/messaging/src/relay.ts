import { topicOf, type Author } from '@isu/contracts';
import type { BusinessClock } from '@isu/values';
import type pg from 'pg';
import type { DataSource } from 'typeorm';
import { partitionCount, RefusedByBus, type Bus } from './bus.js';
import { noFailpoints, type Failpoints } from './failpoints.js';
import { Leadership } from './leadership.js';
import { noMetrics, raiseAlarm, type Logger, type Metrics } from './observation.js';
import { markSent, outboxBacklog, purgeSent, takeUnsent, type UnsentFact } from './outbox.js';
import { underSendSpans } from './traces.js';
import { faultFields } from './trouble.js';
import { Wakeup } from './wakeup.js';

export interface RelayPace {
  rows: number;
  bytes: number;
  /** How often it looks when nobody nudges it: for what other processes write, where there are any. */
  pollMs: number;
  backOffMs: { first: number; last: number };
  /** How long a sent row is kept for whoever looks at it. */
  keepSentMs: number;
}

const usualPace: RelayPace = {
  rows: 500,
  bytes: 512 * 1024,
  pollMs: 200,
  backOffMs: { first: 200, last: 30_000 },
  keepSentMs: 3_600_000,
};

const purgeEveryMs = 60_000;

export interface RelaySettings {
  author: Author;
  bus: Bus;
  /** For the health question only; the work is done on the relay's own connection. */
  db: DataSource;
  /** Straight to PostgreSQL, in the service's schema; not through a pooler that lends connections per transaction. */
  connection: pg.ClientConfig;
  clock: BusinessClock;
  log: Logger;
  metrics?: Metrics;
  failpoints?: Failpoints;
  pace?: Partial<RelayPace>;
}

export interface RelayHealth {
  /** This process is the one that sends; another instance may be. */
  readonly leading: boolean;
  /** The bus refuses the oldest fact for itself; nothing goes out until someone looks. */
  readonly blocked: boolean;
  readonly unsent: number;
  readonly oldestUnsentAgeMs: number | null;
  readonly lastSentAt: Date | null;
}

/**
 * Carries this service's unsent facts to the bus, in order. One relay of a service works at a time. Sending and marking are
 * never one transaction: a crash in between sends twice, and readers drop what they know.
 */
export class Relay {
  protected readonly settings: Required<Pick<RelaySettings, 'metrics' | 'failpoints'>> & RelaySettings;
  private readonly pace: RelayPace;
  private readonly wakeup = new Wakeup();
  private running: Promise<void> | null = null;
  private stopping = false;
  private leadership: Leadership | null = null;
  private blocked = false;
  private lastSentAt: Date | null = null;
  private lastPurgeAt = 0;
  private failures = 0;

  constructor(settings: RelaySettings) {
    this.settings = { ...settings, metrics: settings.metrics ?? noMetrics, failpoints: settings.failpoints ?? noFailpoints };
    // On a bus that serves one process nobody else writes: whoever commits facts nudges, and the poll is a backstop.
    this.pace = { ...usualPace, ...(settings.bus.way && { pollMs: 1_000 }), ...settings.pace };
  }

  start(): void {
    this.running ??= this.run();
  }

  /** There may be something to send. */
  nudge(): void {
    this.wakeup.nudge();
  }

  /** Finishes the batch in hand, marks it, and hands over to whoever waits. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wakeup.nudge();
    await this.running;
  }

  async health(): Promise<RelayHealth> {
    const { unsent, oldestAt } = await outboxBacklog(this.settings.db);
    return {
      leading: this.leadership?.isHeld ?? false,
      blocked: this.blocked,
      unsent,
      oldestUnsentAgeMs: oldestAt && this.settings.clock.now().getTime() - oldestAt.getTime(),
      lastSentAt: this.lastSentAt,
    };
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      try {
        const leadership = await this.lead();
        if (leadership) await this.sendAll(leadership);
        else await this.wakeup.wait(this.pace.pollMs);
      } catch (fault) {
        await this.backOff(fault);
      }
    }
    await this.leadership?.resign();
  }

  private async lead(): Promise<Leadership | null> {
    if (this.leadership?.isHeld) return this.leadership;
    this.leadership = await Leadership.tryTake(this.settings.connection, 'relay', { onLost: () => this.wakeup.nudge() });
    if (this.leadership) this.settings.log.info({ author: this.settings.author }, 'This process relays the facts of its service');
    return this.leadership;
  }

  /** Sends until nothing is left, then sleeps until there may be more. */
  private async sendAll(leadership: Leadership): Promise<void> {
    // An author speaks before it has a single reader, whose consumer would have made the topic.
    await this.settings.bus.ensureTopics([{ topic: topicOf(this.settings.author), partitions: partitionCount }]);
    while (!this.stopping && leadership.isHeld) {
      if (await this.sendBatch(leadership)) continue;
      await this.purge(leadership);
      await this.wakeup.wait(this.pace.pollMs);
    }
  }

  protected take({ connection }: Leadership): Promise<UnsentFact[]> {
    return takeUnsent(connection, { author: this.settings.author, rows: this.pace.rows, bytes: this.pace.bytes });
  }

  /** True when there may be more: a batch that was not filled has seen the end, and whoever commits facts after it nudges. */
  protected async sendBatch(leadership: Leadership): Promise<boolean> {
    const { author, bus, clock, failpoints, metrics } = this.settings;
    const facts = await this.take(leadership);
    if (facts.length === 0) return false;
    await failpoints.reach('committed-before-relay');
    const startedAt = performance.now();
    await underSendSpans(author, facts, (headersOf) =>
      bus.publish(facts.map((fact) => ({ topic: fact.topic, key: fact.stream, bytes: Buffer.from(fact.wire), headers: headersOf(fact) }))),
    );
    await failpoints.reach('published-before-marking');
    await markSent(
      leadership.connection,
      facts.map(({ id }) => id),
      clock.now(),
    );
    metrics.observe('isu_outbox_batch_seconds', (performance.now() - startedAt) / 1_000, { author });
    metrics.count('isu_outbox_sent_total', facts.length, { author });
    this.lastSentAt = clock.now();
    this.failures = 0;
    this.blocked = false;
    const found = facts[0]?.found ?? 0;
    return found > facts.length || found >= this.pace.rows;
  }

  private async purge({ connection }: Leadership): Promise<void> {
    if (performance.now() - this.lastPurgeAt < purgeEveryMs) return;
    this.lastPurgeAt = performance.now();
    await purgeSent(connection, new Date(this.settings.clock.now().getTime() - this.pace.keepSentMs));
  }

  /** Starts again from the first unsent row. A fact that the bus refuses for itself would be refused again: only rarely, and loudly. */
  private async backOff(fault: unknown): Promise<void> {
    const { author, log, metrics } = this.settings;
    const { first, last } = this.pace.backOffMs;
    metrics.count('isu_outbox_failures_total', 1, { author });
    this.blocked = fault instanceof RefusedByBus;
    this.failures += 1;
    if (this.blocked)
      raiseAlarm({ log, metrics }, 'relay-blocked', { fields: { author }, message: 'The bus refuses a fact for itself; nothing is sent' });
    else {
      // Its connection may be the trouble: a new one, and a new lock, before the next try.
      await this.leadership?.resign();
      log.warn({ author, failures: this.failures, ...faultFields(fault) }, 'The relay could not send; it starts again');
    }
    const delayMs = this.blocked ? last : Math.min(last, first * 2 ** (this.failures - 1));
    const until = performance.now() + delayMs;
    // A nudge says that there is more to send, not that the trouble is over; only stopping cuts the wait short.
    while (!this.stopping && performance.now() < until) await this.wakeup.wait(until - performance.now());
  }
}
