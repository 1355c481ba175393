import { Controller, Get, Inject, Param, StreamableFile } from '@nestjs/common';
import { Allowed, Answers, CurrentAccess, refuse, renderPdf, valueOf, wire, type Access } from '@isu/chassis';
import { means, uuidPattern } from '@isu/contracts';
import { heldFacts } from '@isu/messaging';
import { AccountNumber } from '@isu/values';
import { DataSource } from 'typeorm';
import { findOpenAccount } from '../accounts/account.table.js';
import { Addressees } from '../notices/addressees.js';
import { receiptDocument } from './receipt-document.js';
import { receiptOf, type Receipt, type ReceiptPart } from './receipt.js';

const part = wire.record<ReceiptPart>({
  ...{ instalment: wire.text, dueOn: wire.orNull(wire.day), reference: wire.text, year: wire.year, code: wire.text },
  amount: wire.euros,
});
const receipt = wire.record<Receipt>({
  ...{ number: wire.text, paymentId: wire.uuid, account: wire.account, receivedOn: wire.day, postedOn: wire.day, amount: wire.euros },
  ...{ means: wire.choice(means), partnerReference: wire.orNull(wire.text), parts: wire.listOf(part) },
  ...{ credit: wire.euros, refunded: wire.euros },
  reversed: wire.orNull(wire.record<NonNullable<Receipt['reversed']>>({ on: wire.day, reason: wire.text })),
});

@Controller('accounts')
export class ReceiptsController {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Addressees) private readonly addressees: Addressees,
  ) {}

  /** The receipt of a payment: number, date received, amount, means, and what it paid to the cent. */
  @Get(':account/payments/:payment/receipt')
  @Answers('Le reçu.', receipt)
  @Allowed('payments.read', { account: 'param:account' })
  async read(@Param('account', valueOf(AccountNumber)) account: AccountNumber, @Param('payment') payment: string): Promise<Receipt> {
    const { account: number } = await findOpenAccount(this.db, account);
    const found = uuidPattern.test(payment) ? receiptOf(await heldFacts(this.db, number), payment) : undefined;
    if (!found) throw refuse('not-found');
    return found;
  }

  /** The same as it is printed; the name is asked of affiliation at this moment, and kept nowhere. */
  @Get(':account/payments/:payment/receipt/pdf')
  @Answers('Le reçu, imprimé.', { type: 'string', format: 'binary' }, 'application/pdf')
  @Allowed('payments.read', { account: 'param:account' })
  async print(
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Param('payment') payment: string,
    @CurrentAccess() access: Access,
  ): Promise<StreamableFile> {
    const found = await this.read(account, payment);
    const document = receiptDocument(found, await this.addressees.of(account, access));
    const disposition = `inline; filename="recu-${found.number}.pdf"`;
    return new StreamableFile(await renderPdf(document), { type: 'application/pdf', disposition });
  }
}
