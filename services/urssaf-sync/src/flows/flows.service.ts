import type { ServiceContext } from '@isu/chassis';
import { plusWorkingDays } from '@isu/values';
import { flowCalendars, type Partners } from '../partners/partners.js';
import { refuse } from '../refusals.js';
import { findFlow, findGaps, type FlowKey } from './flow.table.js';

/** Where a flow stands: what came, what is missing, what we ask for. */
export interface FlowStanding {
  readonly partner: string;
  readonly flow: string;
  readonly calendar: 'business-days';
  /** Null before the first batch. */
  readonly lastNumber: number | null;
  readonly nextNumber: number;
  readonly completedThrough: string | null;
  /** The day through which the calendar lets us expect the flow to be complete. */
  readonly awaitedThrough: string;
  readonly isLate: boolean;
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
  /** What the partner must send again. */
  readonly resendRequests: readonly { readonly from: number; readonly to: number; readonly askedOn: string }[];
}

/** A partner sends a batch every working day; two days without one and the flow is late. */
const patienceInWorkingDays = 2;

export class FlowsService {
  constructor(
    private readonly context: Pick<ServiceContext, 'db' | 'clock'>,
    private readonly partners: Partners,
  ) {}

  async of(key: FlowKey): Promise<FlowStanding> {
    const calendar = flowCalendars[key.flow];
    if (!this.partners.hasFlow(key.partner, key.flow) || !calendar) throw refuse('unknown-flow');
    const { manager } = this.context.db;
    const { lastNumber, completedThrough } = await findFlow(manager, key);
    const gaps = await findGaps(manager, key);
    const awaitedThrough = plusWorkingDays(this.context.clock.today(), -patienceInWorkingDays).iso;
    return {
      ...{ partner: key.partner, flow: key.flow, calendar },
      lastNumber: lastNumber === 0 ? null : lastNumber,
      nextNumber: lastNumber + 1,
      completedThrough,
      awaitedThrough,
      isLate: (completedThrough ?? '') < awaitedThrough,
      gaps: gaps.map(({ from, to }) => ({ from, to })),
      resendRequests: gaps,
    };
  }
}
