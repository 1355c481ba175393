import { Day } from '@isu/values';
import type { RecordType } from '../batches/batch-format.js';
import { calendars, type CalendarName } from './calendars.js';

/** What two organisations agreed on about one flow. */
export interface FlowAgreement {
  /** Who sends it. */
  readonly partner: string;
  /** Its rhythm, from a day on. */
  readonly calendars: readonly { readonly from: string; readonly calendar: CalendarName }[];
  /** What its batches hold between header and trailer. */
  readonly records: readonly RecordType[];
  /** Which hand finds an outcome for its lines. */
  readonly carries: 'money' | 'incomes' | 'balances';
}

/**
 * The numbered flows that come in (docs/partner-exchange.md, section 1). Everything else that a flow is protected by — numbers, chain,
 * signature, receipt, gaps, conflicts — is the same for all, and written once.
 */
export const incomingFlows: Readonly<Record<string, FlowAgreement>> = {
  payments: {
    partner: 'urssaf',
    calendars: [{ from: '2008-01-01', calendar: 'business-days' }],
    records: ['payment', 'reversal'],
    carries: 'money',
  },
  incomes: {
    partner: 'net-entreprises',
    calendars: [{ from: '2008-01-01', calendar: 'daily' }],
    records: ['income'],
    carries: 'incomes',
  },
  'tax-incomes': {
    partner: 'dgfip',
    calendars: [{ from: '2008-01-01', calendar: 'yearly' }],
    records: ['tax-income'],
    carries: 'incomes',
  },
  turnovers: {
    partner: 'autoentrepreneur',
    calendars: [{ from: '2009-01-01', calendar: 'monthly' }],
    records: ['turnover'],
    carries: 'incomes',
  },
  balances: {
    partner: 'urssaf',
    calendars: [{ from: '2008-01-01', calendar: 'nightly' }],
    records: ['balance'],
    carries: 'balances',
  },
};

/** The agreement on a flow, if this partner sends it. */
export function agreementWith(partner: string, flow: string): FlowAgreement | undefined {
  const agreement = Object.hasOwn(incomingFlows, flow) ? incomingFlows[flow] : undefined;
  return agreement?.partner === partner ? agreement : undefined;
}

type Promised = Pick<FlowAgreement, 'calendars'>;

/** The rhythm of a flow on a day; before its first day nothing was promised. */
export const calendarOn = ({ calendars: dated }: Promised, day: Day): CalendarName | null =>
  dated.findLast(({ from }) => from <= day.iso)?.calendar ?? null;

/** The day through which a flow should be complete today; null while nothing is promised. */
export function awaitedThrough(agreement: Promised, today: Day): Day | null {
  const calendar = calendarOn(agreement, today);
  const awaited = calendar && calendars[calendar].awaitedThrough(today);
  return awaited && awaited.iso >= (agreement.calendars[0]?.from ?? '') ? awaited : null;
}

/** Whether a batch of this flow may tell of this day. */
export function isOfCalendar(agreement: Promised, businessDate: string): boolean {
  const day = Day.of(businessDate);
  const calendar = calendarOn(agreement, day);
  return calendar !== null && calendars[calendar].holds(day);
}
