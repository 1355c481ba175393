import { Body, Controller, Get, Inject, Post, Req } from '@nestjs/common';
import { ValueOf } from '@isu/chassis';
import { AccountNumber } from '@isu/values';
import type { Request, Response } from 'express';
import { DataSource } from 'typeorm';
import type { DemoPeople, SessionState } from '../face/session.js';
import { refuse } from '../refusals.js';
import { OpenTo } from '../sessions/doors.js';
import { SessionStates } from '../sessions/session-states.js';
import { Sessions } from '../sessions/sessions.js';

class DemoSessionRequest {
  @ValueOf(AccountNumber) account!: AccountNumber;
}

/** The invented people of a demonstration; asked each time, because they move in while the system runs. */
export abstract class DemoHousehold {
  abstract people(): DemoPeople['people'];
}

/** Anybody may be anybody: mounted in development only, when it is said so (`ISU_DEMO_SIGN_IN`). Elsewhere these routes do not exist. */
@Controller()
export class DemoController {
  constructor(
    @Inject(DemoHousehold) private readonly household: DemoHousehold,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(SessionStates) private readonly states: SessionStates,
    @Inject(DataSource) private readonly db: DataSource,
  ) {}

  @Get('demo-people')
  @OpenTo('anyone')
  list(): DemoPeople {
    return { people: this.household.people() };
  }

  @Post('demo-sessions')
  @OpenTo('anyone')
  async enter(@Req() request: Request, @Body() { account }: DemoSessionRequest): Promise<SessionState> {
    const number = account.toString();
    if (!this.household.people().some((person) => person.account === number)) throw refuse('not-found');
    const exchange = { request, response: request.res as Response };
    const started = await this.db.transaction((tx) => this.sessions.start(tx, exchange, { kind: 'insured', account: number }));
    return this.states.of(started, request);
  }
}
