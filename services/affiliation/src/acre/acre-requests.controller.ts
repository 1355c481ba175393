import { Body, Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import { Allowed, Answers, Creates, Creations, CurrentAccess, LineOfText, valueOf, wire, type Access } from '@isu/chassis';
import { AccountNumber } from '@isu/values';
import { IsBoolean } from 'class-validator';
import type { Request } from 'express';
import type { AcreRequest } from './acre-request.js';
import { AcreRequestsService } from './acre-requests.service.js';

class AcreRequestRequest {
  /** Whether every document is there: an incomplete file has no receipt, and starts no delay. */
  @IsBoolean() complete!: boolean;
}

class AcreDecisionRequest {
  @IsBoolean() granted!: boolean;
  @LineOfText({ min: 3, max: 140 }) reason!: string;
}

const acreRequest = wire.record<AcreRequest>({
  account: wire.account,
  startedOn: wire.day,
  requestedOn: wire.day,
  decideBy: wire.day,
  decision: wire.orNull(wire.choice(['granted', 'refused'])),
  decidedOn: wire.orNull(wire.day),
  bySilence: wire.flag,
  reason: wire.orNull(wire.text),
});

@Controller('insured-persons')
export class AcreRequestsController {
  constructor(
    @Inject(AcreRequestsService) private readonly requests: AcreRequestsService,
    @Inject(Creations) private readonly creations: Creations,
  ) {}

  @Get(':account/acre-requests')
  @Answers('Les demandes d’ACCRE.', wire.listOf(acreRequest))
  @Allowed('insured-persons.read', { account: 'param:account' })
  async list(@Param('account', valueOf(AccountNumber)) account: AccountNumber, @CurrentAccess() access: Access): Promise<AcreRequest[]> {
    return this.requests.list(account, access);
  }

  /** Asks for the exemption of business creators, within forty-five days of the start. */
  @Post(':account/acre-requests')
  @Creates()
  @Answers('Le récépissé : la décision est due dans le mois, le silence vaut acceptation.', acreRequest)
  @Allowed('insured-persons.request', { account: 'param:account' })
  async request(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() { complete }: AcreRequestRequest,
    @CurrentAccess() access: Access,
  ): Promise<AcreRequest> {
    return this.creations.creating(request, (tx) => this.requests.request(tx, account, complete, access));
  }

  /** Urssaf decides. */
  @Post(':account/acre-decisions')
  @Creates()
  @Answers('La demande décidée.', acreRequest)
  @Allowed('acre-requests.decide', { account: 'param:account' })
  async decide(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() body: AcreDecisionRequest,
    @CurrentAccess() access: Access,
  ): Promise<AcreRequest> {
    return this.creations.creating(request, (tx) => this.requests.decide(tx, account, body, access));
  }
}
