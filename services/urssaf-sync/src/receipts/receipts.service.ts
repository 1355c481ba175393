import type { ServiceContext } from '@isu/chassis';
import type { Response } from 'express';
import { findBatch } from '../batches/batch.table.js';
import { refuse } from '../refusals.js';
import type { ReceiptSigner } from './receipt.js';
import { headsOf } from './receipt-heads.js';

/** Gives receipts, always the same bytes for the same file. */
export class ReceiptsService {
  constructor(
    private readonly context: Pick<ServiceContext, 'db'>,
    private readonly signer: ReceiptSigner,
  ) {}

  async of({ partner, flow, number }: { partner: string; flow: string; number: string }): Promise<string> {
    const batch = /^[1-9]\d{0,8}$/.test(number)
      ? await findBatch(this.context.db.manager, { partner, flow, number: Number(number) })
      : undefined;
    if (!batch) throw refuse('unknown-batch');
    if (batch.receipt === null) throw refuse('batch-being-placed');
    return batch.receipt;
  }

  /** Each signature is over the bytes that it stands beside: the body, and the heads of our journals as of its settlement. */
  async answer(response: Response, receipt: string): Promise<void> {
    const heads = await headsOf(this.context.db.manager, receipt);
    if (heads !== null) response.setHeader('isu-journal-heads', heads).setHeader('isu-journal-signature', this.signer.sign(heads));
    response.setHeader('isu-signature', this.signer.sign(receipt)).type('application/json').send(receipt);
  }
}
