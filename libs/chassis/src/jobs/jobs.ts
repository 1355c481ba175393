import { together } from '@isu/messaging';
import type { BusinessClock } from '@isu/values';
import { Day } from '@isu/values';
import type { DataSource, EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { Logger } from '../logs/logger.js';
import { lastDate, nextDate } from './calendar.js';
import type { Job } from './job.js';
import { lockFreeJob, settleThrough, take } from './job-hold.table.js';
import {
  askRun,
  findJobs,
  findReadyRun,
  findStandings,
  hasCalendarRunOpen,
  hasOutcome,
  makeKnown,
  type JobRun,
  type JobStanding,
  type ReadyRun,
} from './job-run.table.js';
import { RunUnderWay, type RunOutcome } from './run-under-way.js';

export interface JobsSettings {
  readonly db: DataSource;
  readonly clock: BusinessClock;
  readonly log: Logger;
  readonly jobs: readonly Job[];
  /** How long a process that has died, or sleeps, keeps others waiting. */
  readonly leaseMs?: number;
  /** How often a lease is made new beside the steps of the work; a frozen process does not. */
  readonly renewEveryMs?: number;
  readonly onEnd?: (job: string, outcome: RunOutcome, seconds: number) => void;
}

/** A job as lists show it. */
export interface ShownJob {
  readonly name: string;
  readonly title: string;
  readonly calendar: string;
  /** The first date of the calendar without an outcome; null for what is done on demand alone. */
  readonly nextOn: string | null;
  /** Days since the oldest date that could have been done and has no outcome; 0 when none is owed. */
  readonly daysBehind: number;
  readonly last: JobRun | null;
}

/**
 * The work that a service owes for dates. PostgreSQL decides who does it: every instance looks, one takes the hold, for one date of the job
 * at a time, the earliest first (the last, where its work takes in the others); whoever dies or sleeps loses it, and another goes on from where it stood.
 */
export class Jobs {
  private readonly byName: ReadonlyMap<string, Job>;
  private looking: Promise<ReadonlyMap<string, JobStanding>> | null = null;

  constructor(private readonly settings: JobsSettings) {
    this.byName = new Map(settings.jobs.map((job) => [job.name, job]));
    if (this.byName.size < settings.jobs.length) throw new Error('Two jobs of this service have one name.');
  }

  get names(): readonly string[] {
    return [...this.byName.keys()];
  }

  has(name: string): boolean {
    return this.byName.has(name);
  }

  /** Before anything else is asked: from which day on each job is owed. */
  async makeKnown(): Promise<void> {
    const { db, clock } = this.settings;
    if (this.byName.size > 0) await makeKnown(db.manager, this.names, clock.today());
  }

  async list(): Promise<ShownJob[]> {
    const known = await findJobs(this.settings.db.manager);
    const today = this.settings.clock.today();
    return [...this.byName.values()].map((job) => {
      const { settledThrough = today, last = null } = known.get(job.name) ?? {};
      const next = nextDate(job.calendar, settledThrough);
      const isOwed = next !== undefined && next.atMost(this.latestDateOf(job));
      return {
        ...{ name: job.name, title: job.title, calendar: job.calendar.label },
        nextOn: next?.iso ?? null,
        daysBehind: isOwed ? next.daysUntil(today) : 0,
        last,
      };
    });
  }

  /** Asks for a date by hand, in the caller's transaction. A date that is waiting already is tried at once. */
  async ask(tx: Pick<EntityManager, 'query'>, job: string, date: Day, askedBy: string): Promise<string> {
    return askRun(tx, { id: v7(), job, date, origin: 'by-hand', askedBy, at: this.settings.clock.now() });
  }

  /** Does the next date of a job, if one is owed and nobody else is at it. True when there may be more at once. */
  async runNext(name: string, signal: AbortSignal = new AbortController().signal): Promise<boolean> {
    const { db, clock, log, leaseMs = 30_000, renewEveryMs = leaseMs / 3, onEnd } = this.settings;
    const job = this.byName.get(name);
    if (!job || !(await this.mayHaveWork(job))) return false;
    const taken = await this.take(job, leaseMs);
    if (!taken) return false;
    const underWay = new RunUnderWay({ ...taken, job, db, clock, log, leaseMs, renewEveryMs, stopping: signal });
    const startedAt = performance.now();
    const outcome = await underWay.carryOut();
    onEnd?.(name, outcome, (performance.now() - startedAt) / 1000);
    return outcome === 'done' || outcome === 'refused';
  }

  /** A look that locks nothing: most of the time there is nothing to do. */
  private async mayHaveWork(job: Job): Promise<boolean> {
    const standing = (await this.look()).get(job.name);
    if (!standing) return false;
    return standing.isReady || nextDate(job.calendar, standing.settledThrough, this.latestDateOf(job)) !== undefined;
  }

  /** One question for all jobs that are looked at in this moment; none that begins later is answered by it. */
  private look(): Promise<ReadonlyMap<string, JobStanding>> {
    this.looking ??= new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      this.looking = null;
      return findStandings(this.settings.db.manager);
    });
    return this.looking;
  }

  private async take(job: Job, leaseMs: number) {
    return this.settings.db.transaction(async (tx) => {
      // Asked side by side, answered in this order: what stands under the lock is seen by those that follow it.
      const [settled, ready, isOpen] = await together(
        lockFreeJob(tx, job.name),
        findReadyRun(tx, job.name),
        hasCalendarRunOpen(tx, job.name),
      );
      if (!settled) return undefined;
      const run = ready ?? (isOpen ? undefined : await this.beginNext(tx, job, settled));
      return run && { run, hold: await take(tx, job.name, run.id, leaseMs) };
    });
  }

  /** The first date of the calendar that has no outcome yet, or the last where it takes in the others. What was done by hand is not done again. */
  private async beginNext(tx: EntityManager, job: Job, settled: Day): Promise<ReadyRun | undefined> {
    let date = this.nextOwed(job, settled);
    while (date && (await hasOutcome(tx, job.name, date))) {
      await settleThrough(tx, job.name, date);
      date = this.nextOwed(job, date);
    }
    if (!date) return undefined;
    const at = this.settings.clock.now();
    const asked = { id: v7(), job: job.name, date, origin: 'calendar', askedBy: null, at } as const;
    const [, run] = await together(askRun(tx, asked), findReadyRun(tx, job.name));
    return run;
  }

  private nextOwed(job: Job, after: Day): Day | undefined {
    const through = this.latestDateOf(job);
    return job.takesInEarlier ? lastDate(job.calendar, { after, through }) : nextDate(job.calendar, after, through);
  }

  private latestDateOf({ onceOver = false }: Job): Day {
    const today = this.settings.clock.today();
    return onceOver ? today.minusDays(1) : today;
  }
}
