import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { isPurpose, LineOfText, ValueOf, valueOf } from '@isu/chassis';
import { AccountNumber, Day, Nir, Siret } from '@isu/values';
import { IsIn, IsOptional, ValidateBy, ValidateIf } from 'class-validator';
import type { Request } from 'express';
import type { DeskAccountPage, DeskContributionsPage, FactsPage, KnownPage, Opening, SearchAnswer } from '../face/desk.js';
import { CivilYear } from '../my-account/year.js';
import type { Voice } from '../questions/services.js';
import { Voices } from '../questions/voices.js';
import { Agent, OpenTo } from '../sessions/doors.js';
import type { AgentSession } from '../sessions/session.js';
import { Desk } from './desk.js';

const Purpose = (): PropertyDecorator =>
  ValidateBy({ name: 'purpose', validator: { validate: isPurpose } }, { message: 'le motif de la consultation, de 3 à 200 caractères' });

const ways = ['account', 'name', 'siret', 'nir'] as const;
type Way = (typeof ways)[number];
const when = (way: Way): PropertyDecorator => ValidateIf(({ by }: SearchRequest) => by === way);

class SearchRequest {
  @IsIn(ways) by!: Way;
  @Purpose() purpose!: string;
  @when('nir') @ValueOf(Nir) nir?: Nir;
  @when('siret') @ValueOf(Siret) siret?: Siret;
  @when('account') @ValueOf(AccountNumber) account?: AccountNumber;
  @when('name') @LineOfText({ max: 80 }) familyName?: string;
  @IsOptional() @LineOfText({ max: 120 }) givenNames?: string;
}

class OpeningRequest {
  @ValueOf(AccountNumber) account!: AccountNumber;
  @Purpose() purpose!: string;
}

class KnownQuery {
  @ValueOf(Day) on!: Day;
  @IsIn(['rsi', 'urssaf']) by!: 'rsi' | 'urssaf';
}

const accountInAddress = valueOf(AccountNumber);

@Controller('desk')
@OpenTo('agent')
export class DeskController {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(Voices) private readonly voices: Voices,
  ) {}

  /** A NIR or a name travels in a body only, never in an address. */
  @Post('searches')
  @HttpCode(200)
  async search(@Req() request: Request, @Agent() session: AgentSession, @Body() asked: SearchRequest): Promise<SearchAnswer> {
    const { purpose, ...criterion } = asked;
    return this.desk.search(criterion, await this.voices.agent(session, request, purpose));
  }

  @Post('openings')
  async open(@Req() request: Request, @Agent() session: AgentSession, @Body() { account, purpose }: OpeningRequest): Promise<Opening> {
    const voice = await this.voices.agent(session, request, purpose);
    return this.desk.open(session, { account: account.toString(), purpose }, voice);
  }

  @Get('accounts/:account')
  async account(
    @Req() request: Request,
    @Agent() session: AgentSession,
    @Param('account', accountInAddress) account: AccountNumber,
  ): Promise<DeskAccountPage> {
    const { asked, opening } = await this.opened(session, request, account);
    return this.desk.account(asked, opening);
  }

  @Get('accounts/:account/facts')
  async facts(
    @Req() request: Request,
    @Agent() session: AgentSession,
    @Param('account', accountInAddress) account: AccountNumber,
  ): Promise<FactsPage> {
    return this.desk.facts((await this.opened(session, request, account)).asked);
  }

  @Get('accounts/:account/contributions/:year')
  async contributions(
    @Req() request: Request,
    @Agent() session: AgentSession,
    @Param('account', accountInAddress) account: AccountNumber,
    @Param('year', CivilYear) year: number,
  ): Promise<DeskContributionsPage> {
    return this.desk.contributions((await this.opened(session, request, account)).asked, year);
  }

  /** The account as that organisation knew it at the end of that day (N3). */
  @Get('accounts/:account/known')
  async known(
    @Req() request: Request,
    @Agent() session: AgentSession,
    @Param('account', accountInAddress) account: AccountNumber,
    @Query() { on, by }: KnownQuery,
  ): Promise<KnownPage> {
    return this.desk.known((await this.opened(session, request, account)).asked, { on: on.iso, by });
  }

  /** The purpose that the account was opened for goes with every question about it. */
  private async opened(
    session: AgentSession,
    request: Request,
    number: AccountNumber,
  ): Promise<{ asked: { account: string; voice: Voice }; opening: Opening }> {
    const account = number.toString();
    const opening = await this.desk.opened(session, account);
    return { asked: { account, voice: await this.voices.agent(session, request, opening.purpose) }, opening };
  }
}
