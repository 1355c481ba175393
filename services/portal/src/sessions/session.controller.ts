import { Controller, Delete, Get, Inject, Req } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Agents } from '../agents/agents.js';
import type { SessionState } from '../face/session.js';
import { cookieOf, giveCookie, newCookie } from './cookie.js';
import { OpenTo, Who } from './doors.js';
import { SessionStates } from './session-states.js';
import { Sessions } from './sessions.js';
import type { Session } from './session.js';

@Controller('session')
export class SessionController {
  constructor(@Inject(SessionStates) private readonly states: SessionStates) {}

  /** Who is there, and the token that every change must carry. Who has no cookie yet gets one, which is nobody's. */
  @Get()
  @OpenTo('anyone')
  async read(@Req() request: Request, @Who() session: Session | null): Promise<SessionState> {
    const known = cookieOf(request);
    const cookie = known ?? newCookie();
    if (known === null) giveCookie(request.res as Response, cookie);
    return this.states.of({ cookie, session }, request);
  }
}

@Controller('sessions')
export class SessionsController {
  constructor(
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(SessionStates) private readonly states: SessionStates,
    @Inject(Agents) private readonly agents: Agents,
  ) {}

  @Delete('current')
  @OpenTo('anyone')
  async end(@Req() request: Request, @Who() session: Session | null): Promise<SessionState> {
    if (session?.kind === 'agent') await this.agents.leave(session.id);
    const cookie = await this.sessions.end({ request, response: request.res as Response });
    return this.states.of({ cookie, session: null }, request);
  }
}
