import { Controller, Get, Inject, Query } from '@nestjs/common';
import { Allowed, Answers, wire } from '@isu/chassis';
import { means, uuidPattern } from '@isu/contracts';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { Type } from 'class-transformer';
import { DataSource } from 'typeorm';
import { MatchingService } from './matching.service.js';
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

export const waitingFields = {
  id: wire.uuid,
  kind: wire.choice(['payment', 'reversal']),
  partner: wire.text,
  flow: wire.text,
  batch: wire.text,
  line: wire.count,
  reference: wire.text,
  account: wire.orNull({ ...wire.text, description: 'Tel que le partenaire l’a écrit.' }),
  reverses: wire.orNull(wire.text),
  amount: wire.euros,
  valueOn: wire.day,
  means: wire.orNull(wire.choice(means)),
  paymentReference: wire.orNull({ ...wire.text, description: 'Telle que le payeur l’a donnée, juste ou non.' }),
  ageDays: wire.count,
  isReturned: wire.flag,
  proposedBy: wire.orNull(wire.text),
};
export const waitingMoney = wire.record<WaitingMoney>(waitingFields);
const page = wire.record<{ items: unknown; next: unknown }>({ items: wire.listOf(waitingMoney), next: wire.orNull(wire.uuid) });

@Controller('to-be-matched')
export class WaitingMoneyController {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(MatchingService) private readonly matching: MatchingService,
  ) {}

  /** Money without a known account, and reversals without their payment: kept, visible, never lost. */
  @Get()
  @Answers('L’argent en attente, le plus ancien d’abord.', page)
  @Allowed('to-be-matched.read')
  async list(@Query() { after, limit = 50 }: PageQuery): Promise<{ items: readonly WaitingMoney[]; next: string | null }> {
    const found = await findWaitingMoney(this.db.manager, { today: this.matching.today, after: after ?? null, limit: limit + 1 });
    const items = found.slice(0, limit);
    return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null };
  }
}
