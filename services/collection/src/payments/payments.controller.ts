import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { Allowed, Answers, ValueOf, valueOf, wire } from '@isu/chassis';
import { means } from '@isu/contracts';
import { AccountNumber, Day } from '@isu/values';
import { IsOptional } from 'class-validator';
import { DataSource } from 'typeorm';
import { findOpenAccount } from '../accounts/account.table.js';
import type { PlacedPart } from './allocation.js';
import type { Payment } from './payment.js';
import { paymentsOf } from './payment.table.js';

class PaymentsQuery {
  /** First value date; default: the first there is. */
  @IsOptional() @ValueOf(Day) from?: Day;
  /** Last value date; default: the last there is. */
  @IsOptional() @ValueOf(Day) to?: Day;
}

const payment = wire.record<ReturnType<typeof shown>>({
  paymentId: wire.uuid,
  account: wire.account,
  partner: wire.text,
  reference: wire.text,
  amount: wire.euros,
  valueOn: wire.day,
  means: wire.choice(means),
  allocations: wire.listOf(wire.record<PlacedPart>({ instalment: wire.text, year: wire.year, code: wire.text, amount: wire.euros })),
  credit: { ...wire.euros, description: 'Ce qu’aucune dette n’a pris ; négatif : remboursé, puis repris par la banque du payeur.' },
  refunded: wire.euros,
  accountingDay: wire.day,
  reversedOn: wire.orNull(wire.day),
  reversalReason: wire.orNull(wire.text),
  movedFrom: wire.orNull(wire.uuid),
});

@Controller('accounts')
export class PaymentsController {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /** Money received over a period: when, how, and which debts it paid to the cent (F31). */
  @Get(':account/payments')
  @Answers('Les paiements reçus.', wire.record<{ payments: unknown }>({ payments: wire.listOf(payment) }))
  @Allowed('payments.read', { account: 'param:account' })
  async list(@Param('account', valueOf(AccountNumber)) account: AccountNumber, @Query() { from, to }: PaymentsQuery) {
    const { account: number } = await findOpenAccount(this.db, account);
    const payments = await paymentsOf(this.db, { account: number, from, to });
    return { payments: payments.map(shown) };
  }
}

const shown = ({ placings: _, ...payment }: Payment) => payment;
