import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { Accepts, Allowed, Answers, correlationOf, CurrentAccess, wire, type Access } from '@isu/chassis';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import type { Request, Response } from 'express';
import { refuse } from '../refusals.js';
import { longestReceiptBytes } from './acknowledgement.js';
import { Acknowledgements, type AcknowledgedBatch } from './acknowledgements.js';
import { numberOf, OutgoingService, type ShownBatch } from './outgoing.service.js';
import { sentOutcomes, type SentLine } from './sent-line.table.js';

class PageQuery {
  /** Number of the batch, or of the line, after which to go on. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(0) @Max(999_999_999) after?: number;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(500) limit?: number;
}

const acknowledgedBatch = { partner: wire.text, flow: wire.text, number: wire.count, digest: wire.digest };
const shownBatch = wire.record<ShownBatch>({
  ...acknowledgedBatch,
  ...{ businessDate: wire.day, count: wire.count, total: wire.euros, acknowledgedAt: wire.orNull(wire.instant) },
  ...{ accepted: wire.orNull(wire.count), refused: wire.orNull(wire.count), lateSince: wire.orNull(wire.day) },
  lastProblem: wire.orNull(wire.text),
  isLost: wire.flag,
});
const sentLine = wire.record<SentLine>({
  ...{ line: wire.count, account: wire.account, tells: wire.text, outcome: wire.choice(sentOutcomes) },
  ...{ reason: wire.orNull(wire.text), toldAgainIn: wire.orNull(wire.count) },
});
const opened = wire.record<{ batch: unknown; items: unknown; next: unknown }>({
  ...{ batch: shownBatch, items: wire.listOf(sentLine), next: wire.orNull(wire.count) },
});
const list = wire.record<{ items: unknown; next: unknown }>({ items: wire.listOf(shownBatch), next: wire.orNull(wire.count) });

@Controller('flows/:partner/:flow/batches')
export class OutgoingController {
  constructor(
    @Inject(OutgoingService) private readonly outgoing: OutgoingService,
    @Inject(Acknowledgements) private readonly acknowledgements: Acknowledgements,
  ) {}

  /** The batches of a flow of ours, by number, each with what its partner acknowledged of it. */
  @Get()
  @Answers('Les lots que nous envoyons, et ce que le partenaire en a pris.', list)
  @Allowed('batches.read', { partner: 'param:partner' })
  async list(
    @Param('partner') partner: string,
    @Param('flow') flow: string,
    @Query() { after = 0, limit = 100 }: PageQuery,
  ): Promise<{ items: readonly ShownBatch[]; next: number | null }> {
    return this.outgoing.list({ partner, flow }, { after, limit });
  }

  /** One of them, byte for byte as it was signed, whenever it is asked for. */
  @Get(':number')
  @Answers('Le lot (NDJSON), signé par `Isu-Signature` sur sa dernière ligne.', wire.text, 'application/x-ndjson')
  @Allowed('batches.collect', { partner: 'param:partner' })
  async content(
    @Param('partner') partner: string,
    @Param('flow') flow: string,
    @Param('number') number: string,
    @Res() response: Response,
  ): Promise<void> {
    const { batch, bytes } = await this.outgoing.contentOf({ partner, flow, number });
    response.setHeader('isu-signature', batch.signature).setHeader('content-type', 'application/x-ndjson');
    // Who goes away in the middle asks again.
    await pipeline(Readable.from(bytes), response).catch(() => response.destroy());
  }

  /** One of them, line by line, of the accounts that the asker may see: of whom each tells, and what the partner made of it. */
  @Get(':number/lines')
  @Answers('Le lot, et ce que le partenaire a fait de chaque ligne.', opened)
  @Allowed('batch-lines.read')
  async lines(
    @Param() key: { partner: string; flow: string; number: string },
    @Query() { after = 0, limit = 100 }: PageQuery,
    @CurrentAccess() { reach }: Access,
  ): Promise<{ batch: ShownBatch; items: readonly SentLine[]; next: number | null }> {
    return this.outgoing.linesOf(key, { reach, after, limit });
  }

  /** Sent again at once, the same bytes. It creates nothing: asked twice, it is the same batch, which the partner knows by its number. */
  @Post(':number/sendings')
  @HttpCode(200)
  @Answers('Le lot, renvoyé.', shownBatch)
  @Allowed('batches.resend', { partner: 'param:partner' })
  async sendAgain(
    @Param() key: { partner: string; flow: string; number: string },
    @CurrentAccess() { correlation }: Access,
  ): Promise<ShownBatch> {
    return this.outgoing.sendAgain(key, correlation);
  }

  /**
   * The partner's receipt of a batch of ours (docs/partner-exchange.md, section 8): the same document as our receipts, signed with the partner's
   * key over all its bytes. The first one stands, the same again is answered alike. No Idempotency-Key: a receipt is its own.
   */
  @Post(':number/acknowledgement')
  @Answers(
    'Le reçu du partenaire est retenu : lignes prises, lignes refusées.',
    wire.record<AcknowledgedBatch>({ ...acknowledgedBatch, accepted: wire.count, refused: wire.count }),
  )
  @Accepts('application/vnd.isu.receipt+json')
  @Allowed('batches.acknowledge', { partner: 'param:partner' })
  async acknowledge(
    @Param('partner') partner: string,
    @Param('flow') flow: string,
    @Param('number') number: string,
    @Req() request: Request,
  ): Promise<AcknowledgedBatch> {
    this.outgoing.mustBeOurs({ partner, flow });
    const signature = request.headers['isu-signature'];
    return this.acknowledgements.receive({
      ...{ partner, flow, number: numberOf(number), bytes: await bytesOf(request) },
      signature: typeof signature === 'string' ? signature : null,
      correlation: correlationOf(request),
    });
  }
}

async function bytesOf(request: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size <= longestReceiptBytes) parts.push(part);
  }
  if (size > longestReceiptBytes) throw refuse('acknowledgement-too-long');
  return Buffer.concat(parts);
}
