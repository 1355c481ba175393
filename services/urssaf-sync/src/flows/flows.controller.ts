import { Controller, Get, Inject, Param } from '@nestjs/common';
import { Allowed } from '@isu/chassis';
import { FlowsService, type FlowStanding } from './flows.service.js';

@Controller('flows/:partner/:flow')
export class FlowsController {
  constructor(@Inject(FlowsService) private readonly flows: FlowsService) {}

  /** Numbers received, numbers missing, what must be sent again, and the day through which nothing is missing. */
  @Get()
  @Allowed('flows.read', { partner: 'param:partner' })
  async read(@Param('partner') partner: string, @Param('flow') flow: string): Promise<FlowStanding> {
    return this.flows.of({ partner, flow });
  }
}
