import { Body, Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import { Allowed, Answers, Creates, Creations, CurrentAccess, LineOfText, ValueOf, valueOf, wire, type Access } from '@isu/chassis';
import { AccountNumber, Nir } from '@isu/values';
import type { Request } from 'express';
import type { Proposal } from '../proposals/proposal.js';
import { DecisionRequest, shownProposal } from '../proposals/proposals.controller.js';
import type { Duplicate } from './merge.table.js';
import { MergesService } from './merges.service.js';

class MergeRequest {
  /** The account that goes on. */
  @ValueOf(AccountNumber) into!: AccountNumber;
  @LineOfText({ min: 3, max: 140 }) reason!: string;
}

class NirRequest {
  @ValueOf(Nir) nir!: Nir;
  @LineOfText({ min: 3, max: 140 }) reason!: string;
}

interface NirStatus {
  readonly account: string;
  readonly nirStatus: 'certified';
}

@Controller()
export class MergesController {
  constructor(
    @Inject(MergesService) private readonly merges: MergesService,
    @Inject(Creations) private readonly creations: Creations,
  ) {}

  /** Pairs of accounts that look like one person's: one call too many, until they are merged. */
  @Get('duplicates')
  @Answers('Les paires de comptes à examiner, cent au plus.', wire.listOf(wire.record<Duplicate>({ accounts: wire.listOf(wire.account), because: wire.choice(['siren', 'name-email']) }))) // prettier-ignore
  @Allowed('duplicates.read')
  async duplicates(@CurrentAccess() access: Access): Promise<Duplicate[]> {
    return this.merges.duplicates(access);
  }

  /** Proposes to withdraw this account for another; a second agent decides. */
  @Post('insured-persons/:account/merges')
  @Creates()
  @Answers('La proposition.', shownProposal)
  @Allowed('insured-persons.merge', { account: 'param:account' })
  async propose(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() body: MergeRequest,
    @CurrentAccess() access: Access,
  ): Promise<Proposal> {
    return this.creations.creating(request, (tx) => this.merges.propose(tx, account, body, access));
  }

  @Post('insured-persons/:account/merge-decisions')
  @Creates()
  @Answers('La proposition décidée.', shownProposal)
  @Allowed('insured-persons.merge', { account: 'param:account' })
  async decide(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() body: DecisionRequest,
    @CurrentAccess() access: Access,
  ): Promise<Proposal> {
    return this.creations.creating(request, (tx) => this.merges.decide(tx, account, body, access));
  }

  /** The national directory has certified the number: it replaces the provisional one. */
  @Post('insured-persons/:account/nir')
  @Creates()
  @Answers('Le numéro est certifié ; l’ancien reste trouvé par la recherche.', wire.record<NirStatus>({ account: wire.account, nirStatus: wire.choice(['certified']) })) // prettier-ignore
  @Allowed('insured-persons.change', { account: 'param:account' })
  async certifyNir(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() body: NirRequest,
    @CurrentAccess() access: Access,
  ): Promise<NirStatus> {
    return this.creations.creating(request, (tx) => this.merges.certifyNir(tx, account, body, access));
  }
}
