import { Body, Controller, Get, HttpCode, Inject, Param, Put, Query } from '@nestjs/common';
import { Allowed, Answers, CurrentAccess, refuse, ValueOf, valueOf, wire, type Access } from '@isu/chassis';
import { means, paymentReferenceOf, periodicities, type Periodicity } from '@isu/contracts';
import { AccountNumber, Day } from '@isu/values';
import { IsIn, IsOptional } from 'class-validator';
import { DataSource } from 'typeorm';
import { findOpenAccount } from '../accounts/account.table.js';
import { yearInAddress } from '../year-in-address.js';
import { PeriodicityService } from './periodicity.service.js';
import { asked, paid, remains, type DebtLine, type Instalment, type Schedule } from './schedule.js';
import { instalmentsInForce, schedulesInForce } from './schedule.table.js';

class PeriodicityRequest {
  @IsIn(periodicities) periodicity!: Periodicity;
}

class InstalmentsQuery {
  /** First due date; default: the first there is. */
  @IsOptional() @ValueOf(Day) from?: Day;
  /** Last due date; default: the last there is. */
  @IsOptional() @ValueOf(Day) to?: Day;
}

const instalment = wire.record<ReturnType<typeof shownInstalment>>({
  id: { ...wire.text, examples: ['2016-05', '2016-Q2', '2016-R1'] },
  dueOn: wire.day,
  means: wire.choice(means),
  reference: { ...wire.text, description: 'Référence ISO 11649 (RF…) à rappeler en payant.' },
  amount: wire.euros,
  paid: wire.euros,
  remaining: wire.euros,
  lines: wire.listOf(
    wire.record<DebtLine & { remaining: unknown }>({
      year: wire.year,
      code: wire.text,
      amount: wire.euros,
      paid: wire.euros,
      remaining: wire.euros,
    }),
  ),
});
const schedule = wire.record<ReturnType<typeof shownSchedule>>({
  year: wire.year,
  version: wire.count,
  periodicity: wire.choice(periodicities),
  fact: wire.uuid,
  instalments: wire.listOf(instalment),
});

@Controller('accounts')
export class SchedulesController {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(PeriodicityService) private readonly periodicity: PeriodicityService,
  ) {}

  /** The calendar in force of a civil year. */
  @Get(':account/schedules/:year')
  @Answers('L’échéancier en vigueur.', schedule)
  @Allowed('schedules.read', { account: 'param:account' })
  async read(@Param('account', valueOf(AccountNumber)) account: AccountNumber, @Param('year', yearInAddress) year: number) {
    const number = account.toString();
    const schedule = (await schedulesInForce(this.db, [number])).get(number)?.get(year);
    if (!schedule) throw refuse('not-found');
    const instalments = (await instalmentsInForce(this.db, [number])).get(number) ?? [];
    return shownSchedule(
      schedule,
      instalments.filter((instalment) => instalment.schedule === year),
    );
  }

  /** Due dates between two days, of whatever civil year, each with the reference to quote when paying it. */
  @Get(':account/instalments')
  @Answers('Les échéances de la période.', wire.record<{ instalments: unknown }>({ instalments: wire.listOf(instalment) }))
  @Allowed('schedules.read', { account: 'param:account' })
  async instalments(@Param('account', valueOf(AccountNumber)) account: AccountNumber, @Query() { from, to }: InstalmentsQuery) {
    const { account: number } = await findOpenAccount(this.db, account);
    const instalments = (await instalmentsInForce(this.db, [number])).get(number) ?? [];
    const between = instalments.filter(({ dueOn }) => (!from || dueOn.atLeast(from)) && (!to || dueOn.atMost(to)));
    return { instalments: between.map((instalment) => shownInstalment(number, instalment)) };
  }

  /** Changes how often and on which day contributions are paid; what remains of the year is cut again, its total stays. */
  @Put(':account/periodicity')
  @Answers('C’est fait : l’échéancier est réémis.')
  @HttpCode(204)
  @Allowed('schedules.choose-periodicity', { account: 'param:account' })
  async choosePeriodicity(
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() { periodicity }: PeriodicityRequest,
    @CurrentAccess() { correlation }: Access,
  ): Promise<void> {
    await this.db.transaction((tx) => this.periodicity.choose(tx, account.toString(), { periodicity, correlation }));
  }
}

const shownInstalment = (account: string, instalment: Instalment) => ({
  id: instalment.id,
  dueOn: instalment.dueOn,
  means: instalment.means,
  reference: paymentReferenceOf({ account, instalment: instalment.id }),
  amount: asked(instalment),
  paid: paid(instalment),
  remaining: asked(instalment).minus(paid(instalment)),
  lines: instalment.lines.map((line) => ({ ...line, remaining: remains(line) })),
});

const shownSchedule = ({ account, ...schedule }: Schedule, instalments: readonly Instalment[]) => ({
  ...schedule,
  instalments: instalments.map((instalment) => shownInstalment(account, instalment)),
});
