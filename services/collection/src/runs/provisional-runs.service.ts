import { asLeader, heldByNobody, type Held } from '@isu/chassis';
import type { BusinessClock } from '@isu/values';
import type { DataSource } from 'typeorm';
import { firstDayOfRun } from '../accounts/account.js';
import { lockNextAccounts } from '../accounts/account.table.js';
import { refuse } from '../refusals.js';
import type { SchedulesService } from '../schedules/schedules.service.js';
import { beginRun, saveRun, type Run } from './run.table.js';

interface Parts {
  readonly db: DataSource;
  readonly clock: BusinessClock;
  readonly schedules: SchedulesService;
  readonly accountsAtATime?: number;
}

export class ProvisionalRunsService {
  constructor(private readonly parts: Parts) {}

  /**
   * Calls the provisional contributions of a year on every account: on the last known income, or flat for those who begin. In small
   * transactions, each with how far it has come: killed, it goes on from there; run again, it finds nothing more to call.
   */
  async run(year: number, correlation: string, held: Held = heldByNobody): Promise<Run> {
    const { db, clock } = this.parts;
    const { year: current } = clock.today();
    if (year !== current && year !== current + 1) throw refuse('run-year-out-of-reach', { from: current, to: current + 1 });
    const done = await asLeader(db, 'collection:provisional-run', async () => {
      let run = await beginRun(db, year, clock.now());
      while (run.endedAt === null) run = await this.step(run, correlation, held);
      return run;
    });
    if (!done) throw refuse('run-under-way');
    return done;
  }

  private async step(run: Run, correlation: string, held: Held): Promise<Run> {
    const { db, clock, schedules, accountsAtATime = 200 } = this.parts;
    return db.transaction(async (tx) => {
      await held(tx);
      const accounts = await lockNextAccounts(tx, { after: run.doneThrough, limit: accountsAtATime });
      const calls = accounts.map((account) => ({
        ...{ account, cause: null, correlation, years: [run.year], civilYear: run.year },
        from: firstDayOfRun(account, clock.today()),
      }));
      const called = [...(await schedules.call(tx, calls)).values()].filter(
        ({ assessments, schedules: issued }) => assessments.length + issued.length > 0,
      );
      const last = accounts.at(-1);
      const after: Run = {
        ...run,
        seen: run.seen + accounts.length,
        called: run.called + called.length,
        doneThrough: last?.account ?? run.doneThrough,
        endedAt: last ? null : clock.now(),
      };
      await saveRun(tx, after);
      return after;
    });
  }
}
