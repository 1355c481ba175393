import { changeNoticeDays, firstPaymentDelayDays } from '@isu/calc';
import type { Periodicity } from '@isu/contracts';
import { Day } from '@isu/values';
import { refuse } from '../refusals.js';
import type { Insured } from './told.js';

/** The account of an insured person, as collection needs to know it: group, regime and period are what was said last. */
export interface Account extends Insured {
  readonly account: string;
  readonly openedOn: Day;
  readonly periodicity: Periodicity;
  /** Civil year in which the day of the monthly payments was last changed. */
  readonly dayChangedIn: number | null;
}

/** Micro-entrepreneurs owe on the turnover that they declare: nothing is assessed on an income nor called on a calendar. */
export const isMicroEntrepreneur = ({ regime }: Pick<Insured, 'regime'>): boolean => regime === 'micro-social';

/** 1 for the civil year of the start, 2 for the next; 0 or less before. */
export const yearOfActivity = ({ startedOn }: Pick<Insured, 'startedOn'>, year: number): number => year - startedOn.year + 1;

export const hasEndedBefore = ({ endedOn }: Pick<Insured, 'endedOn'>, day: Day): boolean => endedOn !== null && endedOn.isBefore(day);

/** From when a changed amount may be asked for: the notice comes fifteen days before, and a starter has ninety days of peace. */
export const firstDayOfChange = (account: Account, today: Day): Day =>
  Day.max(today.plusDays(changeNoticeDays), account.startedOn.plusDays(firstPaymentDelayDays));

/** What a run calls has been announced with the year before: only what is past, and the peace of a starter, is left out. */
export const firstDayOfRun = (account: Account, today: Day): Day => Day.max(today, account.startedOn.plusDays(firstPaymentDelayDays));

/** Nothing more is said of an account that was withdrawn for another: it is said of the one that goes on. */
export function mustGoOn({ told: { mergedInto } }: Pick<Insured, 'told'>): void {
  if (mergedInto !== null) throw refuse('account-merged', { into: mergedInto });
}
