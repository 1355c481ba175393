import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { Allowed, Answers, CurrentAccess, ValueOf, valueOf, type Access } from '@isu/chassis';
import { AccountNumber, Day, type BusinessClock } from '@isu/values';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { DataSource } from 'typeorm';
import { findOpenAccount } from '../accounts/account.table.js';
import { businessClock } from '../cash-calendars/cash-calendars.controller.js';
import { debtorsOf } from './debtor.table.js';
import {
  debitsAnswer,
  debitsOf,
  nextDebit,
  notDebitedOf,
  returnedDebits,
  returnedDebitsAnswer,
  type DebitsOfAccount,
  type ReturnedDebitOfAccount,
} from './debits-shown.js';

class ReturnedQuery {
  /** First day of return; default: two months ago. */
  @IsOptional() @ValueOf(Day) from?: Day;
  /** Last day of return; default: today. */
  @IsOptional() @ValueOf(Day) to?: Day;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(500) limit?: number;
}

@Controller()
export class DebitsController {
  constructor(
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
    @Query() { from, to, limit = 100 }: ReturnedQuery,
    @CurrentAccess() { reach }: Access,
  ): Promise<{ debits: ReturnedDebitOfAccount[] }> {
    const today = this.clock.today();
    if (reach.kind !== 'everything' && reach.kind !== 'funds') return { debits: [] };
    const funds = reach.kind === 'funds' ? { codes: reach.funds, on: reach.on } : null;
    return { debits: await returnedDebits(this.db, { from: from ?? today.minusMonths(2), to: to ?? today, funds, limit }) };
  }
}
