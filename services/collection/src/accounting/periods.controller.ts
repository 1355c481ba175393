import { Controller, Get, Inject, Param } from '@nestjs/common';
import { Allowed, Answers, valueOf, wire } from '@isu/chassis';
import { balances } from '@isu/ledger';
import { AccountNumber, Day } from '@isu/values';
import { DataSource, type EntityManager } from 'typeorm';
import { findOpenAccount } from '../accounts/account.table.js';
import { periodsOf, type Period, type PeriodLine, type Periods, type PeriodSurcharges } from './period.js';

interface AccountPeriods {
  readonly account: string;
  /** The figures at the last closed accounting day, which is printed with them (F17); null before the first close. */
  readonly closed: (Periods & { readonly accountingDay: Day }) | null;
  /** The figures as they stand now. */
  readonly current: Periods;
}

const sums = { called: wire.euros, paid: wire.euros, remaining: wire.euros };
const line = wire.record<PeriodLine>({ code: wire.text, ...sums });
const periods = {
  periods: wire.listOf(
    wire.record<Period>({ year: wire.year, ...sums, lines: wire.listOf(line), surcharges: wire.record<PeriodSurcharges>(sums) }),
  ),
  credit: wire.euros,
  balance: { ...wire.euros, description: 'Positif : la personne doit.' },
};
const accountPeriods = wire.record<AccountPeriods>({
  account: wire.account,
  closed: wire.orNull(wire.record<NonNullable<AccountPeriods['closed']>>({ accountingDay: wire.day, ...periods })),
  current: wire.record<Periods>(periods),
});

@Controller('accounts')
export class PeriodsController {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /** Called, paid and remaining by contribution year and contribution, out of the ledger. */
  @Get(':account/periods')
  @Answers('Le détail par période.', accountPeriods)
  @Allowed('account-periods.read', { account: 'param:account' })
  async read(@Param('account', valueOf(AccountNumber)) account: AccountNumber): Promise<AccountPeriods> {
    const { account: number } = await findOpenAccount(this.db, account);
    // Both readings from one snapshot, so that they differ by what was booked since the close and by nothing else.
    return this.db.transaction('REPEATABLE READ', async (tx) => {
      const day = await lastClosedDay(tx);
      const closed = day && { accountingDay: day, ...periodsOf(await balances(tx, number, { through: day })) };
      return { account: number, closed, current: periodsOf(await balances(tx, number)) };
    });
  }
}

async function lastClosedDay(tx: EntityManager): Promise<Day | null> {
  const [row]: { day: string | null }[] = await tx.query('SELECT max(day)::text AS day FROM ledger_day');
  return row?.day ? Day.of(row.day) : null;
}
