import { Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { Allowed, Answers, CurrentAccess, refuse, valueOf, wire, type Access } from '@isu/chassis';
import { closedDay, type ClosedDay } from '@isu/ledger';
import { Day } from '@isu/values';
import { DataSource } from 'typeorm';
import { AccountingDaysService } from './accounting-days.service.js';

const shownDay = wire.record<ClosedDay>({
  day: wire.day,
  transactions: wire.count,
  postings: wire.count,
  total: wire.euros,
  previousDigest: wire.orNull(wire.digest),
  digest: wire.digest,
  closedAt: wire.instant,
  totals: wire.listOf(wire.record<ClosedDay['totals'][number]>({ name: wire.text, debit: wire.euros, credit: wire.euros })),
});

@Controller('accounting-days')
export class AccountingDaysController {
  constructor(
    @Inject(AccountingDaysService) private readonly days: AccountingDaysService,
    @Inject(DataSource) private readonly db: DataSource,
  ) {}

  /** Closes the day. It creates nothing that could be created twice: closed again, it gives the same answer, without a key. */
  @Post(':day/close')
  @Answers('La journée close, la même à chaque fois.', shownDay)
  @HttpCode(200)
  @Allowed('accounting-days.close')
  async close(@Param('day', valueOf(Day)) day: Day, @CurrentAccess() { correlation }: Access): Promise<ClosedDay> {
    return this.days.close(day, correlation);
  }

  /** What was frozen when the day was closed. */
  @Get(':day')
  @Answers('La journée close.', shownDay)
  @Allowed('accounting-days.close')
  async read(@Param('day', valueOf(Day)) day: Day): Promise<ClosedDay> {
    const closed = await closedDay(this.db.manager, day);
    if (!closed) throw refuse('not-found');
    return closed;
  }
}
