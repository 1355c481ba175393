import { topicOf, type Author, type FactType } from '@isu/contracts';
import type { BusinessClock } from '@isu/values';
import type pg from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { CatchUp, usualCatchUpPace, type CatchUpPace } from './catch-up.js';
import { partitionCount, type Bus, type DeliveredFact, type Lane, type LaneProgress, type Subscription } from './bus.js';
import { arrivalOf, read, type ReadArrival } from './delivery.js';
import { noFailpoints, type Failpoints } from './failpoints.js';
import { Gathering, notBegun } from './gathering.js';
import { ForkFound, Inbox, type FactHandler, type LocksFirst } from './inbox.js';
import { noMetrics, raiseAlarm, type Logger, type Metrics } from './observation.js';
import { Parking } from './parking.js';
import type { Peers, StreamEnds } from './peers.js';
import { RetryWorker } from './retry-worker.js';
import { usualConsumerPace, type ConsumerPace } from './consumer-pace.js';
import { countAsides, type AsideCounts } from './set-aside.js';
import { causeText, faultFields, isPassingTrouble } from './trouble.js';
import { pause } from './wakeup.js';

export interface ConsumerSettings {
  /** The service's name. */
  name: string;
  /** Whose facts it hears: all authors but itself. */
  authors: readonly Author[];
  bus: Bus;
  db: DataSource;
  /** Straight to PostgreSQL, in the service's schema: the retry worker's own connection. */
  connection: pg.ClientConfig;
  /** The use case for a type; a type without one is kept and moves the cursor, nothing else. */
  handlerOf: (type: FactType) => FactHandler | undefined;
  locksFirst?: LocksFirst | undefined;
  peers: Peers;
  /** With it, the copy is compared with its authors now and then. */
  ends?: StreamEnds;
  clock: BusinessClock;
  log: Logger;
  metrics?: Metrics;
  failpoints?: Failpoints;
  pace?: Partial<ConsumerPace & CatchUpPace>;
}

export interface ConsumerHealth {
  readonly consumer: string;
  readonly running: boolean;
  /** Wall clock of the last run that was settled. */
  readonly lastProgressAt: Date | null;
  /** Lanes that wait for their database, with how often they have tried. */
  readonly waitingLanes: Readonly<Record<string, number>>;
  readonly setAside: AsideCounts;
  /** By author: streams heard of and facts taken in. */
  readonly progress: readonly { author: string; streams: number; facts: number }[];
}

/** Takes what the bus brings into one service: each fact once, each stream in order, whatever comes twice, late or broken. */
export class Consumer {
  readonly parking: Parking;
  private readonly inbox: Inbox;
  private readonly retries: RetryWorker;
  private readonly catchUp: CatchUp | null;
  private readonly pace: ConsumerPace & CatchUpPace;
  private readonly waits = new Map<string, number>();
  private readonly together: Gathering<ReadArrival>;
  private subscription: Subscription | null = null;
  private lastProgressAt: Date | null = null;

  constructor(protected readonly settings: ConsumerSettings) {
    const { name: consumer, metrics = noMetrics, failpoints = noFailpoints } = settings;
    this.pace = { ...usualConsumerPace, ...usualCatchUpPace, ...settings.pace };
    this.inbox = new Inbox({ ...settings, consumer, metrics, failpoints });
    this.together = new Gathering((arrivals, signal) => this.settle(arrivals, signal), {
      itemsAtOnce: this.pace.factsPerRun,
      transactionsAtOnce: this.pace.runsAtOnce,
      patienceMs: this.pace.gatherAtMostMs,
      eachAloneAfter: (fault) => !isPassingTrouble(fault),
    });
    this.retries = new RetryWorker({ ...settings, consumer, metrics, inbox: this.inbox, pace: this.pace });
    this.catchUp = settings.ends
      ? new CatchUp({ ...settings, ends: settings.ends, consumer, metrics, inbox: this.inbox, pace: this.pace })
      : null;
    this.parking = new Parking({ ...settings, consumer, inbox: this.inbox, wake: () => this.retries.nudge() });
  }

  async start(): Promise<void> {
    const topics = this.settings.authors.map(topicOf);
    await this.settings.bus.ensureTopics(topics.map((topic) => ({ topic, partitions: partitionCount })));
    this.subscription = await this.settings.bus.subscribe({ consumer: this.settings.name, topics }, this.lane);
    this.retries.start();
    this.catchUp?.start();
  }

  /** Finishes the runs in hand; nothing of this consumer works afterwards. */
  async stop(): Promise<void> {
    await Promise.all([this.subscription?.stop(), this.retries.stop(), this.catchUp?.stop()]);
    this.subscription = null;
  }

