import type { DebitSequence } from '@isu/contracts';
import { Day, isWorkingDay, nextWorkingDay, plusWorkingDays } from '@isu/values';
import { inForceOn } from '../in-force.js';

interface Delays {
  readonly from: string;
  readonly source: string;
  readonly unsure?: string;
  /** Bank days between the presentation and the collection. */
  readonly workingDays: Readonly<Record<DebitSequence, number>>;
}

/** By collection day, oldest first. */
const delays: readonly Delays[] = [
  {
    from: '2008-01-01',
    source: 'EPC, règlement du prélèvement SEPA CORE : D-5 pour un premier, D-2 pour les suivants',
    unsure: 'De notoriété, non relu dans le texte du règlement.',
    workingDays: { FRST: 5, RCUR: 2, FNAL: 2 },
  },
  {
    from: '2016-11-21',
    source: 'EPC, règlement du prélèvement SEPA CORE, version de novembre 2016 : D-1 pour tous',
    unsure: 'De notoriété, non relu dans le texte du règlement.',
    workingDays: { FRST: 1, RCUR: 1, FNAL: 1 },
  },
];

/** A changed amount is told so many days before it is debited. */
const notices = [
  { from: '2008-01-01', days: 14, source: 'EPC, règlement du prélèvement SEPA CORE : quatorze jours, sauf accord plus court' },
];

/** After a fault between banks a debit is presented again so many times, then people look. The texts are silent: by default. */
export const mostPresentedAgain = 2;

const inForce = <T extends { readonly from: string }>(entries: readonly T[], day: Day): T => {
  const entry = inForceOn(entries, day);
  if (!entry) throw new Error('Direct debits are known from 2008 on.');
  return entry;
};

const delayOf = (sequence: DebitSequence, collectOn: Day): number => inForce(delays, collectOn).workingDays[sequence];

export const noticeDays = (dueOn: Day): number => inForce(notices, dueOn).days;

/** The day on which a debit of that sequence is handed to the bank, to be collected on its due date. */
export const presentationDay = (sequence: DebitSequence, dueOn: Day): Day => plusWorkingDays(dueOn, -delayOf(sequence, dueOn));

/** The day asked of the bank when the debit is handed over today: the due date, or the first one possible after it. */
export function collectionDay(sequence: DebitSequence, dueOn: Day, today: Day): Day {
  const first = plusWorkingDays(nextWorkingDay(today), delayOf(sequence, Day.max(dueOn, today)));
  return Day.max(dueOn, first);
}

/** The due dates of which something is to be handed to the bank on that day: at most a fortnight ahead, as banks take them. */
export function dueDatesPresentedOn(today: Day): Day[] {
  const ahead = Array.from({ length: 15 }, (_, days) => today.plusDays(days)).filter(isWorkingDay);
  return ahead.filter((dueOn) => (['FRST', 'RCUR'] as const).some((sequence) => presentationDay(sequence, dueOn).equals(today)));
}

/**
 * Debited anew after a fault between banks: leaves the day after today at the earliest, when today's files may have gone, and is never taken before
 * it is due. That day has its debit already, whose reference names it: the next bank day, then.
 */
export function presentedAgainOn(dueOn: Day, today: Day): Day {
  const soonest = collectionDay('RCUR', today, plusWorkingDays(nextWorkingDay(today), 1));
  return Day.max(soonest, plusWorkingDays(dueOn, 1));
}
