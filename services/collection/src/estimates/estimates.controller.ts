import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Req } from '@nestjs/common';
import type { UnderEstimate } from '@isu/calc';
import { Allowed, Answers, Creates, Creations, CurrentAccess, LineOfText, ValueOf, valueOf, type Access } from '@isu/chassis';
import { AccountNumber, Money } from '@isu/values';
import { IsBoolean, IsIn, IsInt, Max, Min } from 'class-validator';
import type { Request } from 'express';
import { DataSource } from 'typeorm';
import { findOpenAccount } from '../accounts/account.table.js';
import { incomesOf, type ShownIncome } from '../incomes/income.table.js';
import { yearInAddress } from '../year-in-address.js';
import { estimateAnswers } from './estimate-answers.js';
import type { EstimatePreview } from './estimate.js';
import { EstimatesService, type MadeEstimate } from './estimates.service.js';
import type { UnderEstimateDecision } from './under-estimate.js';
import { decisionsOf } from './under-estimate.table.js';
import { UnderEstimatesService } from './under-estimates.service.js';

const sources = ['portal', 'agent'] as const;

class EstimateRequest {
  /** The current year. */
  @IsInt() @Min(2008) @Max(2100) year!: number;
  /** Euros; negative for a loss. */
  @ValueOf(Money) amount!: Money;
}

class MakeEstimateRequest extends EstimateRequest {
  @IsIn(sources) source!: (typeof sources)[number];
}

class SurchargeRequest {
  /** False: the person's papers justified the estimate. */
  @IsBoolean() applies!: boolean;
  @LineOfText({ max: 200, min: 3 }) reason!: string;
}

export interface EstimatesOfAccount {
  readonly account: string;
  /** The latest last; at most one of a year is in force, until its income is declared. */
  readonly estimates: readonly ShownIncome[];
  /** By year whose income came out more than a third above its estimate. */
  readonly underEstimates: readonly {
    readonly year: number;
    readonly surcharge: UnderEstimate;
    readonly decision: UnderEstimateDecision | null;
  }[];
}

@Controller('accounts')
export class EstimatesController {
  constructor(
    @Inject(EstimatesService) private readonly estimates: EstimatesService,
    @Inject(UnderEstimatesService) private readonly underEstimates: UnderEstimatesService,
    @Inject(Creations) private readonly creations: Creations,
    @Inject(DataSource) private readonly db: DataSource,
  ) {}

  /** Calls the current year's contributions on the income that the person expects; a receipt goes out by e-mail. */
  @Post(':account/estimates')
  @Creates()
  @Answers('L’estimation est enregistrée : ce qu’elle a changé, échéance par échéance.', estimateAnswers.made)
  @Allowed('estimates.make', { account: 'param:account' })
  async make(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() said: MakeEstimateRequest,
    @CurrentAccess() { correlation }: Access,
  ): Promise<MadeEstimate> {
    return this.creations.creating(request, (tx) => this.estimates.make(tx, account.toString(), { ...said }, { cause: null, correlation }));
  }

  /** What the same estimate would change if it were made now. Nothing is kept. */
  @Post(':account/estimates/preview')
  @HttpCode(200)
  @Answers('Ce que l’estimation changerait, échéance par échéance, avec le calcul de l’année.', estimateAnswers.preview)
  @Allowed('estimates.make', { account: 'param:account' })
  async preview(
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() { year, amount }: EstimateRequest,
  ): Promise<EstimatePreview> {
    return this.estimates.preview(account, { year, amount, source: 'portal' });
  }

  /** Every estimate, and of those that were too low the surcharge that the law gives, with what an agent decided of it. */
  @Get(':account/estimates')
  @Answers('Les estimations.', estimateAnswers.list)
  @Allowed('estimates.read', { account: 'param:account' })
  async list(@Param('account', valueOf(AccountNumber)) number: AccountNumber): Promise<EstimatesOfAccount> {
    const account = await findOpenAccount(this.db, number);
    const estimates = (await incomesOf(this.db, account.account)).filter(({ kind }) => kind === 'estimated');
    const decisions = new Map((await decisionsOf(this.db, account.account)).map((decision) => [decision.year, decision]));
    const underEstimates: EstimatesOfAccount['underEstimates'][number][] = [];
    for (const year of new Set(estimates.map((estimate) => estimate.year))) {
      const surcharge = await this.underEstimates.surchargeOf(this.db, account, year);
      if (surcharge) underEstimates.push({ year, surcharge, decision: decisions.get(year) ?? null });
    }
    return { account: account.account, estimates, underEstimates };
  }

  /** Applies the surcharge for an estimate too low, or decides that it is not applied. Decided again, the last decision counts. */
  @Put(':account/estimates/:year/surcharge')
  @Answers('La décision, et la ligne qu’elle ajoute à l’année.', estimateAnswers.decision)
  @Allowed('estimates.decide-surcharge', { account: 'param:account' })
  async decide(
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Param('year', yearInAddress) year: number,
    @Body() { applies, reason }: SurchargeRequest,
    @CurrentAccess() { correlation, subject }: Access,
  ): Promise<UnderEstimateDecision> {
    const decided = { year, applies, reason, decidedBy: subject.sub, correlation };
    return this.db.transaction((tx) => this.underEstimates.decide(tx, account.toString(), decided));
  }
}
