import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { AccountNumber } from '@isu/values';
import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { Answers } from '../openapi/answers.js';
import { wire } from '../openapi/wire.js';
import { invalidRequest, refuse } from '../problems/standard-refusals.js';
import { valueOf } from '../requests/value-fields.js';
import { Allowed } from '../security/policy/allowed.js';
import { channels, deliveryStates, type Channel, type MessageDocument, type MessageToDeliver } from './outgoing-message.js';
import { OutgoingMessages, type ShownMessage } from './outgoing-messages.js';

const mostAtATime = 100;

class TakeRequest {
  @IsIn(channels) channel!: Channel;
  /** At most so many. */
  @IsOptional() @IsInt() @Min(1) @Max(mostAtATime) limit?: number;
}

class DeliveryRequest {
  /** `put-off`: to be tried again; `failed`: never. */
  @IsIn(['delivered', 'failed', 'put-off']) state!: 'delivered' | 'failed' | 'put-off';
  /** A code of the mail server, never its words. */
  @IsOptional() @Matches(/^[A-Za-z0-9_.-]{1,40}$/, { message: 'un code d’erreur, sans espace' }) failure?: string;
}

const said = {
  id: wire.uuid,
  account: wire.account,
  kind: { ...wire.text, examples: ['estimate-receipt'] },
  channel: wire.choice(channels),
  subject: wire.text,
  text: wire.text,
  documents: wire.listOf(wire.record<MessageDocument>({ name: wire.text, path: wire.text })),
  writtenOn: wire.day,
};
const toDeliver = wire.record<MessageToDeliver>({
  ...said,
  language: wire.choice(['fr']),
  correlation: wire.orNull(wire.uuid),
  attempts: wire.count,
});
const shown = wire.record<ShownMessage>({ ...said, state: wire.choice(deliveryStates), settledAt: wire.orNull(wire.instant) });

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** What this service has to tell people: for the portal, which sends it, and for the person, who reads it again. */
@Controller()
export class OutgoingMessagesController {
  constructor(@Inject(OutgoingMessages) private readonly messages: OutgoingMessages) {}

  /** Takes the oldest messages that wait. They are given out again after a minute, under the same id, unless a delivery is told. */
  @Post('outgoing-messages/takings')
  @Answers('Les messages à remettre.', wire.record<{ messages: unknown }>({ messages: wire.listOf(toDeliver) }))
  @HttpCode(200)
  @Allowed('outgoing-messages.deliver')
  async take(@Body() { channel, limit }: TakeRequest): Promise<{ messages: MessageToDeliver[] }> {
    return { messages: await this.messages.take(channel, limit ?? mostAtATime) };
  }

  /** What became of a message. Told twice, it counts once; a message that was delivered stays delivered. */
  @Post('outgoing-messages/:id/deliveries')
  @Answers('C’est noté.')
  @HttpCode(204)
  @Allowed('outgoing-messages.deliver')
  async settle(@Param('id') id: string, @Body() delivery: DeliveryRequest): Promise<void> {
    if (!uuid.test(id)) throw invalidRequest([{ field: 'id', code: 'uuid-malformed', accepted: 'l’identifiant d’un message' }]);
    if (!(await this.messages.settle(id, delivery))) throw refuse('not-found');
  }

  /** The messages that were written to a person, the latest first, with what became of each. */
  @Get('accounts/:account/messages')
  @Answers('Les messages écrits à la personne.', wire.record<{ messages: unknown }>({ messages: wire.listOf(shown) }))
  @Allowed('messages.read', { account: 'param:account' })
  async list(@Param('account', valueOf(AccountNumber)) account: AccountNumber): Promise<{ messages: ShownMessage[] }> {
    if (!(await this.messages.isKnown(account.toString()))) throw refuse('not-found');
    return { messages: await this.messages.of(account.toString()) };
  }
}
