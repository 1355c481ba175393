import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import type { CashCalendar, CashFlow } from '@isu/calc';
import { Allowed, Answers, LineOfText, ValueOf, valueOf, wire } from '@isu/chassis';
import { AccountNumber, Money, type BusinessClock } from '@isu/values';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, ValidateNested } from 'class-validator';
import { DataSource } from 'typeorm';
import { findOpenAccount } from '../accounts/account.table.js';
import { knownIncomes } from '../incomes/income.table.js';
import { KnownIncomes } from '../incomes/known-incomes.js';
import { foresee } from './cash-calendar.js';

export const businessClock = Symbol('isu:cash-calendar-clock');

class ScenarioRequest {
  /** « bas », « attendu », « haut »… */
  @LineOfText({ max: 40 }) name!: string;
  /** Euros; negative for a loss. */
  @ValueOf(Money) income!: Money;
}

class ForecastRequest {
  /** What the current year may bring, the most likely first. */
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(5) @ValidateNested({ each: true }) @Type(() => ScenarioRequest) scenarios!: ScenarioRequest[];
}

const flow = wire.record<CashFlow>({
  on: wire.day,
  kind: wire.choice(['instalment', 'refund']),
  amount: { ...wire.euros, description: 'Ce qui sort ; négatif pour un remboursement.' },
  lines: wire.listOf(wire.record<CashFlow['lines'][number]>({ year: wire.year, code: wire.text, amount: wire.euros })),
});
const calendar = wire.record<CashCalendar>({ name: wire.text, income: wire.euros, flows: wire.listOf(flow), total: wire.euros });

@Controller('accounts')
export class CashCalendarsController {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(businessClock) private readonly clock: BusinessClock,
  ) {}

  /** Twenty-four months of money, for each income that the current year may bring (N8). Nothing is kept. */
  @Post(':account/cash-calendars')
  @HttpCode(200)
  @Answers('Un calendrier de trésorerie par hypothèse.', wire.record<{ calendars: unknown }>({ calendars: wire.listOf(calendar) }))
  @Allowed('cash-calendars.read', { account: 'param:account' })
  async foresee(
    @Param('account', valueOf(AccountNumber)) number: AccountNumber,
    @Body() { scenarios }: ForecastRequest,
  ): Promise<{ calendars: CashCalendar[] }> {
    const account = await findOpenAccount(this.db, number);
    const incomes = (await knownIncomes(this.db, [account.account])).get(account.account) ?? KnownIncomes.none;
    return { calendars: foresee(account, { incomes, scenarios, today: this.clock.today() }) };
  }
}
