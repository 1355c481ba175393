import { Module } from '@nestjs/common';
import type { BuiltService, ServiceContext } from '@isu/chassis';
import { RightsController } from './rights/rights.controller.js';
import { RightsService } from './rights/rights.service.js';

@Module({})
class BenefitsModule {}

/** The wiring by hand, read top to bottom. Facts are kept by the chassis; no fact needs a handler here yet. */
export function buildBenefits(context: ServiceContext): BuiltService {
  return {
    module: {
      module: BenefitsModule,
      controllers: [RightsController],
      providers: [{ provide: RightsService, useValue: new RightsService(context) }],
    },
    subscriptions: {},
  };
}
