import type { IncomeRecord, TaxIncomeRecord, TurnoverRecord } from '@isu/contracts';

type LineOf<R extends { readonly type: string }> = Omit<R, 'type'> & { readonly kind: R['type'] };

/** What somebody earned, as one line of a batch tells it: declared for a year, known to the tax office, or turned over in a period. */
export type IncomeLine = LineOf<IncomeRecord> | LineOf<TaxIncomeRecord> | LineOf<TurnoverRecord>;

/** A declaration that a partner told of. */
export interface Declaration {
  /** The partner's own: with the partner, its identity for ever. */
  readonly reference: string;
  readonly content: string;
  readonly line: number;
  readonly account: string;
  readonly kind: 'declared' | 'tax' | 'turnover';
  readonly year: number;
  /** Of a turnover, the month or the quarter, and the activity. */
  readonly period?: string;
  readonly activity?: TurnoverRecord['activity'];
  readonly amount: string;
  readonly receivedOn: string;
  /** Nobody signs what the tax office tells. */
  readonly declarant?: IncomeRecord['declarant'];
  readonly corrects?: string;
}

const kinds = { income: 'declared', 'tax-income': 'tax', turnover: 'turnover' } as const;

export const declarationOf = ({ kind, ...said }: IncomeLine, where: Pick<Declaration, 'content' | 'line'>): Declaration => ({
  ...('year' in said ? said : { ...said, year: Number(said.period.slice(0, 4)) }),
  ...where,
  kind: kinds[kind],
});

/** What two declarations must both be about for one of them to take the place of the other. */
export const aboutOf = ({ account, kind, year, period, activity }: Declaration): string =>
  [account, kind, String(year), period ?? '', activity ?? ''].join(' ');

/** Said to be replaced by this one, or received before it: the last word is the one that the partner received last. */
export const isOvertakenBy = (one: Pick<Declaration, 'reference' | 'receivedOn'>, other: Declaration): boolean =>
  other.corrects === one.reference || other.receivedOn > one.receivedOn;

/** Why nobody can have earned it yet on the day on which it was received; a turnover may be declared within its period, by who ceases. */
export function prematureReason({ year, period, receivedOn }: Declaration): 'year-not-over' | 'period-not-begun' | null {
  if (period === undefined) return year >= Number(receivedOn.slice(0, 4)) ? 'year-not-over' : null;
  return firstDayOf(period) > receivedOn ? 'period-not-begun' : null;
}

function firstDayOf(period: string): string {
  const [year = '', part = ''] = period.split('-');
  const month = part.startsWith('Q') ? String(3 * Number(part.slice(1)) - 2).padStart(2, '0') : part;
  return `${year}-${month}-01`;
}
