import { Controller, Get, Inject } from '@nestjs/common';
import { Answers, Public, wire } from '@isu/chassis';
import type { DelayDistribution, DelayStep } from './payment-delay.js';
import { PaymentDelaysService } from './payment-delays.service.js';

const delay = wire.orNull(wire.count);
const distribution = wire.record<DelayDistribution>({
  hours: wire.count,
  payments: wire.count,
  p50Ms: delay,
  p95Ms: delay,
  p99Ms: delay,
  longestMs: delay,
  steps: wire.listOf(wire.record<DelayStep>({ atMostMs: wire.count, payments: wire.count })),
});
const distributions = wire.record<{ distributions: unknown }>({ distributions: wire.listOf(distribution) });

@Controller('payment-to-rights')
export class PaymentDelaysController {
  constructor(@Inject(PaymentDelaysService) private readonly delays: PaymentDelaysService) {}

  /** How long payments take from the partner's line to the rights they change: over the last hour, day and month. Nothing about anybody. */
  @Get()
  @Answers('Les délais mesurés, par période.', distributions)
  @Public()
  async of(): Promise<{ distributions: readonly DelayDistribution[] }> {
    return { distributions: await this.delays.distributions() };
  }
}
