import { Controller, Get, Inject, Param } from '@nestjs/common';
import { Allowed, Answers, wire } from '@isu/chassis';
import { FlowsService, type FlowStanding } from './flows.service.js';

const stretch = { from: wire.count, to: wire.count };
const flowStanding = wire.record<FlowStanding>({
  partner: wire.text,
  flow: wire.text,
  calendar: wire.choice(['business-days']),
  lastNumber: wire.orNull(wire.count),
  nextNumber: wire.count,
  completedThrough: wire.orNull(wire.day),
  awaitedThrough: wire.day,
  isLate: wire.flag,
  gaps: wire.listOf(wire.record<FlowStanding['gaps'][number]>(stretch)),
  resendRequests: wire.listOf(wire.record<FlowStanding['resendRequests'][number]>({ ...stretch, askedOn: wire.day })),
});

@Controller('flows/:partner/:flow')
export class FlowsController {
  constructor(@Inject(FlowsService) private readonly flows: FlowsService) {}

  /** Numbers received, numbers missing, what must be sent again, and the day through which nothing is missing. */
  @Get()
  @Answers('Où en est le flux.', flowStanding)
  @Allowed('flows.read', { partner: 'param:partner' })
  async read(@Param('partner') partner: string, @Param('flow') flow: string): Promise<FlowStanding> {
    return this.flows.of({ partner, flow });
  }
}
