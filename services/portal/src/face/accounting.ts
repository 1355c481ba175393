import type { AgentNames } from './desk-file.js';
import type { Page, Part } from './parts.js';

/** `GET desk/accounting-days?before=2016-05-01`: the accounting days, open and closed; without `before`, from the last. */
export interface AccountingPage extends Page<{ readonly days: Part<AccountingDays> }> {
  readonly names: AgentNames;
}

/** `GET desk/accounting-days/2016-05-05`. */
export interface AccountingDayPage extends Page<{ readonly day: Part<AccountingDay> }> {
  readonly names: AgentNames;
}

/** As collection answers. */
export interface AccountingDays {
  readonly today: string;
  /** On which something may still be booked, the oldest first. */
  readonly open: readonly DayFigures[];
  readonly openCount: number;
  /** The last first. */
  readonly closed: readonly (DayFigures & { readonly closedAt: string; readonly closedBy: ClosedBy })[];
  readonly next: string | null;
  /** Of every book together, now: they make zero. */
  readonly balances: readonly KindBalance[];
  readonly job: CloseJob;
  readonly toMatch: { readonly count: number; readonly total: string; readonly oldestOn: string | null };
}

export interface DayFigures {
  readonly day: string;
  readonly transactions: number;
  readonly postings: number;
  /** Debited as well as credited. */
  readonly total: string;
}

/** The run of the job that did, or who asked for it by hand; all null where nobody wrote it down. */
export interface ClosedBy {
  readonly run: string | null;
  readonly runDate: string | null;
  readonly askedBy: string | null;
}

export interface KindBalance {
  readonly kind: string;
  readonly balance: string;
}

export interface CloseJob {
  /** The first date that has no outcome; null when none is owed. */
  readonly nextOn: string | null;
  readonly daysBehind: number;
  readonly last: {
    readonly date: string;
    readonly state: 'waiting' | 'running' | 'retrying' | 'done' | 'refused';
    readonly attempts: number;
    readonly endedAt: string | null;
    readonly askedBy: string | null;
    readonly error: string | null;
  } | null;
}

export interface AccountingDay extends DayFigures {
  readonly state: 'open' | 'closed';
  readonly closedAt: string | null;
  readonly closedBy: ClosedBy | null;
  readonly previousDigest: string | null;
  readonly digest: string | null;
  readonly totals: readonly { readonly name: string; readonly debit: string; readonly credit: string }[];
  readonly kinds: readonly { readonly kind: string; readonly debit: string; readonly credit: string }[];
  readonly acts: readonly { readonly reason: string; readonly transactions: number; readonly total: string }[];
  readonly balances: readonly KindBalance[];
}
