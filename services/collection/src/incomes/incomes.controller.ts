import { Body, Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import { Allowed, Answers, Creates, Creations, CurrentAccess, ValueOf, valueOf, wire, type Access } from '@isu/chassis';
import { stages } from '@isu/contracts';
import { AccountNumber, Day, Money } from '@isu/values';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import type { Request } from 'express';
import { DataSource } from 'typeorm';
import { findOpenAccount } from '../accounts/account.table.js';
import { recordedIncome, shownIncome } from './income-answers.js';
import { IncomesService } from './incomes.service.js';
import { incomesOf, type ShownIncome } from './income.table.js';

/** The doors by which a declaration comes to us directly. */
const sources = ['portal', 'agent', 'net-entreprises'] as const;

class DeclareIncomeRequest {
  /** The civil year in which it was earned: one that is over. */
  @IsInt() @Min(2008) @Max(2100) year!: number;
  /** Euros; negative for a loss. */
  @ValueOf(Money) amount!: Money;
  /** Default: the business day. */
  @IsOptional() @ValueOf(Day) declaredOn?: Day;
  @IsIn(sources) source!: (typeof sources)[number];
}

/** What a declaration led to: assessments of years that changed, and the calendars issued anew. */
interface DeclaredIncome {
  readonly income: Omit<ShownIncome, 'state'>;
  readonly assessments: readonly { year: number; stage: string; version: number; total: Money }[];
  readonly schedules: readonly { year: number; version: number }[];
}

const declaredIncome = wire.record<DeclaredIncome>({
  income: wire.record<DeclaredIncome['income']>(recordedIncome),
  assessments: wire.listOf(
    wire.record<DeclaredIncome['assessments'][number]>({
      year: wire.year,
      stage: wire.choice(stages),
      version: wire.count,
      total: wire.euros,
    }),
  ),
  schedules: wire.listOf(wire.record<DeclaredIncome['schedules'][number]>({ year: wire.year, version: wire.count })),
});

@Controller('accounts')
export class IncomesController {
  constructor(
    @Inject(IncomesService) private readonly incomes: IncomesService,
    @Inject(Creations) private readonly creations: Creations,
    @Inject(DataSource) private readonly db: DataSource,
  ) {}

  /** Declares the income of a year that is over; what is owed follows at once. Said again with the same amount, it changes nothing. */
  @Post(':account/incomes')
  @Creates()
  @Answers('Le revenu est enregistré : ce qu’il a changé.', declaredIncome)
  @Allowed('incomes.declare', { account: 'param:account' })
  async declare(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() { year, amount, source, declaredOn }: DeclareIncomeRequest,
    @CurrentAccess() { correlation }: Access,
  ): Promise<DeclaredIncome> {
    return this.creations.creating(request, async (tx) => {
      const declared = { year, amount, source, declaredOn, kind: 'declared' as const };
      const { income, called } = await this.incomes.declare(tx, account.toString(), declared, { cause: null, correlation });
      return {
        income,
        assessments: (called?.assessments ?? []).map(({ year: of, stage, version, total }) => ({ year: of, stage, version, total })),
        schedules: (called?.schedules ?? []).map(({ schedule }) => ({ year: schedule.year, version: schedule.version })),
      };
    });
  }

  /** Every declaration, those in force and those corrected since. */
  @Get(':account/incomes')
  @Answers('Les revenus connus.', wire.record<{ incomes: unknown }>({ incomes: wire.listOf(shownIncome) }))
  @Allowed('incomes.read', { account: 'param:account' })
  async list(@Param('account', valueOf(AccountNumber)) account: AccountNumber): Promise<{ incomes: ShownIncome[] }> {
    const { account: number } = await findOpenAccount(this.db, account);
    return { incomes: await incomesOf(this.db, number) };
  }
}
