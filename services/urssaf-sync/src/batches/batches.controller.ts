import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { Accepts, Allowed, Answers, correlationOf } from '@isu/chassis';
import type { Request, Response } from 'express';
import { receiptSchema } from '../receipts/receipt.js';
import { ReceiptsService } from '../receipts/receipts.service.js';
import { BatchesService } from './batches.service.js';

@Controller('flows/:partner/:flow/batches')
export class BatchesController {
  constructor(
    @Inject(BatchesService) private readonly batches: BatchesService,
    @Inject(ReceiptsService) private readonly receipts: ReceiptsService,
  ) {}

  /**
   * Takes a batch (docs/partner-exchange.md): the body is the file, `Isu-Signature` its signature. Answers the signed receipt once each line has
   * its outcome; the same batch again gets the same bytes. No Idempotency-Key: a batch is its own, by its number and its digest.
   */
  @Post()
  @Answers('Le reçu, signé par `Isu-Signature` ; le même lot a le même reçu, octet pour octet.', receiptSchema)
  @Accepts('application/x-ndjson')
  @Allowed('batches.submit', { partner: 'param:partner' })
  async submit(
    @Param('partner') partner: string,
    @Param('flow') flow: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const signature = request.headers['isu-signature'];
    const receipt = await this.batches.receive({
      partner,
      flow,
      bytes: request,
      signature: typeof signature === 'string' ? signature : null,
      correlation: correlationOf(request),
    });
    await this.receipts.answer(response.status(201), receipt);
  }

  @Get(':number/receipt')
  @Answers('Le reçu, signé par `Isu-Signature`.', receiptSchema)
  @Allowed('batches.receipt', { partner: 'param:partner' })
  async receipt(
    @Param('partner') partner: string,
    @Param('flow') flow: string,
    @Param('number') number: string,
    @Res() response: Response,
  ): Promise<void> {
    await this.receipts.answer(response, await this.receipts.of({ partner, flow, number }));
  }
}
