import { Body, Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { Allowed, Answers, Creates, Creations, CurrentAccess, ValueOf, valueOf, wire, type Access } from '@isu/chassis';
import { AccountNumber, Day, Money } from '@isu/values';
import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import type { Request } from 'express';
import { DataSource } from 'typeorm';
import { findOpenAccount } from '../accounts/account.table.js';
import { shownIncome } from './income-answers.js';
import { IncomesService } from './incomes.service.js';
import { incomesOf, type ShownIncome } from './income.table.js';
import { whatItChanged, whatItChangedAnswer, type WhatItChanged } from './what-it-changed.js';

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

class IncomesQuery {
  /** The year in which it was earned; default: every year. */
  @IsOptional() @Matches(/^\d{4}$/, { message: 'une année en quatre chiffres' }) year?: string;
}

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
  @Answers('Le revenu est enregistré : ce qu’il a changé.', wire.record<WhatItChanged>(whatItChangedAnswer))
  @Allowed('incomes.declare', { account: 'param:account' })
  async declare(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() { year, amount, source, declaredOn }: DeclareIncomeRequest,
    @CurrentAccess() { correlation }: Access,
  ): Promise<WhatItChanged> {
    return this.creations.creating(request, async (tx) => {
      const declared = { year, amount, source, declaredOn, kind: 'declared' as const };
      return whatItChanged(await this.incomes.declare(tx, account.toString(), declared, { cause: null, correlation }));
    });
  }

  /** Every income that was said, those in force and those corrected since; of one year if asked (F18). */
  @Get(':account/incomes')
  @Answers('Les revenus connus.', wire.record<{ incomes: unknown }>({ incomes: wire.listOf(shownIncome) }))
  @Allowed('incomes.read', { account: 'param:account' })
  async list(
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Query() { year }: IncomesQuery,
  ): Promise<{ incomes: ShownIncome[] }> {
    const { account: number } = await findOpenAccount(this.db, account);
    const incomes = await incomesOf(this.db, number);
    return { incomes: incomes.filter((income) => year === undefined || income.year === Number(year)) };
  }
}
