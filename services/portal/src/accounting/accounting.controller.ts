import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { ValueOf, valueOf } from '@isu/chassis';
import { Day } from '@isu/values';
import { IsOptional } from 'class-validator';
import type { Request } from 'express';
import { AgentNames } from '../agents/agent-names.js';
import type { AccountingDayPage, AccountingPage } from '../face/accounting.js';
import { Voices } from '../questions/voices.js';
import { Agent, OpenTo } from '../sessions/doors.js';
import type { AgentSession } from '../sessions/session.js';
import { Accounting } from './accounting.js';

class DaysQuery {
  /** `next` of the page before. */
  @IsOptional() @ValueOf(Day) before?: Day;
}

/** The accounting days at the desk: totals over every book, nobody's account. */
@Controller('desk/accounting-days')
@OpenTo('agent')
export class AccountingController {
  constructor(
    @Inject(Accounting) private readonly accounting: Accounting,
    @Inject(Voices) private readonly voices: Voices,
    @Inject(AgentNames) private readonly names: AgentNames,
  ) {}

  @Get()
  async days(@Req() request: Request, @Agent() session: AgentSession, @Query() { before }: DaysQuery): Promise<AccountingPage> {
    const page = await this.accounting.days(before?.iso, await this.voices.agent(session, request));
    const { days } = page.parts;
    const closers =
      days.state === 'ok' ? [...days.data.closed.map(({ closedBy }) => closedBy.askedBy), days.data.job.last?.askedBy ?? null] : [];
    return { ...page, names: await this.names.of(closers) };
  }

  @Get(':day')
  async day(@Req() request: Request, @Agent() session: AgentSession, @Param('day', valueOf(Day)) day: Day): Promise<AccountingDayPage> {
    const page = await this.accounting.day(day.iso, await this.voices.agent(session, request));
    const { day: shown } = page.parts;
    return { ...page, names: await this.names.of(shown.state === 'ok' ? [shown.data.closedBy?.askedBy ?? null] : []) };
  }
}
