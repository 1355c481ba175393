import { Controller, Get, Inject, Param } from '@nestjs/common';
import { Allowed, Answers, CurrentAccess, wire, type Access } from '@isu/chassis';
import { calendarNames } from './calendars.js';
import type { GivenUp } from '../given-up/give-up.table.js';
import { incidentKinds, type FlowIncident } from './flow-incidents.js';
import { directions, FlowsService, type FlowStanding } from './flows.service.js';

const stretch = { from: wire.count, to: wire.count };
const flowStanding = wire.record<FlowStanding>({
  partner: wire.text,
  flow: wire.text,
  direction: wire.choice(directions),
  calendar: wire.orNull(wire.choice(calendarNames)),
  lastNumber: wire.orNull(wire.count),
  nextNumber: wire.count,
  completedThrough: wire.orNull(wire.day),
  awaitedThrough: wire.orNull(wire.day),
  isLate: wire.flag,
  lateSince: wire.orNull(wire.day),
  gaps: wire.listOf(wire.record<FlowStanding['gaps'][number]>(stretch)),
  givenUp: wire.listOf(
    wire.record<GivenUp>({
      ...{ number: wire.count, attestation: wire.text, givenUpAt: wire.instant, arrivedAt: wire.orNull(wire.instant) },
    }),
  ),
  resendRequests: wire.listOf(wire.record<FlowStanding['resendRequests'][number]>({ ...stretch, askedOn: wire.day })),
  unacknowledged: wire.listOf(wire.record<FlowStanding['unacknowledged'][number]>({ ...stretch, businessDate: wire.day })),
  incidents: wire.listOf(
    wire.record<FlowIncident>({
      at: wire.instant,
      kind: wire.choice(incidentKinds),
      subject: wire.orNull(wire.text),
      reasons: wire.listOf(wire.text),
    }),
  ),
});
const flowList = wire.record<{ items: unknown }>({ items: wire.listOf(flowStanding) });

@Controller('flows')
export class FlowsController {
  constructor(@Inject(FlowsService) private readonly flows: FlowsService) {}

  /** Every flow in both directions with its calendar: what is late and since when, what is missing, what is not acknowledged. A partner's system sees its own. */
  @Get()
  @Answers('Les flux, chacun avec son calendrier.', flowList)
  @Allowed('flows.read')
  async list(@CurrentAccess() { reach }: Access): Promise<{ items: readonly FlowStanding[] }> {
    return { items: await this.flows.all(reach.kind === 'partner' ? reach.partner : null) };
  }

  /** Numbers received or sent, numbers missing, what must be sent again, what was refused, and the day through which nothing is missing. */
  @Get(':partner/:flow')
  @Answers('Où en est le flux.', flowStanding)
  @Allowed('flows.read', { partner: 'param:partner' })
  async read(@Param('partner') partner: string, @Param('flow') flow: string): Promise<FlowStanding> {
    return this.flows.of({ partner, flow });
  }
}
