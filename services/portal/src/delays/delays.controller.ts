import { Controller, Get, Inject, Req } from '@nestjs/common';
import { correlationOf } from '@isu/chassis';
import type { Request } from 'express';
import type { DelaysPage } from '../face/delays.js';
import { OpenTo } from '../sessions/doors.js';
import { PublishedDelays } from './published-delays.js';

/** N4: the payment-to-rights delay, published as it is measured. Nobody need sign in. */
@Controller('payment-to-rights')
export class DelaysController {
  constructor(@Inject(PublishedDelays) private readonly delays: PublishedDelays) {}

  @Get()
  @OpenTo('anyone')
  read(@Req() request: Request): Promise<DelaysPage> {
    return this.delays.page(correlationOf(request));
  }
}
