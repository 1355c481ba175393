import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { Allowed, Answers, CurrentAccess, Jobs, refuse, valueOf, ValueOf, type Access } from '@isu/chassis';
import type { ClosedDay } from '@isu/ledger';
import { Day, type BusinessClock } from '@isu/values';
import { IsOptional, Matches } from 'class-validator';
import { DataSource } from 'typeorm';
import { businessClock } from '../cash-calendars/cash-calendars.controller.js';
import { moneyToMatch } from '../unmatched-money/unmatched-money.table.js';
import { accountingAnswers, type AccountingDays, type CloseJob } from './accounting-answers.js';
import { closedDays, kindBalances, openDays, shownDay } from './accounting-day.table.js';
import type { DayShown } from './accounting-day.js';
import { AccountingDaysService, closeJob } from './accounting-days.service.js';

class DaysQuery {
  /** `next` of the page before; absent from the last closed day. */
  @IsOptional()
  @ValueOf(Day)
  before?: Day;

  @IsOptional()
  @Matches(/^(?:[1-9]\d?|1\d\d|200)$/, { message: 'un nombre de journées, de 1 à 200' })
  limit?: string;
}

/** Enough to see that nobody closes any more; what comes after them is counted. */
const openShown = 31;

@Controller('accounting-days')
export class AccountingDaysController {
  constructor(
    @Inject(AccountingDaysService) private readonly days: AccountingDaysService,
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(businessClock) private readonly clock: BusinessClock,
  ) {}

  /** Days that are open and closed, who closed them and when, where the job stands, and what waits for an owner. Out of one snapshot. */
  @Get()
  @Answers('Les journées comptables.', accountingAnswers.days)
  @Allowed('accounting-days.read')
  async list(@Query() { before, limit = '31' }: DaysQuery): Promise<AccountingDays> {
    const [today, wanted, job] = [this.clock.today(), Number(limit), await this.closing()];
    return this.db.transaction('REPEATABLE READ', async (tx) => {
      const open = await openDays(tx, today, openShown);
      const closed = await closedDays(tx, { before, limit: wanted + 1 });
      const page = closed.slice(0, wanted);
      return {
        ...{ today, open: open.days, openCount: open.count, closed: page, job },
        next: closed.length > wanted ? (page.at(-1)?.day ?? null) : null,
        balances: await kindBalances(tx, today.plusDays(1)),
        toMatch: await moneyToMatch(tx),
      };
    });
  }

  /** Closes the day. It creates nothing that could be created twice: closed again, it gives the same answer, without a key. */
  @Post(':day/close')
  @Answers('La journée close, la même à chaque fois.', accountingAnswers.closed)
  @HttpCode(200)
  @Allowed('accounting-days.close')
  async close(@Param('day', valueOf(Day)) day: Day, @CurrentAccess() { correlation, subject }: Access): Promise<ClosedDay> {
    return this.days.close(day, { correlation, askedBy: subject.sub });
  }

  /** Control totals of a day: frozen when it was closed; while it is open, as they stand. */
  @Get(':day')
  @Answers('La journée, avec ses totaux de contrôle.', accountingAnswers.day)
  @Allowed('accounting-days.read')
  async read(@Param('day', valueOf(Day)) day: Day): Promise<DayShown> {
    const shown = await this.db.transaction('REPEATABLE READ', (tx) => shownDay(tx, day, this.clock.today()));
    if (!shown) throw refuse('not-found');
    return shown;
  }

  private async closing(): Promise<CloseJob> {
    const { nextOn = null, daysBehind = 0, last = null } = (await this.jobs.list()).find(({ name }) => name === closeJob) ?? {};
    if (last === null) return { nextOn, daysBehind, last };
    const { date, state, attempts, endedAt, askedBy, error } = last;
    return { nextOn, daysBehind, last: { date, state, attempts, endedAt, askedBy, error } };
  }
}
