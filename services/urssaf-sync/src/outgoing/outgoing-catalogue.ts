import type { FactType } from '@isu/contracts';
import type { FlowAgreement } from '../flows/flow-catalogue.js';

/** What we promised a partner about one flow of ours. */
export interface OutgoingAgreement extends Pick<FlowAgreement, 'partner' | 'calendars'> {
  /** Which facts it tells of, each in a line. */
  readonly tells: readonly FactType[];
}

const everyDay = { partner: 'urssaf', calendars: [{ from: '2008-01-01', calendar: 'daily' }] } as const;

/**
 * The numbered flows that go out (docs/partner-exchange.md, section 8). A new one is a line here, and what its facts become in
 * `telling.ts`: numbers, chain, signature, receipts, lateness and sending again are the same for all.
 */
export const outgoingFlows: Readonly<Record<string, OutgoingAgreement>> = {
  affiliations: {
    ...everyDay,
    tells: [
      'affiliation.registered.v1',
      'affiliation.status-changed.v1',
      'affiliation.ended.v1',
      'affiliation.fund-changed.v1',
      'affiliation.spouse-linked.v1',
      'affiliation.acre-decided.v1',
      'affiliation.account-merged.v1',
    ],
  },
  'incomes-out': { ...everyDay, tells: ['collection.income-recorded.v1'] },
  assessments: { ...everyDay, tells: ['collection.assessed.v1'] },
  schedules: { ...everyDay, tells: ['collection.schedule-issued.v1'] },
  allocations: {
    ...everyDay,
    tells: [
      'collection.payment-posted.v1',
      'collection.credit-allocated.v1',
      'collection.allocation-released.v1',
      'collection.payment-reversed.v1',
    ],
  },
  recovery: {
    ...everyDay,
    tells: ['collection.surcharge-charged.v1', 'collection.surcharge-cancelled.v1', 'collection.surcharge-remitted.v1'],
  },
};

/** What was agreed on this flow, if we send it to this partner. */
export function outgoingAgreementWith(partner: string, flow: string): OutgoingAgreement | undefined {
  const agreement = Object.hasOwn(outgoingFlows, flow) ? outgoingFlows[flow] : undefined;
  return agreement?.partner === partner ? agreement : undefined;
}

/** The flow that tells of a type of fact. */
export const flowTelling: ReadonlyMap<string, { readonly partner: string; readonly flow: string }> = new Map(
  Object.entries(outgoingFlows).flatMap(([flow, { partner, tells }]) => tells.map((type) => [type, { partner, flow }] as const)),
);
