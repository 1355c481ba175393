import { Body, Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import { Allowed, Answers, Creates, Creations, CurrentAccess, LineOfText, ValueOf, valueOf, wire, type Access } from '@isu/chassis';
import { uuidPattern } from '@isu/contracts';
import { AccountNumber, Day } from '@isu/values';
import { IsIn, Matches } from 'class-validator';
import type { Request } from 'express';
import { dependantReasons, type DependantReason } from './household.js';
import { HouseholdService, type Dependant, type DependantLink } from './household.service.js';

class DependantRequest {
  @LineOfText({ max: 80 }) familyName!: string;
  @LineOfText({ max: 120 }) givenNames!: string;
  @ValueOf(Day) birthDate!: Day;
  @IsIn(dependantReasons) reason!: DependantReason;
  @ValueOf(Day) from!: Day;
}

class DependantEndRequest {
  @Matches(uuidPattern, { message: 'le numéro d’un ayant droit' }) dependant!: string;
  @ValueOf(Day) on!: Day;
  @LineOfText({ min: 3, max: 140 }) reason!: string;
}

const link = { id: wire.uuid, reason: wire.choice(dependantReasons), from: wire.day, until: wire.day };
const dependantLink = wire.record<DependantLink>(link);
const dependant = wire.record<Dependant>({ ...link, familyName: wire.text, givenNames: wire.text, birthDate: wire.day });

@Controller('insured-persons')
export class HouseholdController {
  constructor(
    @Inject(HouseholdService) private readonly household: HouseholdService,
    @Inject(Creations) private readonly creations: Creations,
  ) {}

  @Get(':account/household')
  @Answers('Les ayants droit, avec le motif et la fin de leur rattachement.', wire.listOf(dependant))
  @Allowed('insured-persons.read-identity', { account: 'param:account' })
  async list(@Param('account', valueOf(AccountNumber)) account: AccountNumber, @CurrentAccess() access: Access): Promise<Dependant[]> {
    return this.household.list(account, access);
  }

  @Post(':account/dependants')
  @Creates()
  @Answers('Le rattachement.', dependantLink)
  @Allowed('insured-persons.request', { account: 'param:account' })
  async add(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() body: DependantRequest,
    @CurrentAccess() access: Access,
  ): Promise<DependantLink> {
    return this.creations.creating(request, (tx) => this.household.add(tx, account, body, access));
  }

  @Post(':account/dependant-ends')
  @Creates()
  @Answers('Le rattachement, avec sa fin.', dependantLink)
  @Allowed('insured-persons.request', { account: 'param:account' })
  async end(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() body: DependantEndRequest,
    @CurrentAccess() access: Access,
  ): Promise<DependantLink> {
    return this.creations.creating(request, (tx) => this.household.end(tx, account, body, access));
  }
}
