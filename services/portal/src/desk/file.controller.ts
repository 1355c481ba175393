import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, type StreamableFile } from '@nestjs/common';
import { ValueOf, valueOf } from '@isu/chassis';
import { uuidPattern } from '@isu/contracts';
import { AccountNumber } from '@isu/values';
import { Matches } from 'class-validator';
import type { Request } from 'express';
import { actsForFund, actsOfAgent, registration } from '../acts/act.js';
import { Acts, saidIn } from '../acts/acts.js';
import type { DeskFilePage, DuplicatesPage, FundDeskPage, FundsPage, ReturnedDebitsPage } from '../face/desk-file.js';
import type { DocumentsPage } from '../face/file.js';
import type { DeskRefundsPage } from '../face/refunds.js';
import { KnownQuery } from '../file/documents.js';
import { Files } from '../file/files.js';
import type { Voice } from '../questions/services.js';
import { Voices } from '../questions/voices.js';
import { Agent, OpenTo } from '../sessions/doors.js';
import type { AgentSession } from '../sessions/session.js';
import { Desk } from './desk.js';

class NoticeAddress {
  @ValueOf(AccountNumber) account!: AccountNumber;
  @Matches(/^(?:19|20)\d\d$/, { message: 'une année sur quatre chiffres' }) year!: string;
  @Matches(/^[1-9]\d{0,3}$/, { message: 'le numéro d’un avis, à partir de 1' }) version!: string;
}

class ReceiptAddress {
  @ValueOf(AccountNumber) account!: AccountNumber;
  @Matches(uuidPattern, { message: 'l’identifiant d’un paiement' }) payment!: string;
}

class ActAddress {
  @ValueOf(AccountNumber) account!: AccountNumber;
  @Matches(/^[a-z-]{1,40}$/, { message: 'le nom d’un acte' }) act!: string;
}

class FundAddress {
  @Matches(/^\d{2}$/, { message: 'le code d’une caisse, deux chiffres' }) code!: string;
}

class FundActAddress extends FundAddress {
  @Matches(/^[a-z-]{1,40}$/, { message: 'le nom d’un acte' }) act!: string;
}

const accountInAddress = valueOf(AccountNumber);
const purposes = {
  registering: 'Affiliation d’une personne',
  duplicates: 'Recherche des comptes en double',
  returns: 'Suivi des prélèvements impayés',
  fund: 'Actualités et messages de la caisse',
  refunds: 'Suivi des remboursements',
};

