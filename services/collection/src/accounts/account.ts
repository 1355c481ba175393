import { changeNoticeDays, firstPaymentDelayDays } from '@isu/calc';
import type { Group, Periodicity, Regime } from '@isu/contracts';
import { Day } from '@isu/values';

/** The account of an insured person, as collection needs to know it. */
export interface Account {
  readonly account: string;
  readonly group: Group;
  readonly regime: Regime;
  readonly startedOn: Day;
  readonly endedOn: Day | null;
  readonly openedOn: Day;
  readonly periodicity: Periodicity;
  /** Civil year in which the day of the monthly payments was last changed. */
  readonly dayChangedIn: number | null;
}

/** Micro-entrepreneurs owe on the turnover that they declare: nothing is assessed on an income nor called on a calendar. */
export const isMicroEntrepreneur = ({ regime }: Account): boolean => regime === 'micro-social';

/** 1 for the civil year of the start, 2 for the next; 0 or less before. */
export const yearOfActivity = ({ startedOn }: Account, year: number): number => year - startedOn.year + 1;

export const hasEndedBefore = ({ endedOn }: Account, day: Day): boolean => endedOn !== null && endedOn.isBefore(day);

/** From when a changed amount may be asked for: the notice comes fifteen days before, and a starter has ninety days of peace. */
export const firstDayOfChange = (account: Account, today: Day): Day =>
  Day.max(today.plusDays(changeNoticeDays), account.startedOn.plusDays(firstPaymentDelayDays));

/** What a run calls has been announced with the year before: only what is past, and the peace of a starter, is left out. */
export const firstDayOfRun = (account: Account, today: Day): Day => Day.max(today, account.startedOn.plusDays(firstPaymentDelayDays));
