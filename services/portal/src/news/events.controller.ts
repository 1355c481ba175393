import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { valueOf } from '@isu/chassis';
import { AccountNumber } from '@isu/values';
import type { Request, Response } from 'express';
import { Desk } from '../desk/desk.js';
import { cookieOf } from '../sessions/cookie.js';
import { Agent, Insured, OpenTo } from '../sessions/doors.js';
import type { AgentSession, InsuredSession } from '../sessions/session.js';
import { Streams } from './streams.js';

@Controller()
export class EventsController {
  constructor(
    @Inject(Streams) private readonly streams: Streams,
    @Inject(Desk) private readonly desk: Desk,
  ) {}

  /** Says that something happened to my account, for as long as the page is open. */
  @Get('my/events')
  @OpenTo('insured')
  mine(@Req() request: Request, @Res() response: Response, @Insured() { account }: InsuredSession): void {
    this.streams.listen(response, { account, cookie: cookieOf(request) ?? '' });
  }

  @Get('desk/accounts/:account/events')
  @OpenTo('agent')
  async atTheDesk(
    @Req() request: Request,
    @Res() response: Response,
    @Agent() session: AgentSession,
    @Param('account', valueOf(AccountNumber)) number: AccountNumber,
  ): Promise<void> {
    const account = number.toString();
    await this.desk.opened(session, account);
    const stillMay = () => this.desk.opened(session, account).then(() => true, () => false); // prettier-ignore
    this.streams.listen(response, { account, cookie: cookieOf(request) ?? '', stillMay });
  }
}
