import type { ServiceContext } from '@isu/chassis';
import { Day } from '@isu/values';
import { findOutgoingFlow, findUnacknowledged, type Unacknowledged } from '../outgoing/outgoing-batch.table.js';
import type { OutgoingAgreement } from '../outgoing/outgoing-catalogue.js';
import type { Partners } from '../partners/partners.js';
import { givenUpOf, type GivenUp } from '../given-up/give-up.table.js';
import { refuse } from '../refusals.js';
import type { CalendarName } from './calendars.js';
import { awaitedThrough, calendarOn, type FlowAgreement } from './flow-catalogue.js';
import { lastIncidents, type FlowIncident } from './flow-incidents.js';
import { findFlow, findGaps, type FlowKey } from './flow.table.js';

export const directions = ['in', 'out'] as const;

/** Where a flow stands: what came, or what we sent; what is missing, what we ask for. */
export interface FlowStanding {
  readonly partner: string;
  readonly flow: string;
  /** Who sends it: the partner (`in`), or we (`out`). */
  readonly direction: (typeof directions)[number];
  /** Null before the first day agreed on. */
  readonly calendar: CalendarName | null;
  /** Null before the first batch. */
  readonly lastNumber: number | null;
  readonly nextNumber: number;
  /** Everything through this day is here; of what we send, acknowledged by the partner. */
  readonly completedThrough: string | null;
  /** The day through which the calendar lets us expect the flow to be complete; null while nothing is promised. */
  readonly awaitedThrough: string | null;
  readonly isLate: boolean;
  /** The first day of which nothing complete is known; null while the flow is on time, or has never begun. */
  readonly lateSince: string | null;
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
  /** Batches that the partner has lost too, on its word and by the decision of two people: they do not hold the flow up. The last first. */
  readonly givenUp: readonly GivenUp[];
  /** What the partner must send again. */
  readonly resendRequests: readonly { readonly from: number; readonly to: number; readonly askedOn: string }[];
  /** Batches of ours without the partner's receipt, with the business day of the oldest: they are sent again until it comes. */
  readonly unacknowledged: readonly Unacknowledged[];
  /** What was refused or contradicted what stands, the last first. */
  readonly incidents: readonly FlowIncident[];
}

const [mostIncidents, mostGivenUp] = [20, 50];

export class FlowsService {
  constructor(
    private readonly context: Pick<ServiceContext, 'db' | 'clock'>,
    private readonly partners: Partners,
  ) {}

  async of(key: FlowKey): Promise<FlowStanding> {
    const { partner, flow } = key;
    const incoming = this.partners.agreement(partner, flow);
    if (incoming) return this.incoming({ partner, flow }, incoming);
    const outgoing = this.partners.outgoing(partner, flow);
    if (outgoing) return this.outgoing({ partner, flow }, outgoing);
    throw refuse('unknown-flow');
  }

  /** All the flows of a partner, or of all of them: first what comes in, then what goes out. */
  async all(partner: string | null): Promise<FlowStanding[]> {
    const keys = [...this.partners.flows, ...this.partners.outgoingFlows];
    return Promise.all(keys.filter((key) => partner === null || key.partner === partner).map((key) => this.of(key)));
  }

  private async incoming(key: FlowKey, agreement: FlowAgreement): Promise<FlowStanding> {
    const { manager } = this.context.db;
    const { lastNumber, completedThrough } = await findFlow(manager, key);
    const gaps = await findGaps(manager, key);
    const today = this.context.clock.today();
    return {
      ...{ ...key, direction: 'in', calendar: calendarOn(agreement, today) },
      ...numbersOf(lastNumber),
      ...punctuality(completedThrough, awaitedThrough(agreement, today)?.iso ?? null),
      gaps: gaps.map(({ from, to }) => ({ from, to })),
      givenUp: await givenUpOf(manager, key, mostGivenUp),
      resendRequests: gaps,
      unacknowledged: [],
      incidents: await lastIncidents(manager, key, mostIncidents),
    };
  }

  /** Of a flow of ours nothing is awaited before its first batch: jobs begin the day after they are installed. */
  private async outgoing(key: FlowKey, agreement: OutgoingAgreement): Promise<FlowStanding> {
    const { manager } = this.context.db;
    const { lastNumber, toldThrough } = await findOutgoingFlow(manager, key);
    const unacknowledged = await findUnacknowledged(manager, key);
    const today = this.context.clock.today();
    const [oldest] = unacknowledged;
    const completedThrough = oldest === undefined ? toldThrough : Day.of(oldest.businessDate).minusDays(1).iso;
    return {
      ...{ ...key, direction: 'out', calendar: calendarOn(agreement, today) },
      ...numbersOf(lastNumber),
      ...punctuality(completedThrough, lastNumber === 0 ? null : (awaitedThrough(agreement, today)?.iso ?? null)),
      ...{ gaps: [], givenUp: [], resendRequests: [], unacknowledged },
      incidents: await lastIncidents(manager, key, mostIncidents),
    };
  }
}

const numbersOf = (lastNumber: number) => ({ lastNumber: lastNumber === 0 ? null : lastNumber, nextNumber: lastNumber + 1 });

function punctuality(completedThrough: string | null, awaited: string | null) {
  const isLate = awaited !== null && (completedThrough ?? '') < awaited;
  const lateSince = isLate && completedThrough !== null ? Day.of(completedThrough).plusDays(1).iso : null;
  return { completedThrough, awaitedThrough: awaited, isLate, lateSince };
}
