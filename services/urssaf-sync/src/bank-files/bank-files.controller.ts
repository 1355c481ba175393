import { Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { Accepts, Allowed, Answers, correlationOf } from '@isu/chassis';
import type { Request, Response } from 'express';
import { receiptSchema } from '../receipts/receipt.js';
import { ReceiptsService } from '../receipts/receipts.service.js';
import { BankFilesService } from './bank-files.service.js';

@Controller('bank-files')
export class BankFilesController {
  constructor(
    @Inject(BankFilesService) private readonly bankFiles: BankFilesService,
    @Inject(ReceiptsService) private readonly receipts: ReceiptsService,
  ) {}

  /** Takes a bank's notice (camt.054), statement (camt.053), both of version 02, 04 or 08, or report on our orders (pain.002). The same file again gets the same receipt. */
  @Post()
  @Answers('Le reçu, signé par `Isu-Signature`.', receiptSchema)
  @Accepts('application/xml')
  @Allowed('bank-files.submit')
  async submit(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.receipts.answer(response.status(201), await this.bankFiles.receive(request, correlationOf(request)));
  }
}
