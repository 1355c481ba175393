import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { isStream } from '@isu/contracts';
import { Parking, type AsideDetail, type AsideState, type AsideSummary } from '@isu/messaging';
import { IsIn, IsOptional, ValidateBy } from 'class-validator';
import { refuse } from '../problems/standard-refusals.js';
import { LineOfText } from '../requests/value-fields.js';
import { Allowed, CurrentAccess } from '../security/policy/allowed.js';
import type { Access } from '../security/policy/access.js';

const states = ['retrying', 'behind', 'gap', 'parked', 'unreadable', 'fork'] as const satisfies readonly AsideState[];

class AsideQuery {
  @IsOptional()
  @IsIn(states)
  state?: AsideState;

  @IsOptional()
  @ValidateBy({ name: 'isStream', validator: { validate: isStream } }, { message: 'un numéro de compte ou un flux « flow/… »' })
  stream?: string;
}

class GiveUpReason {
  @LineOfText({ min: 10, max: 400 })
  reason!: string;
}

/** The operator's tools for what could not be applied. The id of an item is its origin on the bus, `/` written as `~`. */
@Controller('set-aside')
export class SetAsideController {
  constructor(@Inject(Parking) private readonly parking: Parking) {}

  @Get()
  @Allowed('set-aside.read')
  async list(@Query() { state, stream }: AsideQuery): Promise<{ items: (AsideSummary & { id: string })[] }> {
    const items = await this.parking.list({ state, stream });
    return { items: items.map((item) => ({ id: idOf(item.origin), ...item })) };
  }

  @Get(':id')
  @Allowed('set-aside.read')
  async show(@Param('id') id: string): Promise<AsideDetail & { id: string }> {
    const item = await this.parking.show(originOf(id));
    if (!item) throw refuse('not-found');
    return { id, ...item };
  }

  /** Tried again now; the answer says that it was asked for, the list says how it went. */
  @Post(':id/retry')
  @HttpCode(202)
  @Allowed('set-aside.act')
  async retry(@Param('id') id: string): Promise<{ id: string }> {
    if ((await this.parking.retry(originOf(id))) === 'not-found') throw refuse('not-found');
    return { id };
  }

  /** The cursor moves past it. Who decided and why are kept for ever. */
  @Post(':id/give-up')
  @HttpCode(200)
  @Allowed('set-aside.act')
  async giveUp(@Param('id') id: string, @Body() { reason }: GiveUpReason, @CurrentAccess() access: Access): Promise<{ id: string }> {
    const outcome = await this.parking.giveUp({ origin: originOf(id), by: access.subject.sub, reason });
    if (outcome === 'not-found') throw refuse('not-found');
    return { id };
  }
}

const idOf = (origin: string): string => origin.replaceAll('/', '~');
const originOf = (id: string): string => id.replaceAll('~', '/');
