import { wire, type JobRun, type ShownJob } from '@isu/chassis';
import { houseKinds, personalKinds, type ClosedDay } from '@isu/ledger';
import type { Day } from '@isu/values';
import type { MoneyToMatch } from '../unmatched-money/could-cover.js';
import type { ClosedBy, DayAct, DayFigures, DayListed, DayShown, KindBalance, KindTotals } from './accounting-day.js';

/** Where the job stands that owes the close of each day. */
export interface CloseJob extends Pick<ShownJob, 'nextOn' | 'daysBehind'> {
  readonly last: Pick<JobRun, 'date' | 'state' | 'attempts' | 'endedAt' | 'askedBy' | 'error'> | null;
}

export interface AccountingDays {
  readonly today: Day;
  /** On which something may still be booked, the oldest first. */
  readonly open: readonly DayFigures[];
  /** How many there are, shown or not. */
  readonly openCount: number;
  /** The last first. */
  readonly closed: readonly DayListed[];
  /** What to ask `before` for the page before; null at the first day. */
  readonly next: string | null;
  /** Of every book together, now: they make zero. */
  readonly balances: readonly KindBalance[];
  readonly job: CloseJob;
  readonly toMatch: MoneyToMatch;
}

const figures = { day: wire.day, transactions: wire.count, postings: wire.count, total: wire.euros };
const kind = wire.choice([...personalKinds, ...houseKinds]);
const totals = wire.listOf(wire.record<ClosedDay['totals'][number]>({ name: wire.text, debit: wire.euros, credit: wire.euros }));
const balances = wire.listOf(wire.record<KindBalance>({ kind, balance: wire.euros }));
const closedBy = wire.record<ClosedBy>({ run: wire.orNull(wire.uuid), runDate: wire.orNull(wire.day), askedBy: wire.orNull(wire.text) });
const run = wire.record<NonNullable<CloseJob['last']>>({
  ...{ date: wire.day, state: wire.choice(['waiting', 'running', 'retrying', 'done', 'refused']), attempts: wire.count },
  ...{ endedAt: wire.orNull(wire.instant), askedBy: wire.orNull(wire.text), error: wire.orNull(wire.text) },
});

export const accountingAnswers = {
  closed: wire.record<ClosedDay>({
    ...{ ...figures, previousDigest: wire.orNull(wire.digest), digest: wire.digest, closedAt: wire.instant, totals },
  }),
  day: wire.record<DayShown>({
    ...figures,
    state: wire.choice(['open', 'closed']),
    ...{ closedAt: wire.orNull(wire.instant), closedBy: wire.orNull(closedBy) },
    ...{ previousDigest: wire.orNull(wire.digest), digest: wire.orNull(wire.digest), totals },
    kinds: wire.listOf(wire.record<KindTotals>({ kind, debit: wire.euros, credit: wire.euros })),
    acts: wire.listOf(wire.record<DayAct>({ reason: wire.text, transactions: wire.count, total: wire.euros })),
    balances,
  }),
  days: wire.record<AccountingDays>({
    today: wire.day,
    ...{ open: wire.listOf(wire.record<DayFigures>(figures)), openCount: wire.count },
    closed: wire.listOf(wire.record<DayListed>({ ...figures, closedAt: wire.instant, closedBy })),
    ...{ next: wire.orNull(wire.day), balances },
    job: wire.record<CloseJob>({ nextOn: wire.orNull(wire.day), daysBehind: wire.count, last: wire.orNull(run) }),
    toMatch: wire.record<MoneyToMatch>({ count: wire.count, total: wire.euros, oldestOn: wire.orNull(wire.day) }),
  }),
};
