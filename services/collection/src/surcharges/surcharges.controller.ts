import { Body, Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import { Allowed, Answers, Creates, Creations, CurrentAccess, LineOfText, refuse, valueOf, type Access } from '@isu/chassis';
import { uuidPattern } from '@isu/contracts';
import { AccountNumber } from '@isu/values';
import { IsBoolean, IsOptional, Matches } from 'class-validator';
import type { Request } from 'express';
import { DataSource } from 'typeorm';
import { findOpenAccount } from '../accounts/account.table.js';
import type { Remission } from './remission.js';
import { remissionsOf } from './remission.table.js';
import { RemissionsService } from './remissions.service.js';
import { shownRemission, shownSurcharges, surchargesAnswer, type SurchargesOfAccount } from './surcharge-answers.js';
import { SurchargesService } from './surcharges.service.js';

class RemissionRequest {
  @LineOfText({ min: 3, max: 140 }) reason!: string;
  /** An irresistible event from outside: the months too may be given up. */
  @IsBoolean() externalEvent!: boolean;
}

class RemissionDecisionRequest {
  @Matches(uuidPattern, { message: 'le numéro de la demande' }) remission!: string;
  @IsBoolean() granted!: boolean;
  @LineOfText({ min: 3, max: 140 }) reason!: string;
  /** Of the amicable board, which alone decides above its threshold. */
  @IsOptional() @LineOfText({ min: 3, max: 40 }) boardReference?: string;
}

@Controller('accounts')
export class SurchargesController {
  constructor(
    @Inject(SurchargesService) private readonly surcharges: SurchargesService,
    @Inject(RemissionsService) private readonly remissions: RemissionsService,
    @Inject(Creations) private readonly creations: Creations,
    @Inject(DataSource) private readonly db: DataSource,
  ) {}

  /** What accrues for lateness up to today, line by line; what was notified, and what holds the rest (F104, N6). */
  @Get(':account/surcharges')
  @Answers('Les majorations de retard.', surchargesAnswer)
  @Allowed('surcharges.read', { account: 'param:account' })
  async read(@Param('account', valueOf(AccountNumber)) number: AccountNumber): Promise<SurchargesOfAccount> {
    const { account } = await findOpenAccount(this.db, number);
    return this.db.transaction('REPEATABLE READ', async (tx) => {
      const known = await this.surcharges.knownToday(tx, account);
      if (!known) throw refuse('not-found');
      return shownSurcharges(account, known, await remissionsOf(tx, account));
    });
  }

  /** Asks that surcharges be given up. Refused while contributions are unpaid. */
  @Post(':account/surcharge-remissions')
  @Creates()
  @Answers('La demande de remise.', shownRemission)
  @Allowed('surcharge-remissions.ask', { account: 'param:account' })
  async ask(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() { reason, externalEvent }: RemissionRequest,
    @CurrentAccess() { subject }: Access,
  ): Promise<Remission> {
    const asked = { reason, externalEvent, askedBy: subject.sub };
    return this.creations.creating(request, (tx) => this.remissions.ask(tx, account.toString(), asked));
  }

  /** Grants or refuses a remission: the director, or the amicable board above its threshold; never who asked. */
  @Post(':account/surcharge-remission-decisions')
  @Creates()
  @Answers('La remise décidée.', shownRemission)
  @Allowed('surcharge-remissions.decide', { account: 'param:account' })
  async decide(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() { remission, granted, reason, boardReference }: RemissionDecisionRequest,
    @CurrentAccess() { subject, correlation }: Access,
  ): Promise<Remission> {
    const decision = { remission, granted, reason, boardReference, decidedBy: subject.sub, correlation };
    return this.creations.creating(request, (tx) => this.remissions.decide(tx, account.toString(), decision));
  }
}