  async health(): Promise<ConsumerHealth> {
    const { name, db } = this.settings;
    const progress = await db.query<ConsumerHealth['progress']>(
      `SELECT author, count(*)::int AS streams, sum(last_seq)::float8 AS facts FROM inbox_cursor WHERE consumer = $1 GROUP BY author ORDER BY author`,
      [name],
    );
    return {
      consumer: name,
      running: this.subscription !== null,
      lastProgressAt: this.lastProgressAt,
      waitingLanes: Object.fromEntries(this.waits),
      setAside: await countAsides(db, name),
      progress,
    };
  }

  private readonly lane: Lane = async (facts, signal) => {
    const run = facts.slice(0, this.pace.factsPerRun).map((fact) => read(arrivalOf(fact)));
    const startedAt = performance.now();
    const progress = await this.settleRun(run, facts[0], signal);
    const { name: consumer, metrics = noMetrics, clock } = this.settings;
    metrics.observe('isu_inbox_run_seconds', (performance.now() - startedAt) / 1_000, { consumer });
    if (progress.done > 0) this.lastProgressAt = clock.now();
    return progress;
  };

  private async settleRun(run: readonly ReadArrival[], first: DeliveredFact | undefined, signal: AbortSignal): Promise<LaneProgress> {
    try {
      if ((await this.together.join(run, signal)) === notBegun) return { done: 0 };
      return this.went(first, run.length);
    } catch (fault) {
      if (isPassingTrouble(fault)) return this.wait(first, 0, fault);
    }
    return this.settleOneByOne(run, first, signal);
  }

  /** A run failed for some fact's sake: taken one by one, only that fact and its stream are held up. */
  private async settleOneByOne(run: readonly ReadArrival[], first: DeliveredFact | undefined, signal: AbortSignal): Promise<LaneProgress> {
    for (const [done, arrival] of run.entries()) {
      if (signal.aborted) return { done };
      try {
        await this.settle([arrival], signal).catch((fault: unknown) => this.setAside(arrival, fault, signal));
      } catch (fault) {
        if (!isPassingTrouble(fault)) this.alarmBrokenLane(fault);
        return this.wait(first, done, fault);
      }
    }
    return this.went(first, run.length);
  }

  private async settle(run: readonly ReadArrival[], signal: AbortSignal): Promise<void> {
    const settled = await this.persist((tx) => this.inbox.settle(tx, run), signal);
    if (settled.wakesRetries) this.retries.nudge();
  }

  private async setAside(arrival: ReadArrival, fault: unknown, signal: AbortSignal): Promise<void> {
    if (isPassingTrouble(fault)) throw fault;
    const nextTryAt = new Date(this.settings.clock.now().getTime() + (this.pace.retryDelaysMs[0] ?? 0));
    const failure = { isFork: fault instanceof ForkFound, attempts: 1, nextTryAt, error: causeText(fault) };
    await this.persist((tx) => this.inbox.setAsideFailed(tx, arrival, failure), signal);
    this.settings.log.warn(
      { consumer: this.settings.name, origin: arrival.origin, correlation: arrival.fact?.correlation, ...faultFields(fault) },
      'A handler failed; the fact is tried again later',
    );
    this.retries.nudge();
  }

  /** In a transaction of its own, tried again within two seconds when only the road to the database failed. */
  private async persist<T>(work: (tx: EntityManager) => Promise<T>, signal: AbortSignal): Promise<T> {
    for (const delayMs of this.pace.troubleDelaysMs) {
      try {
        return await this.settings.db.transaction(work);
      } catch (fault) {
        if (!isPassingTrouble(fault) || signal.aborted) throw fault;
        await pause(delayMs, signal);
      }
    }
    return this.settings.db.transaction(work);
  }

  private went(first: DeliveredFact | undefined, done: number): LaneProgress {
    if (first) this.waits.delete(laneOf(first));
    return { done };
  }

  /** Nothing is set aside and nothing skipped: the lane comes back with the same facts, later each time. */
  private wait(first: DeliveredFact | undefined, done: number, fault: unknown): LaneProgress {
    const { name: consumer, log, metrics = noMetrics } = this.settings;
    const lane = first ? laneOf(first) : '';
    const waits = done > 0 ? 1 : (this.waits.get(lane) ?? 0) + 1;
    this.waits.set(lane, waits);
    metrics.count('isu_inbox_waits_total', 1, { consumer });
    const { first: firstMs, last } = this.pace.laneBackOffMs;
    const retryInMs = Math.min(last, firstMs * 2 ** (waits - 1));
    log.warn({ consumer, lane, waits, retryInMs, ...faultFields(fault) }, 'A lane waits: it cannot reach its database');
    return { done, retryInMs };
  }

  private alarmBrokenLane(fault: unknown): void {
    const { name: consumer } = this.settings;
    raiseAlarm(this.settings, 'lane-broken', {
      fields: { consumer, ...faultFields(fault) },
      message: 'A fact could neither be taken nor set aside',
    });
  }
}

const laneOf = ({ topic, partition }: DeliveredFact): string => `${topic}/${partition}`;
