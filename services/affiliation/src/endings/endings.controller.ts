import { Body, Controller, Inject, Param, Post, Req } from '@nestjs/common';
import { Allowed, Answers, Creates, Creations, CurrentAccess, LineOfText, ValueOf, valueOf, wire, type Access } from '@isu/chassis';
import { regimes, type Regime } from '@isu/contracts';
import { AccountNumber, Day } from '@isu/values';
import { IsIn, Matches } from 'class-validator';
import type { Request } from 'express';
import { departmentForm, departmentWords } from '../funds/fund.js';
import type { PersonCard } from '../insured-persons/insured-person.js';
import { personCard } from '../insured-persons/insured-persons.controller.js';
import { registers, type Register } from '../situations/activity.js';
import { endCauses, type EndCause, type EndOfActivity } from './ending.js';
import { EndingsService } from './endings.service.js';

class EndRequest {
  /** Last day of activity; of a company, the day of its dissolution. */
  @ValueOf(Day) on!: Day;
  @IsIn(endCauses) cause!: EndCause;
  @LineOfText({ min: 3, max: 140 }) reason!: string;
}

class ReopeningRequest {
  @ValueOf(Day) startedOn!: Day;
  @IsIn(registers) register!: Register;
  @IsIn(regimes) regime!: Regime;
  @Matches(departmentForm, { message: departmentWords }) department!: string;
  @LineOfText({ max: 120 }) activity!: string;
  @LineOfText({ min: 3, max: 140 }) reason!: string;
}

const endOfActivity = wire.record<EndOfActivity>({
  account: wire.account,
  declaredOn: wire.day,
  on: wire.day,
  cause: wire.text,
  nothingDue: wire.flag,
  late: wire.flag,
  struckOffBy: wire.day,
  incomesOf: wire.listOf(wire.year),
  incomesBy: wire.day,
});

@Controller('insured-persons')
export class EndingsController {
  constructor(
    @Inject(EndingsService) private readonly endings: EndingsService,
    @Inject(Creations) private readonly creations: Creations,
  ) {}

  /** Declares the end of the activity: the day of effect, and what is to be declared next, by when. */
  @Post(':account/end-of-activity')
  @Creates()
  @Answers('La fin d’activité, et ce qui suit.', endOfActivity)
  @Allowed('insured-persons.request', { account: 'param:account' })
  async end(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() body: EndRequest,
    @CurrentAccess() access: Access,
  ): Promise<EndOfActivity> {
    return this.creations.creating(request, (tx) => this.endings.end(tx, account, body, access));
  }

  /** A new start after an end: another period of activity on the same account. */
  @Post(':account/reopenings')
  @Creates()
  @Answers('La carte de la personne.', personCard)
  @Allowed('insured-persons.change', { account: 'param:account' })
  async reopen(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() body: ReopeningRequest,
    @CurrentAccess() access: Access,
  ): Promise<PersonCard> {
    return this.creations.creating(request, (tx) => this.endings.reopen(tx, account, body, access));
  }
}
