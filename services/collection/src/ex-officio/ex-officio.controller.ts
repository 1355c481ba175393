import { Body, Controller, Inject, Param, Post, Req } from '@nestjs/common';
import { Allowed, Answers, Creates, Creations, CurrentAccess, valueOf, wire, type Access } from '@isu/chassis';
import { AccountNumber } from '@isu/values';
import { IsInt, Max, Min } from 'class-validator';
import type { Request } from 'express';
import { whatItChanged, whatItChangedAnswer, type WhatItChanged } from '../incomes/what-it-changed.js';
import { ExOfficioService } from './ex-officio.service.js';

class ExOfficioRequest {
  /** The civil year whose income was not declared. */
  @IsInt() @Min(2008) @Max(2100) year!: number;
}

@Controller('accounts')
export class ExOfficioController {
  constructor(
    @Inject(ExOfficioService) private readonly exOfficio: ExOfficioService,
    @Inject(Creations) private readonly creations: Creations,
  ) {}

  /** Taxes ex officio a year whose income was not declared in time. Refused while a declaration may be on its way (S7). */
  @Post(':account/ex-officio-assessments')
  @Creates()
  @Answers('La base retenue, son calcul, et ce qu’elle a changé.', wire.record<WhatItChanged>(whatItChangedAnswer))
  @Allowed('ex-officio-assessments.decide', { account: 'param:account' })
  async tax(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() { year }: ExOfficioRequest,
    @CurrentAccess() { correlation }: Access,
  ): Promise<WhatItChanged> {
    return this.creations.creating(request, async (tx) =>
      whatItChanged(await this.exOfficio.tax(tx, account.toString(), { year, correlation })),
    );
  }
}
