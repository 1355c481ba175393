import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, type StreamableFile } from '@nestjs/common';
import { LineOfText } from '@isu/chassis';
import { IsOptional, Matches } from 'class-validator';
import type { Request } from 'express';
import { actsOfInsured } from '../acts/act.js';
import { Acts, saidIn } from '../acts/acts.js';
import type { DebitsPage } from '../face/debits.js';
import type * as family from '../face/family.js';
import type * as face from '../face/file.js';
import type { PayingPage } from '../face/paying.js';
import type { RefundsPage } from '../face/refunds.js';
import { Profiles } from '../my-account/profiles.js';
import { CivilYear } from '../my-account/year.js';
import type { Voice } from '../questions/services.js';
import { Voices } from '../questions/voices.js';
import { Insured, OpenTo } from '../sessions/doors.js';
import type { InsuredSession } from '../sessions/session.js';
import { ById, KnownQuery, NoticeVersion } from './documents.js';
import { Files } from './files.js';

class RegulationQuery {
  @LineOfText({ min: 2, max: 100 }) words!: string;
}

class TurnoversQuery {
  @IsOptional() @Matches(/^(?:19|20)\d\d$/, { message: 'une année sur quatre chiffres' }) year?: string;
}

/** What the person who is signed in reads and corrects of their own file. No route takes an account. */
@Controller('my')
@OpenTo('insured')
export class MyFileController {
  constructor(
    @Inject(Files) private readonly files: Files,
    @Inject(Acts) private readonly acts: Acts,
    @Inject(Voices) private readonly voices: Voices,
    @Inject(Profiles) private readonly profiles: Profiles,
  ) {}

  @Get('file')
  file(@Req() request: Request, @Insured() session: InsuredSession): Promise<face.FilePage> {
    return this.files.file(this.asked(session, request));
  }

  @Get('family')
  family(@Req() request: Request, @Insured() session: InsuredSession): Promise<family.FamilyPage> {
    return this.files.family(this.asked(session, request));
  }

  @Get('documents')
  documents(@Req() request: Request, @Insured() session: InsuredSession): Promise<face.DocumentsPage> {
    return this.files.documents(this.asked(session, request));
  }

  @Get('notices/:year/:version/pdf')
  notice(
    @Req() request: Request,
    @Insured() session: InsuredSession,
    @Param('year', CivilYear) year: number,
    @Param('version', NoticeVersion) version: number,
  ): Promise<StreamableFile> {
    const { account, voice } = this.asked(session, request);
    return this.files.notice({ account, year, version }, voice);
  }

  /** The receipt of a payment (PDF). */
  @Get('receipts/:payment/pdf')
  receipt(@Req() request: Request, @Insured() session: InsuredSession, @Param('payment', ById) payment: string): Promise<StreamableFile> {
    const { account, voice } = this.asked(session, request);
    return this.files.receipt({ account, payment }, voice);
  }

  /** The statement of the account (PDF), as it was known on a day. */
  @Get('statement/pdf')
  statement(@Req() request: Request, @Insured() session: InsuredSession, @Query() { on }: KnownQuery): Promise<StreamableFile> {
    const { account, voice } = this.asked(session, request);
    return this.files.statement({ account, on: on?.iso }, voice);
  }

  /** Every entry of the books of the account, for a spreadsheet. */
  @Get('journal/csv')
  journal(@Req() request: Request, @Insured() session: InsuredSession, @Query() { on }: KnownQuery): Promise<StreamableFile> {
    const { account, voice } = this.asked(session, request);
    return this.files.journal({ account, on: on?.iso }, voice);
  }

  /** What is left to pay, what may be paid online, and what became of the orders made. */
  @Get('online-payments')
  paying(@Req() request: Request, @Insured() session: InsuredSession): Promise<PayingPage> {
    return this.files.paying(this.asked(session, request));
  }

  @Get('fund')
  fund(@Req() request: Request, @Insured() session: InsuredSession): Promise<face.FundPage> {
    return this.files.fund(this.asked(session, request));
  }

  @Get('guide')
  guide(@Req() request: Request, @Insured() session: InsuredSession): Promise<face.GuidePage> {
    return this.files.guide(this.asked(session, request));
  }

  @Get('regulation')
  regulation(
    @Req() request: Request,
    @Insured() session: InsuredSession,
    @Query() { words }: RegulationQuery,
  ): Promise<face.RegulationPage> {
    return this.files.regulation(words, this.asked(session, request).voice);
  }

  @Get('estimates')
  estimates(@Req() request: Request, @Insured() session: InsuredSession): Promise<face.EstimatesPage> {
    return this.files.estimates(this.asked(session, request));
  }

  /** F32, F80: what is debited next, what came back and what to do about it. */
  @Get('debits')
  debits(@Req() request: Request, @Insured() session: InsuredSession): Promise<DebitsPage> {
    return this.files.debits(this.asked(session, request));
  }

  @Get('periodicity')
  async periodicity(@Req() request: Request, @Insured() session: InsuredSession): Promise<face.PeriodicityPage> {
    const asked = this.asked(session, request);
    await this.profiles.mustShow('instalments', asked.account, asked.voice);
    return this.files.periodicity(asked);
  }

  /** The credit, what becomes of it, every refund with its transfer (F56). */
  @Get('refunds')
  refunds(@Req() request: Request, @Insured() session: InsuredSession): Promise<RefundsPage> {
    return this.files.refunds(this.asked(session, request));
  }

  @Get('turnovers')
  async turnovers(
    @Req() request: Request,
    @Insured() session: InsuredSession,
    @Query() { year }: TurnoversQuery,
  ): Promise<face.TurnoversPage> {
    const asked = this.asked(session, request);
    await this.profiles.mustShow('declaration', asked.account, asked.voice);
    return this.files.turnovers(asked, year === undefined ? undefined : Number(year));
  }

  /** The mandate to be read before it is signed. */
  @Get('mandate-text')
  mandateText(@Req() request: Request, @Insured() session: InsuredSession): Promise<face.MandateText> {
    return this.files.mandateText(this.asked(session, request));
  }

  /** Says something to the service whose matter it is; `Idempotency-Key` makes it one act, `If-Match` a correction of what was read. */
  @Post('acts/:act')
  @HttpCode(200)
  act(@Req() request: Request, @Insured() session: InsuredSession, @Param('act') act: string, @Body() body: object): Promise<unknown> {
    const { account, voice } = this.asked(session, request);
    return this.acts.perform({ acts: actsOfInsured, name: act, about: account }, saidIn(request, body), voice);
  }

  private asked(session: InsuredSession, request: Request): { account: string; voice: Voice } {
    return { account: session.account, voice: this.voices.insured(session, request) };
  }
}
