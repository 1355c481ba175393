import { Body, Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import { Allowed, Answers, Creates, Creations, CurrentAccess, LineOfText, ValueOf, valueOf, wire, type Access } from '@isu/chassis';
import { spouseOptions, type SpouseOption } from '@isu/contracts';
import { AccountNumber, Day } from '@isu/values';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import type { Request } from 'express';
import { bonds, type Spouse } from './spouse.js';
import { SpousesService } from './spouses.service.js';

class SpouseRequest {
  /** The spouse's own account: they are registered first. */
  @ValueOf(AccountNumber) spouseAccount!: AccountNumber;
  @IsIn(bonds) bond!: (typeof bonds)[number];
  /** Employees of the business. */
  @IsInt() @Min(0) @Max(100_000) employees!: number;
  @ValueOf(Day) from!: Day;
  /** A third of the PASS when none is chosen. */
  @IsOptional() @IsIn(spouseOptions) option?: SpouseOption;
  @LineOfText({ min: 3, max: 140 }) reason!: string;
}

class OptionRequest {
  @IsIn(spouseOptions) option!: SpouseOption;
  @LineOfText({ min: 3, max: 140 }) reason!: string;
}

class SpouseEndRequest {
  @ValueOf(Day) on!: Day;
  @LineOfText({ min: 3, max: 140 }) reason!: string;
}

/** The bases chosen for a spouse, each from its day on. */
export const spouseOptionsChosen = wire.listOf(
  wire.record<Spouse['options'][number]>({ option: wire.choice(spouseOptions), from: wire.day }),
);
const shownSpouses = wire.listOf(
  wire.record<Spouse>({
    spouseAccount: wire.account,
    from: wire.day,
    to: wire.orNull(wire.day),
    options: spouseOptionsChosen,
  }),
);

@Controller('insured-persons')
export class SpousesController {
  constructor(
    @Inject(SpousesService) private readonly spouses: SpousesService,
    @Inject(Creations) private readonly creations: Creations,
  ) {}

  @Get(':account/spouses')
  @Answers('Les conjoints collaborateurs et leurs options d’assiette.', shownSpouses)
  @Allowed('insured-persons.read', { account: 'param:account' })
  async list(@Param('account', valueOf(AccountNumber)) account: AccountNumber, @CurrentAccess() access: Access): Promise<Spouse[]> {
    return this.spouses.list(account, access);
  }

  /** A collaborating spouse enters the business. */
  @Post(':account/spouses')
  @Creates()
  @Answers('Les conjoints collaborateurs et leurs options d’assiette.', shownSpouses)
  @Allowed('insured-persons.change', { account: 'param:account' })
  async link(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() { spouseAccount, option, ...body }: SpouseRequest,
    @CurrentAccess() access: Access,
  ): Promise<Spouse[]> {
    const demand = { ...body, spouseAccount: spouseAccount.toString(), option: option ?? null };
    return this.creations.creating(request, (tx) => this.spouses.link(tx, account, demand, access));
  }

  /** Chooses what the spouse's pensions bear on (CSS, art. D. 633-19-2). */
  @Post(':account/spouse-options')
  @Creates()
  @Answers('Les conjoints collaborateurs et leurs options d’assiette.', shownSpouses)
  @Allowed('insured-persons.request', { account: 'param:account' })
  async choose(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() body: OptionRequest,
    @CurrentAccess() access: Access,
  ): Promise<Spouse[]> {
    return this.creations.creating(request, (tx) => this.spouses.choose(tx, account, body, access));
  }

  @Post(':account/spouse-ends')
  @Creates()
  @Answers('Les conjoints collaborateurs et leurs options d’assiette.', shownSpouses)
  @Allowed('insured-persons.change', { account: 'param:account' })
  async end(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() body: SpouseEndRequest,
    @CurrentAccess() access: Access,
  ): Promise<Spouse[]> {
    return this.creations.creating(request, (tx) => this.spouses.end(tx, account, body, access));
  }
}
