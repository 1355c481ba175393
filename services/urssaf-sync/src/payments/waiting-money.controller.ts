import { Controller, Get, Inject, Query } from '@nestjs/common';
import { Allowed } from '@isu/chassis';
import { uuidPattern } from '@isu/contracts';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { Type } from 'class-transformer';
import { DataSource } from 'typeorm';
import { findWaitingMoney, type WaitingMoney } from './waiting-money.table.js';

class PageQuery {
  /** `next` of the page before. */
  @IsOptional()
  @Matches(uuidPattern)
  after?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;
}

@Controller('to-be-matched')
export class WaitingMoneyController {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /** Money without a known account, and reversals without their payment: kept, visible, never lost. */
  @Get()
  @Allowed('to-be-matched.read')
  async list(@Query() { after, limit = 50 }: PageQuery): Promise<{ items: readonly WaitingMoney[]; next: string | null }> {
    const found = await findWaitingMoney(this.db.manager, after ?? null, limit + 1);
    const items = found.slice(0, limit);
    return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null };
  }
}
