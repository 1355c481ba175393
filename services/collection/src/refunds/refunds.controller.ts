import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, Req } from '@nestjs/common';
import { Allowed, Answers, Creates, Creations, CurrentAccess, valueOf, wire, type Access } from '@isu/chassis';
import { accountPattern, uuidPattern } from '@isu/contracts';
import { AccountNumber, type BusinessClock } from '@isu/values';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import type { Request } from 'express';
import { DataSource, type EntityManager } from 'typeorm';
import { findOpenAccount } from '../accounts/account.table.js';
import { businessClock } from '../cash-calendars/cash-calendars.controller.js';
import { refundChoices, type RefundChoice } from './refund.js';
import {
  listedRefund,
  refundsAnswer,
  shownRefund,
  shownRefundOf,
  shownRefunds,
  type RefundsOfAccount,
  type ShownRefund,
} from './refund-answers.js';
import { listRefunds, type ListedRefund } from './refund-list.table.js';
import { refundsOf } from './refund.table.js';
import { RefundsService } from './refunds.service.js';

class ChoiceRequest {
  @IsIn(refundChoices) choice!: RefundChoice;
}

class ApprovalRequest {
  @Matches(uuidPattern, { message: 'le numéro du remboursement' }) refund!: string;
}

class RefundsQuery {
  @IsIn(['to-approve', 'overdue']) kind!: 'to-approve' | 'overdue';
  /** `next` of the page before. */
  @IsOptional() @Matches(accountPattern) after?: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}

interface Page {
  readonly refunds: readonly ListedRefund[];
  readonly next: string | null;
}

@Controller()
export class RefundsController {
  constructor(
    @Inject(RefundsService) private readonly refunds: RefundsService,
    @Inject(Creations) private readonly creations: Creations,
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(businessClock) private readonly clock: BusinessClock,
  ) {}

  /** The credit, what becomes of it and by when (F56), and every refund with its transfer. */
  @Get('accounts/:account/refunds')
  @Answers('Le crédit et les remboursements.', refundsAnswer)
  @Allowed('refunds.read', { account: 'param:account' })
  async read(@Param('account', valueOf(AccountNumber)) number: AccountNumber): Promise<RefundsOfAccount> {
    const { account } = await findOpenAccount(this.db, number);
    return this.db.transaction('REPEATABLE READ', (tx) => this.shown(tx, account));
  }

  /** A refund, or the next due dates, on which the credit then goes at once. The last word stands. */
  @Put('accounts/:account/refund-choice')
  @Answers('Le crédit et les remboursements.', refundsAnswer)
  @Allowed('refunds.choose', { account: 'param:account' })
  async choose(
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() { choice }: ChoiceRequest,
    @CurrentAccess() { subject, correlation }: Access,
  ): Promise<RefundsOfAccount> {
    const number = account.toString();
    return this.db.transaction(async (tx) => {
      await this.refunds.choose(tx, number, { choice, by: subject.sub, correlation });
      return this.shown(tx, number);
    });
  }

  /** Above its threshold two agents sign; the second orders it. */
  @Post('accounts/:account/refund-approvals')
  @Creates()
  @HttpCode(201)
  @Answers('Le remboursement, signé une fois ou ordonné.', shownRefund)
  @Allowed('refunds.approve', { account: 'param:account' })
  async approve(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() { refund }: ApprovalRequest,
    @CurrentAccess() { subject, correlation }: Access,
  ): Promise<ShownRefund> {
    const signing = { refund, by: subject.sub, correlation };
    return this.creations.creating(request, async (tx) => shownRefundOf(await this.refunds.approve(tx, account.toString(), signing)));
  }

  /** What waits for signatures, and what should have left and has not, by account number. */
  @Get('refunds')
  @Answers(
    'Les remboursements à valider, ou en retard.',
    wire.record<Page>({ refunds: wire.listOf(listedRefund), next: wire.orNull(wire.account) }),
  )
  @Allowed('refunds.list')
  async list(@Query() { kind, after = '', limit = 50 }: RefundsQuery, @CurrentAccess() access: Access): Promise<Page> {
    const { reach, subject } = access;
    const funds = reach.kind === 'everything' ? null : reach.kind === 'funds' ? reach.funds : [];
    const found = await listRefunds(this.db.manager, { kind, today: this.clock.today(), funds, by: subject.sub, after, limit: limit + 1 });
    const refunds = found.slice(0, limit);
    await access.showing(refunds.map(({ account }) => account));
    return { refunds, next: found.length > limit ? (refunds.at(-1)?.account ?? null) : null };
  }

  /** Affiliation is not asked for a screen: whether an IBAN is awaited is what the last run found. */
  private async shown(tx: EntityManager, account: string): Promise<RefundsOfAccount> {
    const [known] = await this.refunds.knownByLastRun(tx, [account]);
    if (!known) throw new Error('An account asked of is answered.');
    return shownRefunds({ ...known, choice: known.credit.choice }, await refundsOf(tx, account), this.clock.today());
  }
}
