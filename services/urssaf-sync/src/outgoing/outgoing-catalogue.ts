import type { FactType, Group } from '@isu/contracts';
import type { FlowAgreement } from '../flows/flow-catalogue.js';

/** What we promised a partner about one flow of ours. */
export interface OutgoingAgreement extends Pick<FlowAgreement, 'partner' | 'calendars'> {
  readonly flow: string;
  /** Which facts it tells of, each in a line. */
  readonly tells: readonly FactType[];
  /** Of whom: everybody unless a group is named. */
  readonly of?: Group;
}

const everyDay = { partner: 'urssaf', calendars: [{ from: '2008-01-01', calendar: 'daily' }] } as const;
const everyMonth = { calendars: [{ from: '2008-01-01', calendar: 'monthly' }] } as const;

/**
 * The numbered flows that go out (docs/partner-exchange.md, section 8). A new one is a line here, and what its facts become in
 * `telling.ts`: numbers, chain, signature, receipts, lateness and sending again are the same for all.
 */
export const outgoingFlows: readonly OutgoingAgreement[] = [
  {
    ...everyDay,
    flow: 'affiliations',
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
  { ...everyDay, flow: 'incomes-out', tells: ['collection.income-recorded.v1'] },
  // The pension sections of the professions libérales call on the same income: within a month they have it.
  { ...everyMonth, partner: 'cnavpl', flow: 'incomes-out', tells: ['collection.income-recorded.v1'], of: 'profession-liberale' },
  { ...everyDay, flow: 'assessments', tells: ['collection.assessed.v1'] },
  { ...everyDay, flow: 'schedules', tells: ['collection.schedule-issued.v1'] },
  {
    ...everyDay,
    flow: 'allocations',
    tells: [
      'collection.payment-posted.v1',
      'collection.credit-allocated.v1',
      'collection.allocation-released.v1',
      'collection.payment-reversed.v1',
    ],
  },
  {
    ...everyDay,
    flow: 'recovery',
    tells: ['collection.surcharge-charged.v1', 'collection.surcharge-cancelled.v1', 'collection.surcharge-remitted.v1'],
  },
];

/** What was agreed on this flow, if we send it to this partner. */
export const outgoingAgreementWith = (partner: string, flow: string): OutgoingAgreement | undefined =>
  outgoingFlows.find((agreement) => agreement.partner === partner && agreement.flow === flow);
