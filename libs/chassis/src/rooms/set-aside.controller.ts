import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { isStream } from '@isu/contracts';
import { Parking, type AsideDetail, type AsideState, type AsideSummary } from '@isu/messaging';
import { IsIn, IsOptional, ValidateBy } from 'class-validator';
import { Answers } from '../openapi/answers.js';
import { wire } from '../openapi/wire.js';
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

type ShownAside = AsideSummary & { readonly id: string };

const summary = {
  id: wire.text,
  origin: wire.text,
  author: wire.orNull(wire.text),
  stream: wire.orNull(wire.text),
  seq: wire.orNull(wire.count),
  state: wire.choice(states),
  attempts: wire.count,
  nextTryAt: wire.orNull(wire.instant),
  error: wire.orNull(wire.text),
  since: wire.instant,
};
const detail = wire.record<AsideDetail & { readonly id: string }>({
  ...summary,
  factId: wire.orNull(wire.uuid),
  envelope: wire.orNull(wire.text),
  raw: wire.orNull(wire.text),
});
const named = wire.record<{ readonly id: string }>({ id: wire.text });

/** The operator's tools for what could not be applied. The id of an item is its origin on the bus, `/` written as `~`. */
@Controller('set-aside')
export class SetAsideController {
  constructor(@Inject(Parking) private readonly parking: Parking) {}

  @Get()
  @Answers('Ce qui attend.', wire.record<{ items: unknown }>({ items: wire.listOf(wire.record<ShownAside>(summary)) }))
  @Allowed('set-aside.read')
  async list(@Query() { state, stream }: AsideQuery): Promise<{ items: (AsideSummary & { id: string })[] }> {
    const items = await this.parking.list({ state, stream });
    return { items: items.map((item) => ({ id: idOf(item.origin), ...item })) };
  }

  @Get(':id')
  @Answers('Ce qui attend, en entier.', detail)
  @Allowed('set-aside.read')
  async show(@Param('id') id: string): Promise<AsideDetail & { id: string }> {
    const item = await this.parking.show(originOf(id));
    if (!item) throw refuse('not-found');
    return { id, ...item };
  }

  /** Tried again now; the answer says that it was asked for, the list says how it went. */
  @Post(':id/retry')
  @HttpCode(202)
  @Answers('Un nouvel essai est demandé.', named)
  @Allowed('set-aside.act')
  async retry(@Param('id') id: string): Promise<{ id: string }> {
    if ((await this.parking.retry(originOf(id))) === 'not-found') throw refuse('not-found');
    return { id };
  }

  /** The cursor moves past it. Who decided and why are kept for ever. */
  @Post(':id/give-up')
  @HttpCode(200)
  @Answers('C’est abandonné, avec le nom de qui l’a décidé et son motif.', named)
  @Allowed('set-aside.act')
  async giveUp(@Param('id') id: string, @Body() { reason }: GiveUpReason, @CurrentAccess() access: Access): Promise<{ id: string }> {
    const outcome = await this.parking.giveUp({ origin: originOf(id), by: access.subject.sub, reason });
    if (outcome === 'not-found') throw refuse('not-found');
    return { id };
  }
}

const idOf = (origin: string): string => origin.replaceAll('/', '~');
const originOf = (id: string): string => id.replaceAll('~', '/');
