import { Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { Accepts, Answers, Public, unreadableBody, wire } from '@isu/chassis';
import type { Request } from 'express';
import { refuse } from '../refusals.js';
import { statementOutcomes, type StatementOutcome } from './online-order.table.js';
import { OnlinePaymentsService } from './online-payments.service.js';

const longest = 16 * 1024;

const heard = wire.record<{ statement: string; outcome: StatementOutcome }>({
  statement: wire.uuid,
  outcome: wire.choice(statementOutcomes),
});

@Controller('online-payments')
export class OnlinePaymentsController {
  /** Null where no provider is agreed with. */
  constructor(@Inject(OnlinePaymentsService) private readonly service: OnlinePaymentsService | null) {}

  /**
   * The provider says what came of an order (docs/partner-exchange.md, section 10). No token: `Isu-Provider-Signature` signs the body and the instant
   * at which it was sent. No Idempotency-Key: a statement is its own, by its number.
   */
  @Post('notifications')
  @HttpCode(200)
  @Answers('Ce qui en est retenu ; la même notification a la même réponse.', heard)
  @Accepts('application/json')
  @Public()
  async notify(@Req() request: Request): Promise<{ statement: string; outcome: StatementOutcome }> {
    if (this.service === null) throw refuse('no-payment-provider');
    const header = request.headers['isu-provider-signature'];
    return this.service.hear({ body: await bytesOf(request), signature: typeof header === 'string' ? header : undefined });
  }
}

async function bytesOf(request: Request): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > longest) throw unreadableBody('body-too-large', 'Une notification tient en 16 Kio.', 413);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
