import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { Allowed, Answers, Creates, Creations, CurrentAccess, refuse, valueOf, type Access } from '@isu/chassis';
import { instalmentPattern, uuidPattern } from '@isu/contracts';
import { AccountNumber } from '@isu/values';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, Matches } from 'class-validator';
import type { Request } from 'express';
import { DataSource } from 'typeorm';
import { findOpenAccount } from '../accounts/account.table.js';
import { refuse as refusePayment } from '../refusals.js';
import { onlineAnswers, shownOrder, type OnlinePaymentsOfAccount, type ShownOrder } from './online-answers.js';
import { findOnlinePayment, onlinePaymentsOf } from './online-payment.table.js';
import { OnlinePaymentsService, type Preview } from './online-payments.service.js';
import type { PaymentPage } from './payment-page.js';

/** Where a person pays; null where nothing is paid online. */
export const paymentPage = Symbol('payment page');

class ChoiceRequest {
  /** Due dates to pay whole, with what was notified for their lateness; no amount is taken from whoever asks. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(24)
  @ArrayUnique()
  @Matches(instalmentPattern, { each: true, message: 'des échéances telles que 2016-Q2 ou 2016-05' })
  instalments!: string[];
}

@Controller('accounts')
export class OnlinePaymentsController {
  constructor(
    @Inject(OnlinePaymentsService) private readonly service: OnlinePaymentsService,
    @Inject(Creations) private readonly creations: Creations,
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(paymentPage) private readonly page: PaymentPage | null,
  ) {}

  /** What is left of each due date, which may be paid online now and why the others not; and the orders that were made (F34). */
  @Get(':account/online-payments')
  @Answers('Ce qui reste à payer, et les paiements en ligne.', onlineAnswers.list)
  @Allowed('online-payments.read', { account: 'param:account' })
  async list(@Param('account', valueOf(AccountNumber)) number: AccountNumber): Promise<OnlinePaymentsOfAccount> {
    return this.db.transaction('REPEATABLE READ', async (tx) => {
      const account = await findOpenAccount(tx, number);
      const dates = await this.service.dates(tx, account);
      const orders = await onlinePaymentsOf(tx, account.account);
      return { account: account.account, isOffered: this.page !== null, dates, orders: orders.map((one) => shownOrder(one, null)) };
    });
  }

  /** The amount of these due dates, and what it would pay, in the order of the law. Nothing is kept. */
  @Post(':account/online-payments/preview')
  @HttpCode(200)
  @Answers('Ce que le paiement réglerait, dans l’ordre de la loi.', onlineAnswers.preview)
  @Allowed('online-payments.make', { account: 'param:account' })
  async preview(@Param('account', valueOf(AccountNumber)) number: AccountNumber, @Body() { instalments }: ChoiceRequest): Promise<Preview> {
    return this.db.transaction('REPEATABLE READ', async (tx) => this.service.preview(tx, await findOpenAccount(tx, number), instalments));
  }

  /** Makes an order for these due dates, and says at which address it is paid. The same that are under way already: the same order. */
  @Post(':account/online-payments')
  @Creates()
  @Answers('L’ordre, et l’adresse de la page du prestataire.', onlineAnswers.order)
  @Allowed('online-payments.make', { account: 'param:account' })
  async open(
    @Req() request: Request,
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Body() { instalments }: ChoiceRequest,
    @CurrentAccess() { correlation }: Access,
  ): Promise<ShownOrder> {
    const { page } = this;
    if (page === null) throw refusePayment('online-payment-unavailable');
    return this.creations.creating(request, async (tx) =>
      shownOrder(await this.service.open(tx, account.toString(), instalments, correlation), page),
    );
  }

  /** What became of an order: open until the provider has said. While it may be paid, with its address. */
  @Get(':account/online-payments/:order')
  @Answers('L’ordre.', onlineAnswers.order)
  @Allowed('online-payments.read', { account: 'param:account' })
  async read(@Param('account', valueOf(AccountNumber)) account: AccountNumber, @Param('order') order: string): Promise<ShownOrder> {
    const { account: number } = await findOpenAccount(this.db, account);
    const found = uuidPattern.test(order) ? await findOnlinePayment(this.db.manager, number, order) : undefined;
    if (!found) throw refuse('not-found');
    return shownOrder(found, this.page);
  }
}
