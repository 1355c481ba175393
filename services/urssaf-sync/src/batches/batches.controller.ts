import { Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { Accepts, Allowed, Answers, correlationOf, CurrentAccess, wire, type Access } from '@isu/chassis';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import type { Request, Response } from 'express';
import { outcomes } from '../placing/outcome.js';
import { receiptSchema } from '../receipts/receipt.js';
import { ReceiptsService } from '../receipts/receipts.service.js';
import { BatchesService } from './batches.service.js';
import { receivedKinds, type ReceivedLine } from './received-line.table.js';
import { ReceivedLinesService, type ReceivedLines } from './received-lines.service.js';

class LinesQuery {
  /** Number of the line after which to go on. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(0) @Max(999_999_999) after?: number;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(500) limit?: number;
}

const receivedLines = wire.record<ReceivedLines>({
  businessDate: wire.day,
  items: wire.listOf(
    wire.record<ReceivedLine>({
      ...{ line: wire.count, kind: wire.choice(receivedKinds), reference: wire.text, account: wire.orNull(wire.text) },
      ...{ amount: wire.orNull(wire.euros), outcome: wire.choice(outcomes), reason: wire.orNull(wire.text) },
    }),
  ),
  next: wire.orNull(wire.count),
});

@Controller('flows/:partner/:flow/batches')
export class BatchesController {
  constructor(
    @Inject(BatchesService) private readonly batches: BatchesService,
    @Inject(ReceiptsService) private readonly receipts: ReceiptsService,
    @Inject(ReceivedLinesService) private readonly lines: ReceivedLinesService,
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

  /** A batch that was received, line by line, of the accounts that the asker may see: of whom each tells, and what became of it. */
  @Get(':number/received-lines')
  @Answers('Ce que disent les lignes du lot, et ce qu’elles sont devenues.', receivedLines)
  @Allowed('batch-lines.read')
  async received(
    @Param() key: { partner: string; flow: string; number: string },
    @Query() { after = 0, limit = 100 }: LinesQuery,
    @CurrentAccess() { reach }: Access,
  ): Promise<ReceivedLines> {
    return this.lines.of(key, { reach, after, limit });
  }
}
