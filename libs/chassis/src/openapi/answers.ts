import { SetMetadata } from '@nestjs/common';
import type { WireSchema } from './wire.js';

export const answersKey = 'isu:answers';

/** What a route answers when it does what was asked; refusals are problem documents everywhere. */
export interface RouteAnswer {
  readonly description: string;
  readonly schema: WireSchema | null;
  readonly mediaType: string;
}

/** `@Answers('Les échéances.', wire.record<Shown>({ … }))`; without a schema the answer has no body. */
export const Answers = (description: string, schema: WireSchema | null = null, mediaType = 'application/json'): MethodDecorator =>
  SetMetadata(answersKey, { description, schema, mediaType } satisfies RouteAnswer);
