import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { invalidRequest } from '@isu/chassis';
import { IsOptional, Matches } from 'class-validator';
import type { Request } from 'express';
import type { SentBatchesPage, SentBatchPage } from '../face/border.js';
import type { Voice } from '../questions/services.js';
import { Voices } from '../questions/voices.js';
import { refuse } from '../refusals.js';
import { Agent, OpenTo } from '../sessions/doors.js';
import type { AgentSession } from '../sessions/session.js';
import { SentBatches } from './sent-batches.js';

const name = /^[a-z][a-z-]{0,39}$/;
const number = /^[1-9]\d{0,8}$/;
const aNumber = { message: 'un numéro, à partir de 1' };

class ListQuery {
  @IsOptional() @Matches(number, aNumber) before?: string;
}
class LinesQuery {
  @IsOptional() @Matches(number, aNumber) after?: string;
}
interface BatchOfAddress {
  readonly partner: string;
  readonly flow: string;
  readonly number: string;
}

/** What the journal of urssaf-sync says of why. */
const purpose = 'Suivi des envois aux partenaires';

/** What we sent to partners, at the desk. */
@Controller('desk/flows/:partner/:flow/sent-batches')
@OpenTo('agent')
export class SentBatchesController {
  constructor(
    @Inject(SentBatches) private readonly sent: SentBatches,
    @Inject(Voices) private readonly voices: Voices,
  ) {}

  @Get()
  async list(
    @Req() request: Request,
    @Agent() session: AgentSession,
    @Param() { partner, flow }: Pick<BatchOfAddress, 'partner' | 'flow'>,
    @Query() { before }: ListQuery,
  ): Promise<SentBatchesPage> {
    return this.sent.list(flowOf({ partner, flow }), before === undefined ? null : Number(before), await this.voice(session, request));
  }

  @Get(':number')
  async open(
    @Req() request: Request,
    @Agent() session: AgentSession,
    @Param() batch: BatchOfAddress,
    @Query() { after = '0' }: LinesQuery,
  ): Promise<SentBatchPage> {
    return this.sent.open(batchOf(batch), Number(after), await this.voice(session, request));
  }

  @Post(':number/sendings')
  @HttpCode(204)
  async sendAgain(@Req() request: Request, @Agent() session: AgentSession, @Param() batch: BatchOfAddress): Promise<void> {
    return this.sent.sendAgain(batchOf(batch), await this.voice(session, request));
  }

  private voice(session: AgentSession, request: Request): Promise<Voice> {
    return this.voices.agent(session, request, purpose);
  }
}

function flowOf({ partner, flow }: Pick<BatchOfAddress, 'partner' | 'flow'>): { partner: string; flow: string } {
  if (!name.test(partner) || !name.test(flow)) throw refuse('not-found');
  return { partner, flow };
}

function batchOf({ number: said, ...flow }: BatchOfAddress): { partner: string; flow: string; number: number } {
  if (!number.test(said)) throw invalidRequest([{ field: 'number', code: 'number', accepted: 'le numéro d’un lot, à partir de 1' }]);
  return { ...flowOf(flow), number: Number(said) };
}
