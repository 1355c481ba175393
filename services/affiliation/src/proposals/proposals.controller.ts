import { Body, Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import { Allowed, Answers, Creates, Creations, CurrentAccess, LineOfText, ValueOf, valueOf, wire, type Access } from '@isu/chassis';
import { uuidPattern } from '@isu/contracts';
import { AccountNumber, Day } from '@isu/values';
import { IsBoolean, Matches } from 'class-validator';
import type { Request } from 'express';
import { departmentForm, departmentWords } from '../funds/fund.js';
import { proposalKinds, proposalStates, type Proposal } from './proposal.js';
import { ProposalsService } from './proposals.service.js';

class TransferRequest {
  /** Of the new principal residence: it decides the caisse. */
  @Matches(departmentForm, { message: departmentWords }) department!: string;
  @ValueOf(Day) from!: Day;
  @LineOfText({ min: 3, max: 140 }) reason!: string;
}

export class DecisionRequest {
  @Matches(uuidPattern, { message: 'le numéro de la proposition' }) proposal!: string;
  @IsBoolean() accepted!: boolean;
  @LineOfText({ min: 3, max: 140 }) reason!: string;
}

export const shownProposal = wire.record<Proposal>({
  id: wire.uuid,
  account: wire.account,
  kind: wire.choice(proposalKinds),
  content: wire.mapOf(wire.text),
  reason: wire.text,
  proposedAt: wire.instant,
  proposedBy: wire.text,
  state: wire.choice(proposalStates),
  decidedAt: wire.orNull(wire.instant),
  decidedBy: wire.orNull(wire.text),
  decisionReason: wire.orNull(wire.text),
});

@Controller('insured-persons')
export class ProposalsController {
  constructor(
    @Inject(ProposalsService) private readonly proposals: ProposalsService,
    @Inject(Creations) private readonly creations: Creations,
  ) {}

  /** What waits for a second agent, and what was decided. */
  @Get(':account/proposals')
  @Answers('Les propositions, de la plus ancienne à la plus récente.', wire.listOf(shownProposal))
  @Allowed('insured-persons.change', { account: 'param:account' })
  async list(@Param('account', valueOf(AccountNumber)) account: AccountNumber, @CurrentAccess() access: Access): Promise<Proposal[]> {
    return this.proposals.list(account, access);
  }

  /** Proposes a transfer to the caisse of another department; a second agent decides. */
  @Post(':account/transfers')
  @Creates()
  @Answers('La proposition.', shownProposal)
  @Allowed('insured-persons.change', { account: 'param:account' })
  async propose(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() body: TransferRequest,
    @CurrentAccess() access: Access,
  ): Promise<Proposal> {
    return this.creations.creating(request, (tx) => this.proposals.proposeTransfer(tx, account, body, access));
  }

  /** A second agent accepts or refuses: who proposed cannot. */
  @Post(':account/transfer-decisions')
  @Creates()
  @Answers('La proposition décidée.', shownProposal)
  @Allowed('insured-persons.change', { account: 'param:account' })
  async decide(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() body: DecisionRequest,
    @CurrentAccess() access: Access,
  ): Promise<Proposal> {
    return this.creations.creating(request, (tx) => this.proposals.decideTransfer(tx, account, body, access));
  }
}
