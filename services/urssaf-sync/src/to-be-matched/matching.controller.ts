import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { Allowed, Answers, Creates, Creations, CurrentAccess, LineOfText, refuse, ValueOf, wire, type Access } from '@isu/chassis';
import { accountPattern, uuidPattern } from '@isu/contracts';
import { AccountNumber } from '@isu/values';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, Matches } from 'class-validator';
import type { Request } from 'express';
import { DataSource } from 'typeorm';
import { refuse as refuseMatching } from '../refusals.js';
import { likelihoods, type Candidate } from './candidate.js';
import { matchingKinds, type MatchingProposal } from './matching-proposal.table.js';
import { MatchingService, type MatchingFile } from './matching.service.js';
import { waitingFields } from './waiting-money.controller.js';

class MatchingQuery {
  /** Accounts of people of the payer's name, between commas: the name itself stands in no address. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value))
  @IsArray()
  @ArrayMaxSize(20)
  @Matches(accountPattern, { each: true, message: 'des numéros de compte séparés par des virgules' })
  named?: string[];
}

class MatchingRequest {
  @IsIn(matchingKinds) kind!: MatchingProposal['kind'];
  /** Whose it is; not with `send-back`. */
  @IsOptional() @ValueOf(AccountNumber) owner?: AccountNumber;
  @LineOfText({ min: 10, max: 120 }) reason!: string;
}

class MatchingRefusal {
  @LineOfText({ min: 10, max: 120 }) reason!: string;
}

const candidate = wire.record<Candidate>({
  ...{ account: wire.account, likelihood: wire.choice(likelihoods), reasons: wire.listOf(wire.text), instalment: wire.orNull(wire.text) },
});
const proposal = wire.record<MatchingProposal>({
  ...{ id: wire.uuid, kind: wire.choice(matchingKinds), account: wire.orNull(wire.account), reason: wire.text, proposedBy: wire.text },
  ...{ proposedAt: wire.instant, state: wire.choice(['proposed', 'approved', 'refused']), decidedBy: wire.orNull(wire.text) },
  ...{ decidedAt: wire.orNull(wire.instant), decisionReason: wire.orNull(wire.text), fact: wire.orNull(wire.uuid) },
});
const file = wire.record<MatchingFile>({
  ...waitingFields,
  candidates: wire.listOf(candidate),
  elsewhere: wire.mapOf(wire.count),
  isComplete: wire.flag,
  proposals: wire.listOf(proposal),
});

/** Money without an owner, one by one (F81, S2): whom it may be for and why, and what the cell does with it under four eyes. */
@Controller('to-be-matched')
export class MatchingController {
  constructor(
    @Inject(MatchingService) private readonly matching: MatchingService,
    @Inject(Creations) private readonly creations: Creations,
    @Inject(DataSource) private readonly db: DataSource,
  ) {}

  @Get(':id')
  @Answers('L’encaissement, à qui il peut être et pourquoi, ce qui est proposé.', file)
  @Allowed('to-be-matched.settle')
  async read(@Param('id') id: string, @Query() { named = [] }: MatchingQuery, @CurrentAccess() access: Access): Promise<MatchingFile> {
    return this.matching.file(uuidOf(id), access, named);
  }

  @Post(':id/proposals')
  @Creates()
  @HttpCode(201)
  @Answers('L’encaissement, avec la proposition qui attend une seconde personne.', file)
  @Allowed('to-be-matched.settle')
  async propose(
    @Req() request: Request,
    @Param('id') id: string,
    @Body() { kind, owner, reason }: MatchingRequest,
    @CurrentAccess() access: Access,
  ): Promise<MatchingFile> {
    if ((kind === 'attribute') !== (owner !== undefined)) throw refuseMatching('matching-incomplete');
    const asked = { kind, account: owner?.toString() ?? null, reason };
    return this.creations.creating(request, (tx) => this.matching.propose(tx, uuidOf(id), asked, access));
  }

  /** By another person than the proposer. Decided once: a repeat is answered 409. */
  @Post(':id/proposals/:proposal/approval')
  @HttpCode(200)
  @Answers('L’encaissement, identifié ou renvoyé.', file)
  @Allowed('to-be-matched.settle')
  async approve(@Param('id') id: string, @Param('proposal') named: string, @CurrentAccess() access: Access): Promise<MatchingFile> {
    return this.db.transaction((tx) => this.matching.approve(tx, uuidOf(id), uuidOf(named), access));
  }

  @Post(':id/proposals/:proposal/refusal')
  @HttpCode(200)
  @Answers('L’encaissement, toujours à identifier, la proposition refusée.', file)
  @Allowed('to-be-matched.settle')
  async refuse(
    @Param('id') id: string,
    @Param('proposal') named: string,
    @Body() { reason }: MatchingRefusal,
    @CurrentAccess() access: Access,
  ): Promise<MatchingFile> {
    return this.db.transaction((tx) => this.matching.refuse(tx, uuidOf(id), { proposal: uuidOf(named), reason }, access));
  }
}

function uuidOf(id: string): string {
  if (!uuidPattern.test(id)) throw refuse('not-found');
  return id;
}
