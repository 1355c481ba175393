import { Module } from '@nestjs/common';
import type { BuiltService, ServiceContext } from '@isu/chassis';
import { PaymentDelaysController } from './delays/payment-delays.controller.js';
import { PaymentDelaysService } from './delays/payment-delays.service.js';
import { subscriptions } from './inbox.js';
import { RightsController } from './rights/rights.controller.js';
import { RightsService } from './rights/rights.service.js';

@Module({})
class BenefitsModule {}

/** The wiring by hand, read top to bottom. */
export function buildBenefits(context: ServiceContext): BuiltService {
  const delays = new PaymentDelaysService(context);
  return {
    module: {
      module: BenefitsModule,
      controllers: [RightsController, PaymentDelaysController],
      providers: [
        { provide: RightsService, useValue: new RightsService(context) },
        { provide: PaymentDelaysService, useValue: delays },
      ],
    },
    subscriptions: subscriptions(delays),
    workers: [delays.forgetting()],
  };
}
