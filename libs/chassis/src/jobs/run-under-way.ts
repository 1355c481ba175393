import { together } from '@isu/messaging';
import { Day, type BusinessClock } from '@isu/values';
import type { DataSource, EntityManager } from 'typeorm';
import type { Logger } from '../logs/logger.js';
import { Refusal } from '../problems/refusal.js';
import { HoldLost, type Advance, type Figures, type Job, type JobTurn } from './job.js';
import { advance, endRun, giveBack, renew, settleThrough, stands, tryAgainLater, type Hold } from './job-hold.table.js';
import type { ReadyRun } from './job-run.table.js';

export type RunOutcome = 'done' | 'refused' | 'failed' | 'interrupted';

interface RunParts {
  readonly job: Job;
  readonly run: ReadyRun;
  readonly hold: Hold;
  readonly db: DataSource;
  readonly clock: BusinessClock;
  readonly log: Logger;
  readonly leaseMs: number;
  readonly renewEveryMs: number;
  /** The service stops. */
  readonly stopping: AbortSignal;
}

const longestRestMs = 15 * 60_000;

/** One date's work, from the hold that this process was given to its outcome. */
export class RunUnderWay {
  private readonly lost = new AbortController();

  constructor(private readonly parts: RunParts) {}

  async carryOut(): Promise<RunOutcome> {
    const { job, run, log } = this.parts;
    const renewing = setInterval(() => void this.renew(), this.parts.renewEveryMs).unref();
    const stop = () => this.lost.abort(new HoldLost('stopping'));
    this.parts.stopping.addEventListener('abort', stop);
    try {
      if (this.parts.stopping.aborted) stop();
      const figures = await job.run(this.turn());
      await this.end({ figures });
      log.info({ job: job.name, businessDay: run.date, correlation: run.id }, 'a job has done a date');
      return 'done';
    } catch (fault) {
      return await this.broken(fault);
    } finally {
      clearInterval(renewing);
      this.parts.stopping.removeEventListener('abort', stop);
    }
  }

  private turn(): JobTurn {
    const { run, db, hold, leaseMs } = this.parts;
    return {
      date: Day.of(run.date),
      correlation: run.id,
      checkpoint: run.checkpoint,
      signal: this.lost.signal,
      held: (tx) => this.mustHold(tx),
      step: <A extends Advance>(work: (tx: EntityManager) => Promise<A>) =>
        db.transaction(async (tx) => {
          await this.mustHold(tx);
          const after = await work(tx);
          await advance(tx, hold, after, leaseMs);
          return after;
        }),
    };
  }

  private async mustHold(tx: EntityManager): Promise<void> {
    this.lost.signal.throwIfAborted();
    if (!(await stands(tx, this.parts.hold))) throw new HoldLost('lease-over');
  }

  /** A renewal that fails for the database's sake decides nothing: the lease goes on for its time. */
  private async renew(): Promise<void> {
    const { db, hold, leaseMs } = this.parts;
    const isOurs = await renew(db.manager, hold, leaseMs).catch(() => true);
    if (!isOurs && !this.lost.signal.aborted) this.lost.abort(new HoldLost('lease-over'));
  }

  private async end(outcome: { figures?: Figures; refusal?: string }): Promise<void> {
    const { db, clock, hold, run, job } = this.parts;
    await db.transaction(async (tx) => {
      if (!(await stands(tx, hold))) throw new HoldLost('lease-over');
      // In this order, and in one word to the database.
      await together(
        endRun(tx, hold, { at: clock.now(), ...outcome }),
        ...(run.origin === 'calendar' ? [settleThrough(tx, job.name, Day.of(run.date))] : []),
        giveBack(tx, hold),
      );
    });
  }

  private async broken(fault: unknown): Promise<RunOutcome> {
    const { job, run, log } = this.parts;
    const told = { job: job.name, businessDay: run.date, correlation: run.id, attempts: run.attempts + 1 };
    try {
      if (fault instanceof HoldLost || this.lost.signal.aborted) {
        log.warn(told, 'a run was interrupted; it is gone on with later');
        await this.giveBack();
        return 'interrupted';
      }
      // What the law or the trade refuses, it refuses again; what is away now (503) may be back later.
      if (fault instanceof Refusal && fault.status < 500) {
        await this.end({ refusal: fault.detail });
        log.info({ ...told, code: fault.code }, 'a job was refused a date');
        return 'refused';
      }
      log.error({ ...told, error: fault }, 'a run failed; it is tried again by itself');
      await this.giveBack({ error: wordsOf(fault), afterMs: Math.min(1_000 * 2 ** run.attempts, longestRestMs) });
      return 'failed';
    } catch (error) {
      // The database is away, or the hold is lost after all: the lease runs out by itself.
      log.warn({ ...told, error }, 'the end of a run could not be written');
      return 'interrupted';
    }
  }

  private async giveBack(retry?: { error: string; afterMs: number }): Promise<void> {
    const { db, hold } = this.parts;
    await db.transaction(async (tx) => {
      if (!(await stands(tx, hold))) return;
      if (retry) await tryAgainLater(tx, hold, retry);
      await giveBack(tx, hold);
    });
  }
}

/** A refusal in its words for people; of a fault, its kind alone: what it says may be about a person, and stands in the log. */
function wordsOf(fault: unknown): string {
  if (fault instanceof Refusal) return fault.detail;
  const kind = fault instanceof Error ? fault.name : typeof fault;
  return `Un défaut de notre côté (${kind}) : voir le journal technique de ce traitement.`;
}
