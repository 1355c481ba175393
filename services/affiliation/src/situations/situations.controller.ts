import { Body, Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { Allowed, Answers, Creates, Creations, CurrentAccess, LineOfText, ValueOf, valueOf, wire, type Access } from '@isu/chassis';
import { groups, regimes, type Group, type Regime } from '@isu/contracts';
import { AccountNumber, Day, Money } from '@isu/values';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import type { Request } from 'express';
import { nafForm, nafWords } from '../businesses/naf.js';
import { departmentForm, departmentWords } from '../funds/fund.js';
import type { LastIncomes } from '../endings/ending.js';
import type { Collaboration } from '../spouses/collaborations.js';
import { spouseOptionsChosen } from '../spouses/spouses.controller.js';
import { registers, type Register } from './activity.js';
import { states } from './situation.js';
import { SituationsService, type ShownActivity, type ShownSituation } from './situations.service.js';

class SituationQuery {
  /** The day that is asked about; today by default. */
  @IsOptional() @ValueOf(Day) on?: Day;
  /** As known at the end of this day; today by default. */
  @IsOptional() @ValueOf(Day) knownOn?: Day;
}

class SituationChangeRequest {
  /** First day of the change. */
  @ValueOf(Day) from!: Day;
  @IsOptional() @IsIn(groups) group?: Group;
  @IsOptional() @IsIn(regimes) regime?: Regime;
  /** Of the principal residence, within the same caisse. */
  @IsOptional() @Matches(departmentForm, { message: departmentWords }) department?: string;
  @IsOptional() @IsBoolean() pensioner?: boolean;
  @IsOptional() @IsBoolean() otherScheme?: boolean;
  @LineOfText({ min: 3, max: 140 }) reason!: string;
}

class ActivityRequest {
  @LineOfText({ max: 120 }) label!: string;
  @IsOptional() @Matches(nafForm, { message: nafWords }) naf?: string;
  @IsIn(registers) register!: Register;
  @ValueOf(Day) startedOn!: Day;
  @LineOfText({ min: 3, max: 140 }) reason!: string;
}

class EndedActivityRequest {
  @IsInt() @Min(1) @Max(99) activity!: number;
  /** Last day of this activity. */
  @ValueOf(Day) on!: Day;
  @LineOfText({ min: 3, max: 140 }) reason!: string;
}

class ActivityIncome {
  @IsInt() @Min(1) @Max(99) activity!: number;
  /** Euros; negative for a loss. */
  @ValueOf(Money) amount!: Money;
}

class ActivityIncomesRequest {
  @IsInt() @Min(2008) @Max(2100) year!: number;
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(20) @ValidateNested({ each: true }) @Type(() => ActivityIncome) incomes!: ActivityIncome[];
  @LineOfText({ min: 3, max: 140 }) reason!: string;
}

const shownSituation = wire.record<ShownSituation>({
  account: wire.account,
  on: wire.day,
  knownOn: wire.day,
  version: wire.count,
  state: wire.choice(states),
  group: wire.choice(groups),
  regime: wire.choice(regimes),
  fund: wire.fund,
  fundName: wire.text,
  department: wire.text,
  startedOn: wire.day,
  endedOn: wire.orNull(wire.day),
  endCause: wire.orNull(wire.text),
  pensioner: wire.flag,
  otherScheme: wire.flag,
  taxedExOfficio: wire.flag,
  settledOn: wire.orNull(wire.day),
  lastIncomes: wire.orNull(wire.record<LastIncomes>({ incomesOf: wire.listOf(wire.year), incomesBy: wire.day })),
  collaborations: wire.listOf(
    wire.record<Collaboration>({ headAccount: wire.account, from: wire.day, to: wire.orNull(wire.day), options: spouseOptionsChosen }),
  ),
});
const shownActivities = wire.listOf(
  wire.record<ShownActivity>({
    id: wire.count,
    label: wire.orNull(wire.text),
    naf: wire.orNull(wire.text),
    register: wire.choice(registers),
    group: wire.choice(groups),
    startedOn: wire.day,
    endedOn: wire.orNull(wire.day),
    income: wire.orNull(wire.record<{ year: number; amount: string }>({ year: wire.year, amount: wire.euros })),
    main: { ...wire.flag, description: 'Celle qui décide du groupe.' },
  }),
);

@Controller('insured-persons')
export class SituationsController {
  constructor(
    @Inject(SituationsService) private readonly situations: SituationsService,
    @Inject(Creations) private readonly creations: Creations,
  ) {}

  /** Status, group and regime apart, caisse, period of activity, flags: on a day, as known on another. */
  @Get(':account/situation')
  @Answers('La situation ce jour-là, telle qu’on la connaissait.', shownSituation)
  @Allowed('insured-persons.read', { account: 'param:account' })
  async read(
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Query() query: SituationQuery,
    @CurrentAccess() access: Access,
  ): Promise<ShownSituation> {
    return this.situations.read(account, access, query);
  }

  /** Changes the status, the group, the regime, the department or a flag from a day on. */
  @Post(':account/situation-changes')
  @Creates()
  @Answers('La situation, au jour du changement.', shownSituation)
  @Allowed('insured-persons.change', { account: 'param:account' })
  async change(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() body: SituationChangeRequest,
    @CurrentAccess() access: Access,
  ): Promise<ShownSituation> {
    return this.creations.creating(request, (tx) => this.situations.change(tx, account, body, access));
  }

  @Get(':account/activities')
  @Answers('Les activités, et celle qui décide du groupe.', shownActivities)
  @Allowed('insured-persons.read', { account: 'param:account' })
  async activities(
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @CurrentAccess() access: Access,
  ): Promise<ShownActivity[]> {
    return this.situations.activities(account, access);
  }

  /** Another activity of the same person: one affiliation, one account, incomes added. */
  @Post(':account/activities')
  @Creates()
  @Answers('Les activités, et celle qui décide du groupe.', shownActivities)
  @Allowed('insured-persons.change', { account: 'param:account' })
  async startActivity(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() { naf, ...body }: ActivityRequest,
    @CurrentAccess() access: Access,
  ): Promise<ShownActivity[]> {
    return this.creations.creating(request, (tx) => this.situations.startActivity(tx, account, { ...body, naf: naf ?? null }, access));
  }

  /** One of several activities ends; the end of the last one is an end of activity. */
  @Post(':account/activity-ends')
  @Creates()
  @Answers('Les activités, et celle qui décide du groupe.', shownActivities)
  @Allowed('insured-persons.change', { account: 'param:account' })
  async endActivity(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() { activity, on, reason }: EndedActivityRequest,
    @CurrentAccess() access: Access,
  ): Promise<ShownActivity[]> {
    return this.creations.creating(request, (tx) => this.situations.endActivity(tx, account, { id: activity, on, reason }, access));
  }

  /** The incomes of a year by activity, which weigh which one is the main one. */
  @Post(':account/activity-incomes')
  @Creates()
  @Answers('Les activités, et celle qui décide du groupe.', shownActivities)
  @Allowed('insured-persons.change', { account: 'param:account' })
  async weighActivities(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() { year, incomes, reason }: ActivityIncomesRequest,
    @CurrentAccess() access: Access,
  ): Promise<ShownActivity[]> {
    const weighed = incomes.map(({ activity, amount }) => ({ activity, amount: amount.toString() }));
    return this.creations.creating(request, (tx) =>
      this.situations.weighActivities(tx, account, { year, incomes: weighed, reason }, access),
    );
  }
}
