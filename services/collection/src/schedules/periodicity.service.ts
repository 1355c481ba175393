import { refuse as standard } from '@isu/chassis';
import type { Periodicity } from '@isu/contracts';
import { clockOf, type BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { lockAccounts, saveAccounts } from '../accounts/account.table.js';
import { debtorsOf } from '../debits/debtor.table.js';
import { refuse } from '../refusals.js';
import { changePeriodicity } from './periodicity.js';
import type { SchedulesService } from './schedules.service.js';

export class PeriodicityService {
  constructor(
    private readonly schedules: SchedulesService,
    private readonly clock: BusinessClock,
  ) {}

  /** Cuts what remains of the year by another calendar; the total of the year does not move (F33). The one in force again: nothing happens. */
  async choose(
    tx: EntityManager,
    number: string,
    { periodicity, correlation }: { periodicity: Periodicity; correlation: string },
  ): Promise<void> {
    const account = (await lockAccounts(tx, [number])).get(number);
    const today = clockOf(tx, this.clock).today();
    if (!account) throw standard('not-found');
    if (account.periodicity === periodicity) return;
    const monthlyFrom = (await debtorsOf(tx, [number])).get(number)?.monthlyFrom;
    if (periodicity !== 'quarterly' && monthlyFrom?.isAfter(today)) throw refuse('monthly-after-failures', { from: monthlyFrom });

    const changed = changePeriodicity(account, periodicity, today);
    await saveAccounts(tx, [changed.account]);
    const trace = { cause: null, correlation, years: [], civilYear: today.year };
    await this.schedules.call(tx, [{ ...changed, ...trace, newCalendar: true }]);
  }
}
