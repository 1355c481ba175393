import type { BusinessClock } from '@isu/values';
import { Day } from '@isu/values';
import type { DataSource, EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { Logger } from '../logs/logger.js';
import { nextDate } from './calendar.js';
import type { Job } from './job.js';
import { lockFreeJob, settleThrough, take } from './job-hold.table.js';
import { askRun, findJobs, findReadyRun, hasCalendarRunOpen, hasOutcome, makeKnown, type JobRun, type ReadyRun } from './job-run.table.js';
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
 * at a time and the earliest first; whoever dies or sleeps loses it, and another goes on from where it stood.
 */
export class Jobs {
  private readonly byName: ReadonlyMap<string, Job>;

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
    const { db } = this.settings;
    if (await findReadyRun(db.manager, job.name)) return true;
    const [row] = (await db.query('SELECT settled_through::text AS day FROM job WHERE name = $1', [job.name])) as { day: string }[];
    return row !== undefined && nextDate(job.calendar, Day.of(row.day), this.latestDateOf(job)) !== undefined;
  }

  private async take(job: Job, leaseMs: number) {
    return this.settings.db.transaction(async (tx) => {
      const settled = await lockFreeJob(tx, job.name);
      if (!settled) return undefined;
      const run = (await findReadyRun(tx, job.name)) ?? (await this.beginNext(tx, job, settled));
      return run && { run, hold: await take(tx, job.name, run.id, leaseMs) };
    });
  }

  /** The first date of the calendar that has no outcome yet. What was done by hand is not done again. */
  private async beginNext(tx: EntityManager, job: Job, settled: Day): Promise<ReadyRun | undefined> {
    if (await hasCalendarRunOpen(tx, job.name)) return undefined;
    let date = nextDate(job.calendar, settled, this.latestDateOf(job));
    while (date && (await hasOutcome(tx, job.name, date))) {
      await settleThrough(tx, job.name, date);
      date = nextDate(job.calendar, date, this.latestDateOf(job));
    }
    if (!date) return undefined;
    const at = this.settings.clock.now();
    await askRun(tx, { id: v7(), job: job.name, date, origin: 'calendar', askedBy: null, at });
    return findReadyRun(tx, job.name);
  }

  private latestDateOf({ onceOver = false }: Job): Day {
    const today = this.settings.clock.today();
    return onceOver ? today.minusDays(1) : today;
  }
}
