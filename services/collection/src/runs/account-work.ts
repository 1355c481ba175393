import { pricedYears } from '@isu/calc';
import { Refusal } from '@isu/chassis';
import { clockOf, type BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { lockNextOfMicro, type WalkFrom } from '../accounts/account.table.js';
import { firstDayOfChange, firstDayOfRun, type Account } from '../accounts/account.js';
import type { ExOfficioService } from '../ex-officio/ex-officio.service.js';
import type { Call, SchedulesService } from '../schedules/schedules.service.js';
import { lastDueDate, type MissingTurnoversService } from '../turnovers/missing-turnovers.service.js';
import type { RunKind } from './run.table.js';

export interface WorkOfYear {
  readonly year: number;
  readonly correlation: string;
}

/** What a run does of some locked accounts, in sets; done again, it finds nothing more to do. */
export interface AccountWork {
  /** The years that may be asked for today. */
  years(currentYear: number): { readonly from: number; readonly to: number };
  /** The next accounts that it concerns, locked; absent, every account is looked at. */
  next?(tx: EntityManager, from: WalkFrom, year: number): Promise<Account[]>;
  /** On how many of them something changed. */
  doOn(tx: EntityManager, accounts: readonly Account[], asked: WorkOfYear): Promise<number>;
}

interface Parts {
  readonly clock: BusinessClock;
  readonly schedules: SchedulesService;
  readonly exOfficio: ExOfficioService;
  readonly missing: MissingTurnoversService;
}

/** Each yearly run by its name. */
export function accountWorks({ clock, schedules, exOfficio, missing }: Parts): Readonly<Record<RunKind, AccountWork>> {
  const call = async (tx: EntityManager, calls: readonly Call[]): Promise<number> =>
    [...(await schedules.call(tx, calls)).values()].filter((called) => called.assessments.length + called.schedules.length > 0).length;
  return {
    // The provisional contributions of a year: on the last known income, or flat for those who begin.
    provisional: {
      years: (current) => ({ from: current, to: current + 1 }),
      doOn: (tx, accounts, { year, correlation }) =>
        call(
          tx,
          accounts.map((account) => ({
            ...{ account, cause: null, correlation, years: [year], civilYear: year },
            from: firstDayOfRun(account, clockOf(tx, clock).today()),
          })),
        ),
    },
    // What declarations have left to do: the year before settled, this one adjusted on it. Nothing, unless the law itself has changed since.
    regularisation: {
      years: (current) => ({ from: current - 1, to: current - 1 }),
      doOn: (tx, accounts, { year, correlation }) =>
        call(
          tx,
          accounts.map((account) => ({
            ...{ account, cause: null, correlation, years: [year, year + 1], civilYear: year + 1 },
            from: firstDayOfChange(account, clockOf(tx, clock).today()),
          })),
        ),
    },
    // Who has not declared the income of the year before once the deadline has passed.
    'ex-officio': {
      years: (current) => ({ from: current - 1, to: current - 1 }),
      doOn: async (tx, accounts, asked) => {
        const answers = await exOfficio.taxAll(tx, accounts, asked);
        return answers.filter((answer) => !(answer instanceof Refusal) && answer.called !== null).length;
      },
    },
    // Who has a turnover to declare in the next fifteen days.
    'turnover-reminders': {
      years: (current) => ({ from: current - 1, to: current }),
      next: (tx, from, year) => missing.toRemind(tx, from, year),
      doOn: (tx, accounts, asked) => missing.remind(tx, accounts, asked),
    },
    // Once the last due date of a year has passed, in the place of what was not declared.
    'missing-turnovers': {
      years: (current) => ({
        from: Math.max(current - 2, pricedYears[0] ?? current),
        to: clock.today().isAfter(lastDueDate(current - 1)) ? current - 1 : current - 2,
      }),
      next: (tx, from) => lockNextOfMicro(tx, from),
      doOn: (tx, accounts, asked) => missing.replace(tx, accounts, asked),
    },
  };
}
