import { Money } from '@isu/values';
import type { FactData } from './catalogue.js';
import type { Means } from './collection.events.js';

/** What every line of ours says first: our reference, for ever that of this word, and whose account it is about. */
interface Told {
  /** Id of the fact that the line tells of. The same reference again is the same word. */
  readonly reference: string;
  readonly account: string;
}

export const affiliationEvents = [
  ...(['registered', 'status-changed', 'ended', 'fund-changed', 'spouse-linked', 'acre-decided', 'account-merged'] as const),
] as const;
export type AffiliationEvent = (typeof affiliationEvents)[number];

/** What is known of who is insured, field for field as the fact says it; never where they live nor what they are called (flow `affiliations`). */
export type AffiliationRecord = Told & {
  readonly type: 'affiliation';
  readonly event: AffiliationEvent;
} & Readonly<Record<string, unknown>>;

/** An income that counts from now on, whoever said it (flow `incomes-out`): one declaration for both organisations. */
export type RecordedIncomeRecord = Told & { readonly type: 'recorded-income' } & Omit<FactData<'collection.income-recorded.v1'>, 'grounds'>;

/** What is owed for a year (flow `assessments`): the highest version of a year is in force. */
export type AssessmentRecord = Told & { readonly type: 'assessment' } & Omit<FactData<'collection.assessed.v1'>, 'incomeFact'>;

/** When it is owed (flow `schedules`): a version replaces the whole of the one before. */
export type ScheduleRecord = Told & { readonly type: 'schedule' } & FactData<'collection.schedule-issued.v1'>;

/** Which debts money paid (flow `allocations`), or that it pays none any more. */
export interface AllocationRecord extends Told {
  readonly type: 'allocation';
  readonly event: 'posted' | 'credit-allocated' | 'released' | 'reversed';
  /** Ours; the same in all that is said of one payment. */
  readonly payment: string;
  /** Who told us of the payment and under which reference; absent when nobody did. */
  readonly toldBy?: string;
  readonly partnerReference?: string;
  readonly amount?: string;
  readonly valueOn?: string;
  readonly means?: Means;
  /** What is placed by this word alone, or taken back by `released`; of a payment that is reversed, nothing is placed any more. */
  readonly lines: FactData<'collection.payment-posted.v1'>['allocations'];
  /** What this word leaves placed on nothing. */
  readonly credit?: string;
}

type SurchargeTold<E extends RecoveryEvent> = { readonly event: E } & FactData<`collection.${E}.v1`>;

export const recoveryEvents = ['surcharge-charged', 'surcharge-cancelled', 'surcharge-remitted'] as const;
export type RecoveryEvent = (typeof recoveryEvents)[number];

/** What is done about debts that were not paid in time, field for field as the fact says it (flow `recovery`): surcharges notified, taken back, given up. */
export type RecoveryRecord = Told & { readonly type: 'recovery' } & { [E in RecoveryEvent]: SurchargeTold<E> }[RecoveryEvent];

/** What we tell a partner: one fact a line. */
export type OutgoingRecord =
  | AffiliationRecord
  | RecordedIncomeRecord
  | AssessmentRecord
  | ScheduleRecord
  | AllocationRecord
  | RecoveryRecord;

/**
 * What a record of ours adds to the control total: incomes, what is owed, what is asked for, what is placed, surcharges less what is taken off
 * them; nothing for an affiliation.
 */
export function toldAmountOf(record: OutgoingRecord): Money {
  switch (record.type) {
    case 'affiliation':
      return Money.zero;
    case 'recorded-income':
      return Money.of(record.amount);
    case 'schedule':
      return sumOf(record.instalments.flatMap(({ lines }) => lines));
    case 'assessment':
    case 'allocation':
      return sumOf(record.lines);
    case 'recovery':
      return record.event === 'surcharge-charged' ? sumOf(record.lines) : sumOf(record.lines).negated();
  }
}

const sumOf = (lines: readonly { readonly amount: string }[]): Money => Money.sum(lines.map(({ amount }) => Money.of(amount)));
