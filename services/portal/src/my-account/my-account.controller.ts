import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { ValueOf } from '@isu/chassis';
import { Day } from '@isu/values';
import { IsOptional, Matches } from 'class-validator';
import type { Request } from 'express';
import type {
  ContributionsPage,
  HomePage,
  IncomesPage,
  InstalmentsPage,
  PaymentsPage,
  ReadingsPage,
  SummaryPage,
} from '../face/my-account.js';
import type { Tab } from '../face/session.js';
import { KnownQuery } from '../file/documents.js';
import type { Voice } from '../questions/services.js';
import { Voices } from '../questions/voices.js';
import { Insured, OpenTo } from '../sessions/doors.js';
import type { InsuredSession } from '../sessions/session.js';
import { MyAccount } from './my-account.js';
import { Profiles } from './profiles.js';
import { CivilYear } from './year.js';

class IncomesQuery {
  @IsOptional() @Matches(/^(?:19|20)\d\d$/, { message: 'une année sur quatre chiffres' }) year?: string;
}

class BetweenQuery {
  /** Default: the first day of the civil year. */
  @IsOptional() @ValueOf(Day) from?: Day;
  /** Default: the last. */
  @IsOptional() @ValueOf(Day) to?: Day;
}

/** The pages of the person who is signed in. No route takes an account: there is no other to ask for. */
@Controller('my')
@OpenTo('insured')
export class MyAccountController {
  constructor(
    @Inject(MyAccount) private readonly pages: MyAccount,
    @Inject(Voices) private readonly voices: Voices,
    @Inject(Profiles) private readonly profiles: Profiles,
  ) {}

  @Get('home')
  home(@Req() request: Request, @Insured() session: InsuredSession): Promise<HomePage> {
    return this.pages.home(this.asked(session, request));
  }

  @Get('summary')
  summary(@Req() request: Request, @Insured() session: InsuredSession, @Query() { on }: KnownQuery): Promise<SummaryPage> {
    return this.pages.summary(this.asked(session, request), on?.iso);
  }

  @Get('incomes')
  async incomes(@Req() request: Request, @Insured() session: InsuredSession, @Query() { year }: IncomesQuery): Promise<IncomesPage> {
    const asked = await this.shown('incomes', this.asked(session, request));
    return this.pages.incomes(asked, year === undefined ? undefined : Number(year));
  }

  @Get('contributions/:year')
  async contributions(
    @Req() request: Request,
    @Insured() session: InsuredSession,
    @Param('year', CivilYear) year: number,
  ): Promise<ContributionsPage> {
    return this.pages.contributions(await this.shown('contributions', this.asked(session, request)), year);
  }

  @Get('instalments')
  async instalments(@Req() request: Request, @Insured() session: InsuredSession, @Query() query: BetweenQuery): Promise<InstalmentsPage> {
    return this.pages.instalments(await this.shown('instalments', this.asked(session, request)), boundsOf(query));
  }

  @Get('payments')
  payments(@Req() request: Request, @Insured() session: InsuredSession, @Query() query: BetweenQuery): Promise<PaymentsPage> {
    return this.pages.payments(this.asked(session, request), boundsOf(query));
  }

  /** Who opened my account. */
  @Get('readings')
  readings(@Req() request: Request, @Insured() session: InsuredSession): Promise<ReadingsPage> {
    return this.pages.readings(this.asked(session, request));
  }

  private asked(session: InsuredSession, request: Request): { account: string; voice: Voice } {
    return { account: session.account, voice: this.voices.insured(session, request) };
  }

  /** F85: an address that the status hides is not there. */
  private async shown<A extends { account: string; voice: Voice }>(tab: Tab, asked: A): Promise<A> {
    await this.profiles.mustShow(tab, asked.account, asked.voice);
    return asked;
  }
}

const boundsOf = ({ from, to }: BetweenQuery) => ({ from: from?.iso, to: to?.iso });