/** The file of a person at the desk, and what an agent says of it. The account was opened, with the purpose that goes with every question. */
@Controller('desk')
@OpenTo('agent')
export class DeskFileController {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(Files) private readonly files: Files,
    @Inject(Acts) private readonly acts: Acts,
    @Inject(Voices) private readonly voices: Voices,
  ) {}

  @Get('accounts/:account/file')
  async file(
    @Req() request: Request,
    @Agent() session: AgentSession,
    @Param('account', accountInAddress) account: AccountNumber,
  ): Promise<DeskFilePage> {
    return this.files.atDesk(await this.opened(session, request, account));
  }

  @Get('accounts/:account/documents')
  async documents(
    @Req() request: Request,
    @Agent() session: AgentSession,
    @Param('account', accountInAddress) account: AccountNumber,
  ): Promise<DocumentsPage> {
    return this.files.documents(await this.opened(session, request, account));
  }

  /** Debits of the region that came back, with what was done about each. */
  @Get('returned-debits')
  async returnedDebits(@Req() request: Request, @Agent() session: AgentSession): Promise<ReturnedDebitsPage> {
    return this.files.returnedDebits(await this.voices.agent(session, request, purposes.returns));
  }

  @Get('duplicates')
  async duplicates(@Req() request: Request, @Agent() session: AgentSession): Promise<DuplicatesPage> {
    return this.files.duplicates(await this.voices.agent(session, request, purposes.duplicates));
  }

  /** Refunds that wait for two agents, and those that should have left. One is signed in its account, which is opened for it. */
  @Get('refunds')
  async refunds(@Req() request: Request, @Agent() session: AgentSession): Promise<DeskRefundsPage> {
    return this.files.refundsAtDesk(await this.voices.agent(session, request, purposes.refunds));
  }

  @Get('funds')
  async funds(@Req() request: Request, @Agent() session: AgentSession): Promise<FundsPage> {
    return this.files.funds(await this.voices.agent(session, request, purposes.registering));
  }

  /** What a caisse tells its insured, and what was written to it and waits for an answer. */
  @Get('funds/:code')
  async fund(@Req() request: Request, @Agent() session: AgentSession, @Param() { code }: FundAddress): Promise<FundDeskPage> {
    return this.files.fundAtDesk(code, await this.voices.agent(session, request, purposes.fund));
  }

  @Post('funds/:code/acts/:act')
  @HttpCode(200)
  async actForFund(
    @Req() request: Request,
    @Agent() session: AgentSession,
    @Param() { code, act }: FundActAddress,
    @Body() body: object,
  ): Promise<unknown> {
    const said = saidIn(request, body);
    const voice = await this.voices.agent(session, request, purposes.fund);
    return this.acts.perform({ acts: actsForFund, name: act, about: code }, said, voice);
  }

  @Get('accounts/:account/notices/:year/:version/pdf')
  async notice(
    @Req() request: Request,
    @Agent() session: AgentSession,
    @Param() { account: number, year, version }: NoticeAddress,
  ): Promise<StreamableFile> {
    const { account, voice } = await this.opened(session, request, number);
    return this.files.notice({ account, year: Number(year), version: Number(version) }, voice);
  }

  @Get('accounts/:account/receipts/:payment/pdf')
  async receipt(
    @Req() request: Request,
    @Agent() session: AgentSession,
    @Param() { account: number, payment }: ReceiptAddress,
  ): Promise<StreamableFile> {
    const { account, voice } = await this.opened(session, request, number);
    return this.files.receipt({ account, payment }, voice);
  }

  @Get('accounts/:account/statement/pdf')
  async statement(
    @Req() request: Request,
    @Agent() session: AgentSession,
    @Param('account', accountInAddress) number: AccountNumber,
    @Query() { on }: KnownQuery,
  ): Promise<StreamableFile> {
    const { account, voice } = await this.opened(session, request, number);
    return this.files.statement({ account, on: on?.iso }, voice);
  }

  @Get('accounts/:account/journal/csv')
  async journal(
    @Req() request: Request,
    @Agent() session: AgentSession,
    @Param('account', accountInAddress) number: AccountNumber,
    @Query() { on }: KnownQuery,
  ): Promise<StreamableFile> {
    const { account, voice } = await this.opened(session, request, number);
    return this.files.journal({ account, on: on?.iso }, voice);
  }

  /** Affiliates somebody: answered with the card of the new account. */
  @Post('registrations')
  async register(@Req() request: Request, @Agent() session: AgentSession, @Body() body: object): Promise<unknown> {
    const said = saidIn(request, body);
    const voice = await this.voices.agent(session, request, purposes.registering);
    return this.acts.perform({ acts: { registration }, name: 'registration', about: '' }, said, voice);
  }

  @Post('accounts/:account/acts/:act')
  @HttpCode(200)
  async act(
    @Req() request: Request,
    @Agent() session: AgentSession,
    @Param() { account: number, act }: ActAddress,
    @Body() body: object,
  ): Promise<unknown> {
    const said = saidIn(request, body);
    const { account, voice } = await this.opened(session, request, number);
    return this.acts.perform({ acts: actsOfAgent, name: act, about: account }, said, voice);
  }

  private async opened(session: AgentSession, request: Request, number: AccountNumber): Promise<{ account: string; voice: Voice }> {
    const account = number.toString();
    const { purpose } = await this.desk.opened(session, account);
    return { account, voice: await this.voices.agent(session, request, purpose) };
  }
}
