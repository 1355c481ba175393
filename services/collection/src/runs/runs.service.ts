import { asLeader, heldByNobody, type Held } from '@isu/chassis';
import { clockOf, type BusinessClock } from '@isu/values';
import type { DataSource } from 'typeorm';
import { lockNextAccounts } from '../accounts/account.table.js';
import { refuse } from '../refusals.js';
import type { AccountWork } from './account-work.js';
import { beginRun, findRun, saveRun, type Run, type RunKind } from './run.table.js';

interface Parts {
  readonly db: DataSource;
  readonly clock: BusinessClock;
  readonly works: Readonly<Record<RunKind, AccountWork>>;
  readonly accountsAtATime?: number;
}

export class RunsService {
  constructor(private readonly parts: Parts) {}

  /**
   * Does a year's work on every account. In small transactions, each with how far it has come: killed, it goes on from there; run again,
   * it finds nothing more to do.
   */
  async run(kind: RunKind, year: number, correlation: string, held: Held = heldByNobody): Promise<Run> {
    const { db, clock, works } = this.parts;
    const { from, to } = works[kind].years(clock.today().year);
    if (year < from || year > to) throw refuse('run-year-out-of-reach', { from, to });
    const idle = await this.nothingToDo(kind, year);
    if (idle) return idle;
    const done = await asLeader(db, `collection:${kind}-run`, async () => {
      let run = await beginRun(db, { kind, year, at: clock.now() });
      while (run.endedAt === null) run = await this.step(run, correlation, held);
      return run;
    });
    if (!done) throw refuse('run-under-way');
    return done;
  }

  /** A run that chooses its accounts and has none today: nobody takes the lead for it, and what it did the last time stays as it was told. */
  private async nothingToDo(kind: RunKind, year: number): Promise<Run | null> {
    const { db, works } = this.parts;
    const { next } = works[kind];
    const known = next && (await findRun(db.manager, kind, year));
    if (!next || known?.endedAt == null) return null;
    const found = await db.transaction((tx) => next(tx, { after: '', limit: 1 }, year));
    return found.length === 0 ? { ...known, seen: 0, called: 0 } : null;
  }

  private async step(run: Run, correlation: string, held: Held): Promise<Run> {
    const { db, clock, works, accountsAtATime = 200 } = this.parts;
    return db.transaction(async (tx) => {
      await held(tx);
      const work = works[run.kind];
      const from = { after: run.doneThrough, limit: accountsAtATime };
      const accounts = await (work.next?.(tx, from, run.year) ?? lockNextAccounts(tx, from));
      const changed = await work.doOn(tx, accounts, { year: run.year, correlation });
      const last = accounts.at(-1);
      const after: Run = {
        ...run,
        seen: run.seen + accounts.length,
        called: run.called + changed,
        doneThrough: last?.account ?? run.doneThrough,
        endedAt: last ? null : clockOf(tx, clock).now(),
      };
      await saveRun(tx, after);
      return after;
    });
  }
}
