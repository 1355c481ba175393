import type { ServiceContext } from '@isu/chassis';
import type { Partners } from '../partners/partners.js';
import { refuse } from '../refusals.js';
import type { CalendarName } from './calendars.js';
import { awaitedThrough, calendarOn } from './flow-catalogue.js';
import { lastIncidents, type FlowIncident } from './flow-incidents.js';
import { findFlow, findGaps, type FlowKey } from './flow.table.js';

/** Where a flow stands: what came, what is missing, what we ask for. */
export interface FlowStanding {
  readonly partner: string;
  readonly flow: string;
  /** Null before the first day agreed on. */
  readonly calendar: CalendarName | null;
  /** Null before the first batch. */
  readonly lastNumber: number | null;
  readonly nextNumber: number;
  readonly completedThrough: string | null;
  /** The day through which the calendar lets us expect the flow to be complete; null while nothing is promised. */
  readonly awaitedThrough: string | null;
  readonly isLate: boolean;
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
  /** What the partner must send again. */
  readonly resendRequests: readonly { readonly from: number; readonly to: number; readonly askedOn: string }[];
  /** What was refused or contradicted what stands, the last first. */
  readonly incidents: readonly FlowIncident[];
}

const mostIncidents = 20;

export class FlowsService {
  constructor(
    private readonly context: Pick<ServiceContext, 'db' | 'clock'>,
    private readonly partners: Partners,
  ) {}

  async of(key: FlowKey): Promise<FlowStanding> {
    const agreement = this.partners.agreement(key.partner, key.flow);
    if (!agreement) throw refuse('unknown-flow');
    const { manager } = this.context.db;
    const { lastNumber, completedThrough } = await findFlow(manager, key);
    const gaps = await findGaps(manager, key);
    const today = this.context.clock.today();
    const awaited = awaitedThrough(agreement, today)?.iso ?? null;
    return {
      ...{ partner: key.partner, flow: key.flow, calendar: calendarOn(agreement, today) },
      lastNumber: lastNumber === 0 ? null : lastNumber,
      nextNumber: lastNumber + 1,
      completedThrough,
      awaitedThrough: awaited,
      isLate: awaited !== null && (completedThrough ?? '') < awaited,
      gaps: gaps.map(({ from, to }) => ({ from, to })),
      resendRequests: gaps,
      incidents: await lastIncidents(manager, key, mostIncidents),
    };
  }

  /** All the flows of a partner, or of all of them. */
  async all(partner: string | null): Promise<FlowStanding[]> {
    return Promise.all(this.partners.flows.filter((key) => partner === null || key.partner === partner).map((key) => this.of(key)));
  }
}
