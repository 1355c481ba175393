import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import type { Request, Response } from 'express';
import { cookieOf, giveCookie, newCookie } from '../sessions/cookie.js';
import { OpenTo, ReachedByNavigation } from '../sessions/doors.js';
import { Agents } from './agents.js';

class SignInQuery {
  /** Where in the desk to go afterwards: `/bureau/…`. */
  @IsOptional() @IsString() @MaxLength(300) to?: string;
}

@Controller('agents')
export class AgentsController {
  constructor(@Inject(Agents) private readonly agents: Agents) {}

  /** Sends the browser to the issuer of agents. */
  @Get('sign-in')
  @OpenTo('anyone')
  @ReachedByNavigation()
  async signIn(@Req() request: Request, @Res() response: Response, @Query() { to }: SignInQuery): Promise<void> {
    const known = cookieOf(request);
    const cookie = known ?? newCookie();
    if (known === null) giveCookie(response, cookie);
    response.redirect(303, (await this.agents.begin(cookie, { host: request.headers.host ?? '', to })).href);
  }

  /** Where the issuer sends it back to. */
  @Get('callback')
  @OpenTo('anyone')
  @ReachedByNavigation()
  async callback(@Req() request: Request, @Res() response: Response): Promise<void> {
    response.redirect(303, await this.agents.complete({ request, response }));
  }
}
