import type { AccountKind } from '@isu/ledger';
import type { Money } from '@isu/values';

/** What was booked on an accounting day, in one row. */
export interface DayFigures {
  readonly day: string;
  readonly transactions: number;
  readonly postings: number;
  /** Sum of all amounts moved: debited as well as credited. */
  readonly total: Money;
}

/** Who closed a day: the run of the job that did, or who asked for it by hand; all null for one of which nobody wrote it down. */
export interface ClosedBy {
  readonly run: string | null;
  /** The date that the run was owed for: a later one has caught up. */
  readonly runDate: string | null;
  readonly askedBy: string | null;
}

export interface DayListed extends DayFigures {
  readonly closedAt: string;
  readonly closedBy: ClosedBy;
}

/** What was moved on the accounts of a kind, over every book. */
export interface KindTotals {
  readonly kind: AccountKind;
  readonly debit: Money;
  readonly credit: Money;
}

export interface KindBalance {
  readonly kind: AccountKind;
  readonly balance: Money;
}

/** How many acts of a sort were booked: payments, assessments, refunds… */
export interface DayAct {
  readonly reason: string;
  readonly transactions: number;
  readonly total: Money;
}

/** One day with its control totals. */
export interface DayShown extends DayFigures {
  readonly state: 'open' | 'closed';
  readonly closedAt: string | null;
  readonly closedBy: ClosedBy | null;
  readonly previousDigest: string | null;
  readonly digest: string | null;
  /** By account, year and contribution. */
  readonly totals: readonly { readonly name: string; readonly debit: Money; readonly credit: Money }[];
  /** The same by kind: all debits together are all credits together. */
  readonly kinds: readonly KindTotals[];
  readonly acts: readonly DayAct[];
  /** Of every book together at the end of the day; now, while it is open. They make zero. */
  readonly balances: readonly KindBalance[];
}
