import { Controller, Get, Inject } from '@nestjs/common';
import { Public } from '@isu/chassis';
import type { DelayDistribution } from './payment-delay.js';
import { PaymentDelaysService } from './payment-delays.service.js';

@Controller('payment-to-rights')
export class PaymentDelaysController {
  constructor(@Inject(PaymentDelaysService) private readonly delays: PaymentDelaysService) {}

  /** How long payments take from the partner's line to the rights they change: over the last hour, day and month. Nothing about anybody. */
  @Get()
  @Public()
  async of(): Promise<{ distributions: readonly DelayDistribution[] }> {
    return { distributions: await this.delays.distributions() };
  }
}
