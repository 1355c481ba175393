import { Controller, Get, Inject, Query } from '@nestjs/common';
import { Allowed, Answers, CurrentAccess, ValueOf, wire, type Access } from '@isu/chassis';
import { accountPattern } from '@isu/contracts';
import { Day, Money } from '@isu/values';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { DataSource } from 'typeorm';
import { debtsOfAmount, type DebtOfAmount } from './debts-of-amount.js';

class DebtsQuery {
  @ValueOf(Money) amount!: Money;
  /** The day on which the money was received. */
  @ValueOf(Day) on!: Day;
  /** Accounts that are looked at whatever the day, separated by commas. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value))
  @IsArray()
  @ArrayMaxSize(20)
  @Matches(accountPattern, { each: true, message: 'des numéros de compte séparés par des virgules' })
  accounts?: string[];
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(50) limit?: number;
}

const debt = wire.record<DebtOfAmount>({ account: wire.account, instalment: wire.text, dueOn: wire.day, remaining: wire.euros });

@Controller('debts')
export class DebtsController {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /** Due dates of which exactly this is left, around a day: for urssaf-sync, which looks for the owner of money (F81). */
  @Get()
  @Answers('Les échéances dont il reste ce montant.', wire.record<{ debts: unknown }>({ debts: wire.listOf(debt) }))
  @Allowed('debts.find')
  async find(
    @Query() { amount, on, accounts = [], limit = 20 }: DebtsQuery,
    @CurrentAccess() access: Access,
  ): Promise<{ debts: DebtOfAmount[] }> {
    const debts = await debtsOfAmount(this.db.manager, { amount, on, accounts, limit });
    await access.showing(debts.map(({ account }) => account));
    return { debts };
  }
}
