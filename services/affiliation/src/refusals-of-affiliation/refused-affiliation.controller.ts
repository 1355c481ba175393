import { Body, Controller, Inject, Param, Post, Req } from '@nestjs/common';
import { Allowed, Answers, Creates, Creations, CurrentAccess, LineOfText, valueOf, wire, type Access } from '@isu/chassis';
import { AccountNumber } from '@isu/values';
import type { Request } from 'express';
import { RefusedAffiliations } from './refused-affiliations.js';
import type { ReplyToRefusal } from './refused-affiliation.js';

class RefusedAffiliationRequest {
  /** Why, in the person's words. */
  @LineOfText({ min: 3, max: 140 }) reason!: string;
}

const reply = wire.record<ReplyToRefusal>({
  account: wire.account,
  receivedOn: wire.day,
  accountStays: wire.flag,
  reply: wire.text,
  sources: wire.listOf(wire.record<ReplyToRefusal['sources'][number]>({ reference: wire.text, says: wire.text })),
});

@Controller('insured-persons')
export class RefusedAffiliationController {
  constructor(
    @Inject(RefusedAffiliations) private readonly refused: RefusedAffiliations,
    @Inject(Creations) private readonly creations: Creations,
  ) {}

  /** Somebody refuses to be affiliated: a reasoned reply, and nothing changes. */
  @Post(':account/affiliation-refusals')
  @Creates()
  @Answers('La réponse motivée ; le compte demeure.', reply)
  @Allowed('insured-persons.request', { account: 'param:account' })
  async answer(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() { reason }: RefusedAffiliationRequest,
    @CurrentAccess() access: Access,
  ): Promise<ReplyToRefusal> {
    return this.creations.creating(request, (tx) => this.refused.answer(tx, account, reason, access));
  }
}
