import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { Allowed, Answers, Creates, Creations, CurrentAccess, LineOfText, ValueOf, valueOf, type Access } from '@isu/chassis';
import { AccountNumber, Day, type BusinessClock } from '@isu/values';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import type { Request } from 'express';
import { DataSource } from 'typeorm';
import { findOpenAccount } from '../accounts/account.table.js';
import { businessClock } from '../cash-calendars/cash-calendars.controller.js';
import { examinedActions, type ExaminedAction } from '../returns/examination.js';
import { ExaminationsService } from '../returns/examinations.service.js';
import { debtorsOf } from './debtor.table.js';
import {
  debitsAnswer,
  debitsOf,
  debitsToExamine,
  nextDebit,
  notDebitedOf,
  returnedDebit,
  returnedDebitOf,
  returnedDebits,
  returnedDebitsAnswer,
  type DebitsOfAccount,
  type ReturnedDebitOfAccount,
} from './debits-shown.js';

const kinds = ['returned', 'to-examine'] as const;

class ReturnedQuery {
  /** `to-examine`: what waits for an agent, whatever its day, the oldest first; default: what came back between two days. */
  @IsOptional() @IsIn(kinds) kind?: (typeof kinds)[number];
  /** First day of return; default: two months ago. */
  @IsOptional() @ValueOf(Day) from?: Day;
  /** Last day of return; default: today. */
  @IsOptional() @ValueOf(Day) to?: Day;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(500) limit?: number;
}

class ExaminationRequest {
  /** The reference of a debit that came back. */
  @LineOfText({ min: 1, max: 35 }) debit!: string;
  @IsIn(examinedActions) action!: ExaminedAction;
  @LineOfText({ min: 3, max: 140 }) reason!: string;
}

@Controller()
export class DebitsController {
  constructor(
    @Inject(ExaminationsService) private readonly examinations: ExaminationsService,
    @Inject(Creations) private readonly creations: Creations,
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(businessClock) private readonly clock: BusinessClock,
  ) {}

  /** What is debited next, what was, and what came back with its reason in plain words (F32, F80). */
  @Get('accounts/:account/debits')
  @Answers('Les prélèvements du compte.', debitsAnswer)
  @Allowed('debits.read', { account: 'param:account' })
  async read(@Param('account', valueOf(AccountNumber)) number: AccountNumber): Promise<DebitsOfAccount> {
    const account = await findOpenAccount(this.db, number);
    return this.db.transaction('REPEATABLE READ', async (tx) => ({
      ...{ account: account.account, periodicity: account.periodicity },
      next: await nextDebit(tx, account, this.clock.today()),
      notDebited: await notDebitedOf(tx, account.account),
      monthlyFrom: (await debtorsOf(tx, [account.account])).get(account.account)?.monthlyFrom ?? null,
      debits: await debitsOf(tx, account.account),
    }));
  }

  /** What came back unpaid, with what was done about it: of the accounts within reach, the latest first. */
  @Get('returned-debits')
  @Answers('Les prélèvements revenus impayés.', returnedDebitsAnswer)
  @Allowed('returned-debits.read')
  async returned(
    @Query() { kind = 'returned', from, to, limit = 100 }: ReturnedQuery,
    @CurrentAccess() access: Access,
  ): Promise<{ debits: readonly ReturnedDebitOfAccount[] }> {
    const { reach } = access;
    if (reach.kind !== 'everything' && reach.kind !== 'funds') return { debits: [] };
    const today = this.clock.today();
    const funds = reach.kind === 'funds' ? { codes: reach.funds, on: reach.on } : null;
    const between = { from: from ?? today.minusMonths(2), to: to ?? today };
    const debits = await (kind === 'to-examine'
      ? debitsToExamine(this.db, { funds, limit, today })
      : returnedDebits(this.db, { funds, limit, ...between }));
    await access.showing(debits.map(({ account }) => account));
    return { debits };
  }

  /** An agent says what came of a debit whose reason did not say enough: it is done as if the bank had said it. */
  @Post('accounts/:account/debit-examinations')
  @Creates()
  @HttpCode(201)
  @Answers('Le prélèvement, avec ce qui en est fait.', returnedDebit)
  @Allowed('returned-debits.examine', { account: 'param:account' })
  async examine(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() asked: ExaminationRequest,
    @CurrentAccess() { subject, correlation }: Access,
  ): Promise<ReturnedDebitOfAccount> {
    return this.creations.creating(request, async (tx) => {
      await this.examinations.examine(tx, account.toString(), { ...asked, examinedBy: subject.sub, correlation });
      const shown = await returnedDebitOf(tx, account.toString(), asked.debit);
      if (!shown) throw new Error('A debit that was examined came back.');
      return shown;
    });
  }
}
